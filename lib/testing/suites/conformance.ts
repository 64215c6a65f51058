import type OpenAI from 'openai';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, hello, post, readStream, type Subject, type SubjectKey } from './subject';

/** What an inference call promises, whichever door it comes through: contract §5. */
export function conformanceSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  let client: OpenAI;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'postpaid' });
    client = clientOf(subject, key.key);
  });
  afterEach(() => subject.upstream.reset());

  const ask = (model: string) => client.chat.completions.create({ model, messages: hello }).withResponse();
  const stream = (model: string, includeUsage = true) =>
    client.chat.completions.create({ model, messages: hello, stream: true, ...(includeUsage ? { stream_options: { include_usage: true } } : {}) }).withResponse();

  describe('a whole answer', () => {
    it('through an alias names what answered, what it cost and how often it was tried', async () => {
      const { data, response } = await ask('main');
      expect(data).toMatchObject({ model: 'std', choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 20 } });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'x-fairlead-alias': 'main',
        'x-fairlead-model': 'std',
        'x-fairlead-provider': 'u1',
        'x-fairlead-attempts': '1',
        'x-fairlead-cost-usd': '0.000180',
        'x-request-id': expect.stringMatching(/^req_/),
        'openai-processing-ms': expect.stringMatching(/^\d+$/),
        'server-timing': expect.stringMatching(/gateway;dur=[\d.]+, upstream;dur=[\d.]+/),
      });
    });

    it('leaves one row with tokens, cost lines and attempts', async () => {
      const { response } = await ask('main');
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({
        status: 'completed',
        alias: 'main',
        model: 'std',
        provider: 'u1',
        usage: { input_tokens: 10, output_tokens: 20 },
        usage_source: 'reported',
        cost_usd: '0.000180',
        cost_lines: [
          { item: 'input', tokens: 10, rate_usd_per_million: '2.000000', amount_usd: '0.000020' },
          { item: 'output', tokens: 20, rate_usd_per_million: '8.000000', amount_usd: '0.000160' },
        ],
        attempts: [{ index: 0, model: 'std', provider: 'u1', reason: 'primary', outcome: 'completed', status: 200 }],
      });
    });

    it('prices cached and reasoning tokens as the card says (F12)', async () => {
      const { response } = await ask('cached-usage');
      expect(response.headers.get('x-fairlead-cost-usd')).toBe('0.000171');
    });

    it.each(['gzip', 'br'])('comes through whole when the upstream compresses it with %s, with no stale encoding (G04)', async (encoding) => {
      const { data, response } = await ask(encoding);
      expect(data.choices[0]?.message.content).toBe('hello');
      expect(response.headers.get('content-encoding')).toBeNull();
    });

    it('passes unknown request fields on and unknown response fields back (F13)', async () => {
      subject.upstream.script('std', { body: JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'std', choices: [{ index: 0, message: { role: 'assistant', content: 'hi', vendor_note: [1.50] }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }, vendor: { deep: true } }), contentType: 'application/json' });
      const { data } = await client.chat.completions.create({ model: 'main', messages: hello, vendor_field: { keep: 1 }, seed: 7, logprobs: true } as OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming).withResponse();
      expect(data).toMatchObject({ vendor: { deep: true } });
      expect(subject.upstream.requests[0]?.body).toMatchObject({ model: 'std', vendor_field: { keep: 1 }, seed: 7, logprobs: true });
    });

    it('never carries the client key upstream', async () => {
      await ask('main');
      const sent = JSON.stringify(subject.upstream.requests[0]?.headers);
      expect(sent).not.toContain(key.key);
      expect(sent).toContain('Bearer');
    });
  });

  describe('a stream', () => {
    it('carries the text, ends with [DONE] and shows usage once to a client that asked (B01, B03)', async () => {
      const { data, response } = await stream('main');
      const read = await readStream(data);
      expect(read).toMatchObject({ text: 'hello', error: null });
      expect([...read.models]).toEqual(['std']);
      expect(read.usages).toHaveLength(1);
      expect(read.usages[0]).toMatchObject({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 20, cost: '0.000180' } });
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'completed', usage: { input_tokens: 10, output_tokens: 20 }, cost_usd: '0.000180' });
    });

    it('asks the upstream for usage and hides it from a client that did not ask (B02)', async () => {
      const { data, response } = await stream('main', false);
      expect((await readStream(data)).usages).toEqual([]);
      expect(subject.upstream.requests[0]?.body).toMatchObject({ stream_options: { include_usage: true } });
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ usage: { input_tokens: 10, output_tokens: 20 } });
    });

    it.each(['usage-on-finish', 'usage-on-every-chunk'])('counts usage once when the upstream tells it as %s (B04)', async (model) => {
      const read = await readStream((await stream(model)).data);
      expect(read.usages).toHaveLength(1);
      expect(read.usages[0]?.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 20, cost: '0.000180' });
    });

    it.each([
      ['B06', 'crlf'], ['B07', 'cr'], ['B08', 'no-space'], ['B09', 'multiline'], ['B10', 'comments'], ['B11', 'bom'], ['B12', 'comments'], ['B14', 'one-byte-writes'], ['B14', 'one-write'],
      ['B15', 'malformed-at-3'], ['B16', 'no-done'], ['B18', 'json-for-stream'], ['G04', 'gzip'], ['G04', 'br'], ['G04', 'deflate'],
    ])(
      '%s is the same to the client when the upstream frames it as %s',
      async (_id, model) => {
        expect(await readStream((await stream(model)).data)).toMatchObject({ text: 'hello', error: null });
      },
    );

    it('counts a chunk that is not JSON in the log of its attempt and forwards none of it (B15)', async () => {
      const response = await post(subject, key.key, JSON.stringify({ model: 'malformed-at-3', messages: hello, stream: true }));
      for (const line of (await response.text()).split('\n').filter((text) => text.startsWith('data: {'))) JSON.parse(line.slice(6));
      expect((await key.readRequest(response.headers.get('x-request-id') ?? '')).attempts).toMatchObject([{ outcome: 'completed', bad_chunks: 1 }]);
      expect((await readStream((await stream('main')).data)).text).toBe('hello');
    });

    it('keeps characters that arrive one byte at a time (B13)', async () => {
      expect((await readStream((await stream('split-utf8')).data)).text).toBe('你好🙂é');
    });

    it('carries a chunk of a mebibyte (B14)', async () => {
      expect((await readStream((await stream('big-chunk')).data)).text).toHaveLength(1024 * 1024);
    });

    it('is LF-framed, one data line per event, ended by [DONE] once', async () => {
      const text = await (await post(subject, key.key, JSON.stringify({ model: 'comments', messages: hello, stream: true }))).text();
      const events = text.split('\n\n').filter(Boolean);
      expect(text).not.toContain('\r');
      for (const event of events) expect(event).toMatch(/^data: (\{.*\}|\[DONE\])$/);
      expect(events.filter((event) => event === 'data: [DONE]')).toHaveLength(1);
      expect(events.at(-1)).toBe('data: [DONE]');
    });

    it.each(['cut-after-4', 'error-at-4', 'no-finish'])('that breaks after its first content (%s) ends in an error frame, never silently (B17, B18)', async (model) => {
      const { data, response } = await stream(model);
      const read = await readStream(data);
      expect(read.text.length).toBeGreaterThan(0);
      expect(read.error).toMatchObject({ code: 'upstream_stream_interrupted' });
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'truncated', finish_reason: 'interrupted', cost_usd: '0.000000' });
    });

    it('that fails before any content is retried, and a final failure is an HTTP status (B18)', async () => {
      await expect(stream('error-at-1')).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      expect(subject.upstream.requests.length).toBeGreaterThan(1);
    });

    it('closes the upstream within 500 ms of the client leaving, and bills what was delivered (C01, C02)', async () => {
      const abort = new AbortController();
      const { data, response } = await client.chat.completions.create({ model: 'chunks-50-every-100', messages: hello, stream: true }, { signal: abort.signal }).withResponse();
      let seen = 0;
      let leftAt = 0;
      await (async () => {
        for await (const _ of data) {
          if (++seen === 3) {
            leftAt = Date.now();
            abort.abort();
          }
        }
      })().catch(() => undefined);
      await expect.poll(() => subject.upstream.requests[0]?.peerClosedAt ?? null, { timeout: 2_000 }).not.toBeNull();
      expect((subject.upstream.requests[0]?.peerClosedAt ?? Number.POSITIVE_INFINITY) - leftAt).toBeLessThan(500);
      const id = response.headers.get('x-request-id') ?? '';
      await expect.poll(async () => (await key.readRequest(id)).status, { timeout: 3_000 }).toBe('truncated');
      const request = await key.readRequest(id);
      expect(request).toMatchObject({ finish_reason: 'client_closed', usage_source: 'estimated' });
      expect(Number(request.cost_usd)).toBeGreaterThan(0);
      expect(subject.upstream.requests[0]?.eventsSent).toBeLessThan(15);
    });
  });

  describe('usage', () => {
    it('that says zero is zero, not missing (A11)', async () => {
      const { response } = await ask('zero-usage');
      expect(await key.readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ usage: { input_tokens: 0, output_tokens: 0 }, usage_source: 'reported', cost_usd: '0.000000' });
    });

    it('that is missing is estimated from what was delivered and marked so (B05)', async () => {
      const { response } = await ask('no-usage');
      const request = await key.readRequest(response.headers.get('x-request-id') ?? '');
      expect(request.usage_source).toBe('estimated');
      expect(request.usage.output_tokens).toBeGreaterThan(0);
    });

    it('that is negative is never a credit (A12)', async () => {
      const { response } = await ask('negative-usage');
      expect(Number(response.headers.get('x-fairlead-cost-usd'))).toBeGreaterThanOrEqual(0);
    });
  });

  describe('retry and fallback', () => {
    it('goes to the next target when the first fails, and logs every attempt', async () => {
      const { data, response } = await ask('with-fallback');
      expect(data.choices[0]?.message.content).toBe('hello');
      expect(response.headers.get('x-fairlead-model')).toBe('std');
      expect(response.headers.get('x-fairlead-attempts')).toBe('3');
      expect((await key.readRequest(response.headers.get('x-request-id') ?? '')).attempts.map(({ model, reason, status }) => [model, reason, status])).toEqual([
        ['status-503', 'primary', 503],
        ['status-503', 'retry', 503],
        ['std', 'fallback', 200],
      ]);
    });

    it('leaves a silent upstream at its first-token deadline and asks the next', async () => {
      const { data } = await ask('slow-then-std');
      expect(data.choices[0]?.message.content).toBe('hello');
    });

    it('does not multiply: the final failure stops the SDK from retrying (D17)', async () => {
      await expect(clientOf(subject, key.key, { maxRetries: 2 }).chat.completions.create({ model: 'status-503', messages: hello })).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      expect(subject.upstream.requests).toHaveLength(2);
    });

    it('passes the provider’s own refusal of the request on, unretried', async () => {
      await expect(ask('status-400')).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
      expect(subject.upstream.requests).toHaveLength(1);
    });

    it('never shows the provider’s 401 as the client’s own (D19)', async () => {
      await expect(ask('status-401')).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });

    it.each(['html', 'empty'])('treats a 200 that is %s as a failed attempt', async (model) => {
      await expect(ask(model)).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });

    it('answers 504 upstream_timeout when every target stays silent', async () => {
      await expect(ask('silent')).rejects.toMatchObject({ status: 504, code: 'upstream_timeout' });
    });
  });

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
      const response = await post(subject, key.key, body);
      const { error } = (await response.json()) as { error: Record<string, unknown> };
      expect(response.status).toBe(400);
      expect(error).toMatchObject({ type: 'invalid_request_error', param, message: expect.any(String), request_id: expect.stringMatching(/^req_/), doc_url: expect.any(String) });
      expect(subject.upstream.requests).toHaveLength(0);
    });

    it('a body of 40 MB is refused whole with 413, never cut (G02)', async () => {
      const response = await post(subject, key.key, JSON.stringify({ model: 'main', messages: [{ role: 'user', content: 'x'.repeat(40 * 1024 * 1024) }] })).catch((error: unknown) => error as Error);
      if (response instanceof Response) {
        expect(response.status).toBe(413);
        expect(await response.json()).toMatchObject({ error: { code: 'request_too_large' } });
      } else expect.unreachable(`the connection broke instead of answering: ${response.message}`);
    });

    it('a body of 12 MB arrives whole (G02)', async () => {
      const text = 'y'.repeat(12 * 1024 * 1024);
      const wide = await subject.createKey({ plan: 'postpaid' });
      subject.upstream.script('std', {});
      const response = await post(subject, wide.key, JSON.stringify({ model: 'std', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${text}` } }] }] }));
      expect(response.status).toBe(200);
      expect(subject.upstream.requests.at(-1)?.bodyBytes).toBeGreaterThan(text.length);
    });

    it('a compressed body is read, a damaged one is a 400 (G05)', async () => {
      const { gzipSync } = await import('node:zlib');
      const body = JSON.stringify({ model: 'main', messages: hello });
      expect((await post(subject, key.key, gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
      expect((await post(subject, key.key, Buffer.from('not gzip'), { 'content-encoding': 'gzip' })).status).toBe(400);
    });

    it.each([
      ['no key', null, {}],
      ['a wrong checksum', 'sk-fl-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_000000', {}],
      ['an injection', "' OR '1'='1", {}],
      ['a header of 10 kB', `sk-fl-${'a'.repeat(10_000)}`, {}],
    ])('%s is a 401 in the envelope (E12)', async (_name, sent, headers) => {
      const response = await post(subject, sent, JSON.stringify({ model: 'main', messages: hello }), headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', code: 'invalid_api_key', param: null } });
    });

    it('an unknown model is a 404 that says what was meant', async () => {
      await expect(ask('mian')).rejects.toMatchObject({ status: 404, code: 'model_not_found', error: { did_you_mean: 'main' } });
    });

    it('a refused call is in the log under the name that was asked for', async () => {
      const refused = await ask('mian').catch((error: { requestID: string }) => error);
      const id = (refused as { requestID: string }).requestID;
      await expect.poll(() => key.readRequest(id).catch(() => null), { timeout: 3_000 }).toMatchObject({ status: 'refused', requested_model: 'mian', cost_usd: '0.000000', error: { code: 'model_not_found' } });
    });

    it('an endpoint that is not served is a 404 in the envelope (G10)', async () => {
      const response = await post(subject, key.key, '{}', {}, '/fine_tuning/jobs');
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ error: { code: 'unsupported_endpoint' } });
    });

    it('GET on an inference path is a 405 in the envelope (G06)', async () => {
      const response = await fetch(`${subject.baseUrl}/chat/completions`, { headers: { authorization: `Bearer ${key.key}` } });
      expect(response.status).toBe(405);
    });
  });

  describe('keys and models', () => {
    it('lists what the key may call, aliases first, and nothing else (E07)', async () => {
      const narrow = await subject.createKey({ plan: 'narrow' });
      const list = await clientOf(subject, narrow.key).models.list();
      expect(list.data.map(({ id }) => id)).toEqual(['main', 'std']);
      await expect(clientOf(subject, narrow.key).models.retrieve('tiny')).rejects.toMatchObject({ status: 404 });
    });

    it('shows models in Anthropic’s shape to a client that speaks it', async () => {
      const response = await fetch(`${subject.baseUrl}/models`, { headers: { 'x-api-key': key.key, 'anthropic-version': '2023-06-01' } });
      expect(await response.json()).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ type: 'model', id: 'main', display_name: expect.any(String) })]), has_more: expect.any(Boolean) });
    });

    it('a key limited to some models gets 404 for the others, which never reach the upstream (E08)', async () => {
      const limited = await subject.createKey({ plan: 'postpaid', models: ['std'] });
      await expect(clientOf(subject, limited.key).chat.completions.create({ model: 'tiny', messages: hello })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
      expect(subject.upstream.requests).toHaveLength(0);
    });

    it('a revoked key stops within a second, under constant load on it (E01)', async () => {
      const doomed = await subject.createKey({ plan: 'postpaid' });
      const mine = clientOf(subject, doomed.key);
      await mine.chat.completions.create({ model: 'main', messages: hello });
      await doomed.revoke();
      const revokedAt = Date.now();
      let status = 200;
      while (status === 200 && Date.now() - revokedAt < 3_000) {
        status = await mine.chat.completions.create({ model: 'main', messages: hello }).then(() => 200, (error: { status: number }) => error.status);
      }
      expect(status).toBe(401);
      expect(Date.now() - revokedAt).toBeLessThan(1_000);
    });

    it('shows rate limits on success and refuses the call beyond them with Retry-After (E03)', async () => {
      const narrow = await subject.createKey({ plan: 'narrow' });
      const mine = clientOf(subject, narrow.key);
      const { response } = await mine.chat.completions.create({ model: 'main', messages: hello }).withResponse();
      expect(response.headers.get('x-ratelimit-limit-requests')).toBe('3');
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('2');
      await mine.chat.completions.create({ model: 'main', messages: hello });
      await mine.chat.completions.create({ model: 'main', messages: hello });
      const refused = await post(subject, narrow.key, JSON.stringify({ model: 'main', messages: hello }));
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' } });
    });

    it('frees the concurrency slot when a call ends or its client leaves (E05)', async () => {
      const narrow = await subject.createKey({ plan: 'narrow' });
      subject.upstream.script('std', { delayMs: 400 });
      const call = () => post(subject, narrow.key, JSON.stringify({ model: 'std', messages: hello }));
      const running = [call(), call()];
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect((await call()).status).toBe(429);
      expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
      expect((await call()).status).toBe(200);
    });
  });

  describe('embeddings', () => {
    it('pass through with their usage priced', async () => {
      const { data, response } = await client.embeddings.create({ model: 'embedder', input: ['a', 'b'], encoding_format: 'float' }).withResponse();
      expect(data.data).toHaveLength(2);
      expect(Number(response.headers.get('x-fairlead-cost-usd'))).toBeGreaterThan(0);
    });

    it('refuse a chat model', async () => {
      await expect(client.embeddings.create({ model: 'std', input: 'a' })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
    });
  });
}
