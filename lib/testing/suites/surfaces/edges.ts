import zlib from 'node:zlib';
import type OpenAI from 'openai';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, hello, post, type Subject, type SubjectKey } from '../subject';
import { sendRaw, zstdBomb, zstdFrame } from './raw-http';

const ANSWER = (text: string) => JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'std', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });

/** What happens at the edges of HTTP: bodies, encodings, methods, errors and ids. Groups F and G of the acceptance cases. */
export function edgesSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  let client: OpenAI;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'postpaid' });
    client = clientOf(subject, key.key);
  });
  afterEach(() => subject.upstream.reset());

  const body = JSON.stringify({ model: 'main', messages: hello });
  const head = (extra: string, path = '/v1/chat/completions') => `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key.key}\r\nContent-Type: application/json\r\n${extra}`;

  describe('bodies', () => {
    it.each<[string, (bytes: Buffer) => Buffer]>([['gzip', zlib.gzipSync], ['br', zlib.brotliCompressSync], ['deflate', zlib.deflateSync], ['zstd', zstdFrame]])('G05 a request compressed with %s is read', async (encoding, compress) => {
      expect((await post(subject, key.key, new Uint8Array(compress(Buffer.from(body))), { 'content-encoding': encoding })).status).toBe(200);
      expect(subject.upstream.requests.at(-1)?.body).toMatchObject({ messages: hello });
    });

    it.each<[string, Buffer]>([['gzip', zlib.gzipSync(Buffer.alloc(80 * 1024 * 1024))], ['zstd', zstdBomb(640)]])('G05 a bomb of %s is a 413 before it fills the memory', async (encoding, bomb) => {
      const before = process.memoryUsage().rss;
      const response = await post(subject, key.key, new Uint8Array(bomb), { 'content-encoding': encoding });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } });
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
      // The gateway of the suites shares its process with the client that made the bomb: give its policy time to be fresh again.
      await expect.poll(async () => (await post(subject, key.key, body)).status, { timeout: 5_000, interval: 200 }).toBe(200);
      subject.upstream.reset();
    });

    it('G05 an encoding that nobody knows is a 415', async () => {
      expect((await post(subject, key.key, body, { 'content-encoding': 'snappy' })).status).toBe(415);
    });

    it('G07 Expect: 100-continue and a chunked upload are taken', async () => {
      const expecting = await sendRaw(subject.baseUrl, head(`Expect: 100-continue\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`));
      expect(expecting).toMatch(/^HTTP\/1\.1 100 Continue/);
      expect(expecting).toContain('HTTP/1.1 200 OK');
      const chunked = await sendRaw(subject.baseUrl, head(`Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`));
      expect(chunked).toContain('HTTP/1.1 200 OK');
    });

    it.each([
      ['Content-Length with Transfer-Encoding', `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n`],
      ['two Content-Lengths', `Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`],
      ['a chunk with a bad size', `Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n`],
      ['an obfuscated Transfer-Encoding', `Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\nhello`],
    ])('G08 %s never smuggles a second request', async (_name, extra) => {
      const answer = await sendRaw(subject.baseUrl, head(extra));
      expect(answer.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(answer).not.toContain('HTTP/1.1 200');
      expect(subject.upstream.requests).toHaveLength(0);
    });

    it('C08 a client that leaves while it sends its body costs nothing and reaches nobody', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '1.00' });
      await sendRaw(subject.baseUrl, `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tenant.key}\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n${body}`, 200);
      expect(subject.upstream.requests).toHaveLength(0);
      expect(await tenant.readBalance()).toMatchObject({ held_usd: '0.000000', spent_usd: '0.000000', available_usd: '1.000000' });
    });
  });

  describe('upstream encodings', () => {
    it('G04 zstd comes through whole, on JSON and on events, with no stale headers', async () => {
      subject.upstream.script('std', { body: zstdFrame(Buffer.from(ANSWER('zebra'))), contentType: 'application/json', headers: { 'content-encoding': 'zstd' } });
      const { data, response } = await client.chat.completions.create({ model: 'std', messages: hello }).withResponse();
      expect(data.choices[0]?.message.content).toBe('zebra');
      expect(response.headers.get('content-encoding')).toBeNull();
      const event = 'data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"std","choices":[{"index":0,"delta":{"content":"zebra"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
      subject.upstream.script('std', { body: zstdFrame(Buffer.from(event)), contentType: 'text/event-stream', headers: { 'content-encoding': 'zstd' } });
      let text = '';
      for await (const chunk of await client.chat.completions.create({ model: 'std', messages: hello, stream: true })) text += chunk.choices[0]?.delta.content ?? '';
      expect(text).toBe('zebra');
    });

    it('G04 an encoding nobody asked for is the provider’s failure, said clearly', async () => {
      subject.upstream.script('std', { body: 'xx', headers: { 'content-encoding': 'snappy' } });
      await expect(client.chat.completions.create({ model: 'std', messages: hello })).rejects.toMatchObject({ status: 502, message: expect.stringContaining('compressed with snappy') });
    });
  });

  describe('methods and origins', () => {
    it('G06 HEAD and GET on chat are 405, OPTIONS is 204 with CORS, an unknown path is a 404 in the envelope', async () => {
      const call = (method: string, path: string) => fetch(`${subject.baseUrl}${path}`, { method, headers: { authorization: `Bearer ${key.key}` } });
      expect((await call('GET', '/chat/completions')).status).toBe(405);
      expect((await call('HEAD', '/chat/completions')).status).toBe(405);
      const preflight = await call('OPTIONS', '/chat/completions');
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
      const unknown = await call('GET', '/v1/chat');
      expect(unknown.status).toBe(404);
      expect(await unknown.json()).toMatchObject({ error: { code: 'unsupported_endpoint', message: expect.stringContaining('already ends in /v1') } });
      expect((await call('HEAD', '/models')).status).toBe(200);
    });

    it('G06 an answer to a page of another origin may be read by it, and its headers too', async () => {
      const response = await post(subject, key.key, body, { origin: 'https://app.example' });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-expose-headers')).toContain('x-fairlead-cost-usd');
      expect((await post(subject, key.key, body)).headers.get('access-control-allow-origin')).toBeNull();
    });

    it('HEAD on the root is a cheap 200', async () => {
      expect((await fetch(new URL('/', subject.baseUrl), { method: 'HEAD' })).status).toBe(200);
    });
  });

  describe('errors and ids', () => {
    it.each([
      [400, 400, 'provider'], [404, 502, 'provider'], [422, 422, 'provider'], [500, 502, 'provider'], [529, 502, 'provider'],
    ])('G03 and G11: a %i of the provider is a %i whose source is the %s', async (status, seen, source) => {
      subject.upstream.script('std', { status });
      const response = await post(subject, key.key, JSON.stringify({ model: 'std', messages: hello }));
      expect(response.status).toBe(seen);
      expect(response.headers.get('x-fairlead-error-source')).toBe(source);
      expect(await response.json()).toMatchObject({ error: { message: expect.any(String), type: expect.any(String) } });
    });

    it('G11 a refusal of ours says that it is ours', async () => {
      expect((await post(subject, key.key, '{}')).headers.get('x-fairlead-error-source')).toBe('gateway');
    });

    it.each<[string, Buffer | string, string, string | null]>([
      ['OpenAI’s envelope', '{"error":{"message":"It is not to be.","type":"some_error","param":null,"code":null}}', 'application/json', 'It is not to be.'],
      ['Anthropic’s envelope', '{"type":"error","error":{"type":"some_error","message":"It is not to be."}}', 'application/json', 'It is not to be.'],
      ['Google’s envelope', '{"error":{"code":0,"message":"It is not to be.","status":"SOME"}}', 'application/json', 'It is not to be.'],
      ['HTML', '<html><head><title>It is not to be.</title></head></html>', 'text/html', 'It is not to be.'],
      ['nothing', '', 'application/json', null],
      ['bytes that are not UTF-8, a NUL among them', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b]), 'application/json', null],
      ['a long text with a key in it', `{"error":{"message":"It is not to be. sk-upstream-secret ${'x'.repeat(10_000)}"}}`, 'application/json', 'It is not to be.'],
    ])('G03 an error body of %s becomes a whole envelope, with the provider’s words up to two kilobytes and no secrets', async (_name, sent, contentType, words) => {
      const statuses: Record<number, number> = { 400: 400, 404: 502, 422: 422, 429: 502, 500: 502, 529: 502 };
      for (const [status, seen] of Object.entries(statuses)) {
        // A model that refuses many calls for its limit is shared between organizations for a while: those are all sent to one that no other case asks.
        const model = status === '429' ? 'tiny' : 'std';
        subject.upstream.script(model, { status: Number(status), body: sent, contentType });
        const response = await post(subject, key.key, JSON.stringify({ model, messages: hello }));
        const { error } = (await response.json()) as { error: { message: string; type: string; param: unknown } };
        expect([status, response.status]).toEqual([status, seen]);
        expect(error).toMatchObject({ message: expect.any(String), type: expect.any(String), param: null });
        if (words !== null) expect(error.message).toContain(words);
        expect(error.message.length).toBeLessThanOrEqual(2_100);
        expect(JSON.stringify(error)).not.toContain('sk-upstream-secret');
      }
    });

    it('G12 a call whose names no database can store has its row like every other', async () => {
      const response = await post(subject, key.key, JSON.stringify({ model: 'main', messages: hello, user: 'a\u0000b\ud800', metadata: { 'team\u0000': 'x\u0000' } }), { 'x-fairlead-tags': 'team=growth' });
      expect(response.status).toBe(200);
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'completed' });
    });

    it('G12 and F14: every response has an id of its own that finds one row, whatever id the provider repeats', async () => {
      const ids = new Set<string>();
      for (let call = 0; call < 10; call++) {
        const { data, response } = await client.chat.completions.create({ model: 'main', messages: hello }).withResponse();
        expect(data.model).toBe('std');
        ids.add(response.headers.get('x-request-id') ?? '');
      }
      expect(ids.size).toBe(10);
      for (const id of ids) expect(await key.readRequest(id)).toMatchObject({ id, status: 'completed', alias: 'main', model: 'std' });
      const refused = await post(subject, key.key, JSON.stringify({ model: 'main', messages: [] }));
      const id = refused.headers.get('x-request-id') ?? '';
      await expect.poll(() => key.readRequest(id).catch(() => null), { timeout: 3_000 }).toMatchObject({ id, status: 'refused' });
    });
  });
}
