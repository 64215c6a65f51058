import { describe, expect, it } from 'vitest';
import { hello, post } from '../subject';
import type { Calls } from './calls';

/** What a client may send by mistake. */
export function describeBadInput(calls: Calls): void {
  describe('bad input', () => {
    const cases: [string, string, string | null][] = [
      ['{"model":', 'invalid_json', null],
      ['[]', 'invalid_request', null],
      ['{"messages":[]}', 'invalid_request', 'model'],
      ['{"model":"main"}', 'invalid_request', 'messages'],
      ['{"model":"main","messages":[]}', 'invalid_request', 'messages'],
      ['{"model":"main","messages":[{"role":"robot","content":"x"}]}', 'invalid_request', 'messages[0].role'],
      ['{"model":"main","messages":[{"role":"user","content":5}]}', 'invalid_request', 'messages[0].content'],
      ['{"model":"main","messages":[{"role":"user","content":"x"}],"stream":"yes"}', 'invalid_request', 'stream'],
      ['{"model":"main","messages":[{"role":"user","content":"x"}],"max_tokens":0}', 'invalid_request', 'max_tokens'],
      ['{"model":"main","messages":[{"role":"user","content":"x"}],"tools":{}}', 'invalid_request', 'tools'],
    ];
    it.each(cases)('%s is a 400 that names the field (G01)', async (body, _code, param) => {
      const response = await post(calls.subject(), calls.key().key, body);
      const { error } = (await response.json()) as { error: Record<string, unknown> };
      expect(response.status).toBe(400);
      expect(error).toMatchObject({ type: 'invalid_request_error', param, message: expect.any(String), request_id: expect.stringMatching(/^req_/), doc_url: expect.any(String) });
      expect(calls.subject().upstream.requests).toHaveLength(0);
    });

    it('a body one byte over the limit is refused whole with 413, never cut (G02)', async () => {
      const response = await post(calls.subject(), calls.key().key, bodyOf(32 * 1024 * 1024 + 1)).catch((error: unknown) => error as Error);
      if (response instanceof Response) {
        expect(response.status).toBe(413);
        expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } });
      } else expect.unreachable(`the connection broke instead of answering: ${response.message}`);
    });

    it('a body of 12 MB arrives whole (G02)', async () => {
      const text = 'y'.repeat(12 * 1024 * 1024);
      const wide = await calls.subject().createKey({ plan: 'postpaid' });
      calls.subject().upstream.script('std', {});
      const response = await post(calls.subject(), wide.key, JSON.stringify({ model: 'std', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${text}` } }] }] }));
      expect(response.status).toBe(200);
      expect(calls.subject().upstream.requests.at(-1)?.bodyBytes).toBeGreaterThan(text.length);
    });

    it('a compressed body is read, a damaged one is a 400 (G05)', async () => {
      const { gzipSync } = await import('node:zlib');
      const body = JSON.stringify({ model: 'main', messages: hello });
      expect((await post(calls.subject(), calls.key().key, gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
      expect((await post(calls.subject(), calls.key().key, Buffer.from('not gzip'), { 'content-encoding': 'gzip' })).status).toBe(400);
    });

    it.each([
      ['no key', null, {}],
      ['a wrong checksum', 'sk-fl-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_000000', {}],
      ['an injection', "' OR '1'='1", {}],
      ['a header of 10 kB', `sk-fl-${'a'.repeat(10_000)}`, {}],
    ])('%s is a 401 in the envelope (E12)', async (_name, sent, headers) => {
      const response = await post(calls.subject(), sent, JSON.stringify({ model: 'main', messages: hello }), headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null } });
    });

    it('an unknown model is a 404 that says what was meant', async () => {
      await expect(calls.ask('mian')).rejects.toMatchObject({ status: 404, code: 'model_not_found', error: { did_you_mean: 'main' } });
    });

    it('a refused call is in the log under the name that was asked for', async () => {
      const refused = await calls.ask('mian').catch((error: { requestID: string }) => error);
      const id = (refused as { requestID: string }).requestID;
      await expect.poll(() => calls.key().readRequest(id).catch(() => null), { timeout: 3_000 }).toMatchObject({ status: 'refused', requested_model: 'mian', cost_usd: '0.000000', error: { code: 'model_not_found' } });
    });

    it('an endpoint that is not served is a 404 in the envelope (G10)', async () => {
      const response = await post(calls.subject(), calls.key().key, '{}', {}, '/fine_tuning/jobs');
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'unsupported_endpoint' } });
    });

    it('GET on an inference path is a 405 in the envelope (G06)', async () => {
      const response = await fetch(`${calls.subject().baseUrl}/chat/completions`, { headers: { authorization: `Bearer ${calls.key().key}` } });
      expect(response.status).toBe(405);
    });
  });
}

/** A call whose JSON is exactly so many bytes. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify({ model: 'main', messages: [{ role: 'user', content: '' }] });
  return empty.replace('"content":""', `"content":"${'x'.repeat(bytes - empty.length)}"`);
}
