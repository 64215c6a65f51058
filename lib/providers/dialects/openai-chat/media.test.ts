import { describe, expect, it } from 'vitest';
import type { Surface } from '../../contract';
import { openAiChat } from '.';

const target = { upstreamModel: 'their-model', quirks: {} };
const decode = (surface: Surface, body: string | object) => openAiChat.decode(surface, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {});

describe('images, sound, moderations and ranks', () => {
  it('reach the provider as they were sent, with its own model', () => {
    const paths = { images: '/images/generations', speech: '/audio/speech', moderations: '/moderations', rerank: '/rerank' } as const;
    for (const [surface, path] of Object.entries(paths) as [Surface, string][]) {
      const body = { model: 'ours', input: 'x', made_up: [1], max_tokens: 5 };
      const encoded = openAiChat.encode({ surface, body, stream: false, wantsUsage: false }, { ...target, quirks: { rename: { max_tokens: 'other' } }, outputLimit: 1 });
      expect(encoded.path).toBe(path);
      expect(JSON.parse(String(encoded.body))).toEqual({ ...body, model: 'their-model' });
    }
    expect(openAiChat.encode({ surface: 'rerank', body: {}, stream: false, wantsUsage: false }, { ...target, quirks: { paths: { rerank: '/reranks' } } }).path).toBe('/reranks');
  });

  it('an upload keeps its bytes but for the name of the model, wherever that field stands', () => {
    const file = Buffer.from([0, 255, 13, 10, 45, 45, 120, 13, 10]);
    const field = (name: string, value: string) => Buffer.from(`--x-1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
    const head = Buffer.from('--x-1\r\nContent-Disposition: form-data; name="file"; filename="model"\r\nContent-Type: audio/wav\r\n\r\n');
    const build = (model: string) => Buffer.concat([field('language', 'fr'), head, file, Buffer.from('\r\n'), field('model', model), field('prompt', 'model'), Buffer.from('--x-1--\r\n')]);
    const upload = { contentType: 'multipart/form-data; boundary=x-1', bytes: build('ours') };
    const encoded = openAiChat.encode({ surface: 'transcriptions', body: { model: 'ours' }, stream: false, wantsUsage: false, upload }, target);
    expect(encoded.headers['content-type']).toBe(upload.contentType);
    expect(Buffer.from(encoded.body as Uint8Array).equals(build('their-model'))).toBe(true);
  });

  it('count tokens, images, seconds, and nothing where nothing was said', () => {
    const tokens = { input_tokens: 50, output_tokens: 1_000, total_tokens: 1_050 };
    expect(decode('images', { created: 1, data: [{}, {}], usage: tokens })).toMatchObject({ usage: { input: 50, output: 1_000, units: { images: 2 } } });
    expect(decode('images', { created: 1, data: [{}] })).toMatchObject({ usage: { input: 0, output: 0, units: { images: 1 } } });
    expect(decode('transcriptions', { text: 'hello', usage: { type: 'duration', seconds: 8.2 } })).toMatchObject({ text: 'hello', usage: { units: { seconds: 9 } } });
    expect(decode('transcriptions', { text: 'hi', usage: { ...tokens, input_token_details: { audio_tokens: 40 } } })).toMatchObject({ usage: { input: 50, units: { audioInput: 40 } } });
    expect(decode('rerank', { results: [], usage: { total_tokens: 12 } })).toMatchObject({ usage: { input: 12 } });
    expect(decode('moderations', { id: 'm', results: [] })).toMatchObject({ id: 'm', usage: null });
  });

  it('sound and plain transcripts are their own bytes; an error and a page are faults', () => {
    expect(decode('speech', 'ID3 sound')).toMatchObject({ bytes: Buffer.from('ID3 sound'), usage: null });
    expect(decode('transcriptions', '1\n00:00 --> 00:01\nhello')).toMatchObject({ text: expect.stringContaining('hello') as string });
    expect(decode('speech', { error: { message: 'no', code: 'insufficient_quota' } })).toMatchObject({ fault: { kind: 'quota_exhausted' } });
    expect(decode('images', '<html></html>')).toMatchObject({ fault: { kind: 'malformed' } });
    expect(decode('moderations', '')).toMatchObject({ fault: { kind: 'malformed' } });
  });
});
