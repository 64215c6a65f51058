import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAiChat } from '@/lib/providers/dialects/openai-chat';
import { RECORDINGS, readStream, surfacesFor, textOf } from '@/lib/providers/recordings';
import { findAdapter } from '@/lib/providers/registry';
import { type FakeUpstream, startFakeUpstream } from '.';

let fake: FakeUpstream;
let client: OpenAI;

beforeAll(async () => {
  fake = await startFakeUpstream();
  client = new OpenAI({ apiKey: 'sk-test', baseURL: `${fake.url}/v1`, maxRetries: 0 });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const messages = [{ role: 'user' as const, content: 'hi' }];
const post = (path: string, body: object, signal?: AbortSignal) => fetch(`${fake.url}${path}`, { method: 'POST', body: JSON.stringify(body), signal });

async function streamText(model: string): Promise<string> {
  let text = '';
  for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function readParts(model: string) {
  const response = await post('/v1/chat/completions', { model, messages, stream: true, stream_options: { include_usage: true } });
  const reader = openAiChat.reader('chat', {});
  const parts = [...reader.push(new Uint8Array(await response.arrayBuffer())), ...reader.end()];
  return { parts, text: parts.map((part) => ('text' in part ? part.text : '')).join(''), usage: reader.usage() };
}

describe('the fake upstream', () => {
  it('says hello to the official client, whole and streamed, and keeps what it saw', async () => {
    const reply = await client.chat.completions.create({ model: 'std', messages });
    expect(reply.choices[0]?.message.content).toBe('hello');
    expect(reply.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 20 });
    expect(await streamText('std')).toBe('hello');
    expect(fake.requests).toMatchObject([
      { path: '/v1/chat/completions', model: 'std', stream: false, status: 200, body: { messages } },
      { stream: true, eventsSent: 8 },
    ]);
    expect(fake.requests[0]?.headers.authorization).toBe('Bearer sk-test');
  });

  it('reads the same through every disturbance of the framing', async () => {
    for (const model of [
      'crlf',
      'cr',
      'no-space',
      'multiline',
      'comments',
      'bom',
      'one-byte-writes',
      'one-write',
      'gzip',
      'deflate',
      'br',
      'usage-on-finish',
      'usage-on-every-chunk',
      'no-done',
    ]) {
      const { text, usage, parts } = await readParts(model);
      expect(text, model).toBe('hello');
      expect(usage, model).toMatchObject({ input: 10, output: 20 });
      expect(
        parts.filter((part) => part.kind === 'usage'),
        model,
      ).toHaveLength(1);
    }
    expect((await readParts('split-utf8')).text).toBe('你好🙂é');
    expect((await readParts('malformed-at-3')).parts.map((part) => part.kind)).toContain('bad');
    expect((await readParts('json-for-stream')).text).toBe('hello');
  });

  it('answers with the status that its model is called after, and by turns when scripted so', async () => {
    expect((await post('/v1/chat/completions', { model: 'status-503' })).status).toBe(503);
    expect((await post('/v1/chat/completions', { model: 'retry-after-2' })).headers.get('retry-after')).toBe('2');
    fake.script('once', [{ status: 500 }, {}]);
    expect((await post('/v1/chat/completions', { model: 'once' })).status).toBe(500);
    expect((await post('/v1/chat/completions', { model: 'once' })).status).toBe(200);
    fake.script('counted', (_request, earlier) => ({ status: 400 + earlier }));
    expect((await post('/v1/chat/completions', { model: 'counted' })).status).toBe(400);
    expect((await post('/v1/chat/completions', { model: 'counted' })).status).toBe(401);
  });

  it('breaks, cuts and stalls', async () => {
    for (const model of ['reset-before-headers', 'reset-after-headers', 'cut-after-3']) await expect(streamText(model), model).rejects.toThrow();
    const leaving = new AbortController();
    for (const model of ['silent', 'stall-after-2']) {
      const waiting = post('/v1/chat/completions', { model, stream: true }, leaving.signal).then((response) => response.text());
      const outcome = await Promise.race([waiting.catch(() => 'failed'), sleep(100, 'waiting')]);
      expect(outcome, model).toBe('waiting');
      waiting.catch(() => undefined);
    }
    leaving.abort();
    await sleep(50);
    expect(fake.requests.filter((request) => request.peerClosedAt !== null)).toHaveLength(2);
  });

  it('replays every recording of its providers as the manifest says', async () => {
    for (const recording of RECORDINGS) {
      const { file, provider, kind, expect: expected } = recording;
      const adapter = findAdapter(provider);
      const stream = kind === 'stream';
      const response = await post('/v1/chat/completions', { model: `fixture:${file}`, stream });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (!stream || expected.text === undefined || adapter === null) continue;
      const [surface = 'chat'] = surfacesFor(adapter, recording);
      expect(textOf(readStream(adapter, surface, [bytes]).parts, 'text'), file).toBe(expected.text);
    }
    const prefixed = await post('/qwen/v1/chat/completions', { model: 'qwen-plus', stream: true });
    expect(await prefixed.text()).toContain('reasoning_content');
    expect((await post('/qwen/v1/chat/completions', { model: 'error-400-arrearage' })).status).toBe(400);
    expect(await (await post('/kimi/v1/chat/completions', { model: 'kimi-k2.6' })).json()).toMatchObject({ usage: { cached_tokens: 1024 } });
  });

  it('embeds, in the form that was asked for', async () => {
    const { data } = await client.embeddings.create({ model: 'std', input: ['a', 'b'] });
    expect(data.map((item) => item.embedding)).toEqual([
      [0.25, -0.5, 0.75],
      [0.25, -0.5, 0.75],
    ]);
  });
});
