import OpenAI from 'openai';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SPEECH } from '../../fake-upstream/families';
import { clientOf, post, type Subject, type SubjectKey } from '../subject';

/** What the surfaces beside text promise: the same keys, limits, holds, costs and rows as every other call. */
export function mediaSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  let client: OpenAI;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'prepaid', credit: '5.00' });
    client = clientOf(subject, key.key);
  });
  afterEach(() => subject.upstream.reset());

  const rowOf = (response: Response) => key.readRequest(response.headers.get('x-request-id') ?? '');
  const file = () => OpenAI.toFile(Buffer.alloc(64_000, 7), 'speech.mp3', { type: 'audio/mpeg' });

  describe('beside text (G10)', () => {
    it('images are answered and priced by the piece', async () => {
      const { data, response } = await client.images.generate({ model: 'painter', prompt: 'a cat', n: 2 }).withResponse();
      expect(data.data).toHaveLength(2);
      expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.080050');
      expect(await rowOf(response)).toMatchObject({ status: 'completed', cost_usd: '0.080050' });
    });

    it('images that come in parts are the provider’s own events, billed by what the last one tells (G10)', async () => {
      const events = [
        { type: 'image_generation.partial_image', b64_json: 'AAAA', partial_image_index: 0 },
        { type: 'image_generation.completed', b64_json: 'BBBB', usage: { input_tokens: 10, output_tokens: 120, total_tokens: 130 } },
      ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      const ask = () => post(subject, key.key, JSON.stringify({ model: 'painter', prompt: 'a cat', stream: true, partial_images: 1 }), {}, '/images/generations');
      subject.upstream.script('painter', [{ body: events.join(''), contentType: 'text/event-stream' }, { body: events[0], contentType: 'text/event-stream' }]);
      const whole = await ask();
      expect(whole.headers.get('content-type')).toContain('text/event-stream');
      expect(await whole.text()).toBe(events.join(''));
      expect(subject.upstream.requests.at(-1)?.body).toMatchObject({ stream: true, partial_images: 1 });
      expect(await rowOf(whole)).toMatchObject({ status: 'completed', stream: true, cost_usd: '0.040050' });
      const cut = await ask();
      expect(await cut.text()).toContain('"code":"upstream_stream_interrupted"');
      expect(await rowOf(cut)).toMatchObject({ status: 'truncated', cost_usd: '0.000000' });
    });

    it('an error among the first events of a picture is a status, not a stream', async () => {
      subject.upstream.script('painter', { body: 'event: error\ndata: {"type":"error","error":{"message":"busy","code":"server_error"}}\n\n', contentType: 'text/event-stream' });
      expect((await post(subject, key.key, JSON.stringify({ model: 'painter', prompt: 'a cat', stream: true }), {}, '/images/generations')).status).toBe(502);
    });

    it('speech comes byte for byte with its own content type, priced by the character', async () => {
      const response = await client.audio.speech.create({ model: 'speaker', voice: 'alloy', input: 'x'.repeat(1_000) });
      expect(response.headers.get('content-type')).toBe('audio/wav');
      expect(Buffer.from(await response.arrayBuffer())).toEqual(SPEECH);
      expect(await rowOf(response)).toMatchObject({ status: 'completed', cost_usd: '0.015000' });
    });

    it('a transcription’s upload arrives whole, with the upstream’s model name in it', async () => {
      const { data, response } = await client.audio.transcriptions.create({ model: 'listener', file: await file(), prompt: 'names' }).withResponse();
      expect(data.text).toBe('hello');
      const sent = subject.upstream.requests.at(-1);
      expect(sent?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
      expect(sent?.body).toMatchObject({ model: 'listener', prompt: 'names', file: { filename: 'speech.mp3' } });
      expect(sent?.bodyBytes).toBeGreaterThan(64_000);
      expect(await rowOf(response)).toMatchObject({ cost_usd: '0.000225', usage: { input_tokens: 10, output_tokens: 20 } });
    });

    it('a transcription may be plain text or subtitles', async () => {
      subject.upstream.script('listener', { body: '1\n00:00:00,000 --> 00:00:01,000\nhello\n', contentType: 'text/plain' });
      const text = (await client.audio.transcriptions.create({ model: 'listener', file: await file(), response_format: 'srt' })) as unknown as string;
      expect(text).toContain('-->');
    });

    it('moderation and reranking pass through', async () => {
      expect((await client.moderations.create({ model: 'judge', input: 'hello' })).results).toHaveLength(1);
      const response = await post(subject, key.key, JSON.stringify({ model: 'ranker', query: 'q', documents: ['a', 'b', 'c'], top_n: 2 }), {}, '/rerank');
      expect(await response.json()).toMatchObject({ results: [{ index: 0 }, { index: 1 }] });
      expect(Number(response.headers.get('x-fairlead-cost-usd'))).toBeGreaterThan(0);
    });

    it('embeddings come as base64, with dimensions and lists of tokens passed on', async () => {
      const { data } = await client.embeddings.create({ model: 'embedder', input: [[1, 2], [3]], dimensions: 3 }).withResponse();
      expect(data.data).toHaveLength(2);
      expect(data.data[0]?.embedding.length).toBe(3);
      expect(subject.upstream.requests.at(-1)?.body).toMatchObject({ dimensions: 3, encoding_format: 'base64', input: [[1, 2], [3]] });
    });

    it('legacy completions stream and end with [DONE]', async () => {
      let text = '';
      for await (const chunk of await client.completions.create({ model: 'std', prompt: 'x', stream: true })) text += chunk.choices[0]?.text ?? '';
      expect(text).toBe('hello');
    });

    it.each([
      ['/images/generations', { model: 'painter' }, 'prompt'],
      ['/images/generations', { model: 'painter', prompt: 'x', n: 0 }, 'n'],
      ['/audio/speech', { model: 'speaker', voice: 'alloy' }, 'input'],
      ['/audio/speech', { model: 'speaker', input: 'x' }, 'voice'],
      ['/moderations', { model: 'judge' }, 'input'],
      ['/rerank', { model: 'ranker', query: 'q' }, 'documents'],
      ['/rerank', { model: 'ranker', documents: ['a'] }, 'query'],
      ['/embeddings', { model: 'embedder', input: [] }, 'input'],
      ['/completions', { model: 'std' }, 'prompt'],
    ])('%s with %o is a 400 that names the field (G01)', async (path, body, param) => {
      const response = await post(subject, key.key, JSON.stringify(body), {}, path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param } });
    });

    it('an upload without its file, and one that is no upload, are 400s (G01)', async () => {
      const form = new FormData();
      form.set('model', 'listener');
      const response = await fetch(`${subject.baseUrl}/audio/transcriptions`, { method: 'POST', headers: { authorization: `Bearer ${key.key}` }, body: form });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { param: 'file' } });
      expect((await post(subject, key.key, '{"model":"listener"}', {}, '/audio/transcriptions')).status).toBe(400);
    });

    it('a model of another kind is not found there', async () => {
      await expect(client.images.generate({ model: 'std', prompt: 'x' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    });

    it('a dollar limit holds what a call can cost at most, and refuses what does not fit', async () => {
      const poor = await subject.createKey({ plan: 'prepaid', credit: '0.050000' });
      await expect(clientOf(subject, poor.key).images.generate({ model: 'painter', prompt: 'a cat', n: 2 })).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
      expect((await clientOf(subject, poor.key).images.generate({ model: 'painter', prompt: 'a cat' })).data).toHaveLength(1);
    });

    it('a sound that never begins is an error with a status, and an error page is no sound', async () => {
      subject.upstream.script('speaker', [{ reset: 'after-headers' }, { reset: 'after-headers' }, { body: '<html>busy</html>', contentType: 'text/html' }]);
      const ask = () => client.audio.speech.create({ model: 'speaker', voice: 'alloy', input: 'x' });
      await expect(ask()).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      await expect(ask()).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });
  });
}
