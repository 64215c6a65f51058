import { describe, expect, it } from 'vitest';
import { hello, post, readStream } from '../subject';
import type { Calls } from './calls';

/** Answers that stream. Group B of the acceptance cases. */
export function describeStreams(calls: Calls): void {
  describe('a stream', () => {
    it('carries the text, ends with [DONE] and shows usage once to a client that asked (B01, B03)', async () => {
      const { data, response } = await calls.stream('main');
      const read = await readStream(data);
      expect(read).toMatchObject({ text: 'hello', error: null });
      expect([...read.models]).toEqual(['std']);
      expect(read.usages).toHaveLength(1);
      expect(read.usages[0]).toMatchObject({ choices: [], usage: { prompt_tokens: 10, completion_tokens: 20, cost: '0.000180' } });
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'completed', usage: { input_tokens: 10, output_tokens: 20 }, cost_usd: '0.000180', ttft_ms: expect.any(Number), duration_ms: expect.any(Number) });
    });

    it('tells usage after the finish and before [DONE], in a chunk without choices (B03)', async () => {
      const events = eventsOf(await raw(calls, 'std', { stream_options: { include_usage: true } }));
      const finish = events.findIndex((event) => event.includes('"finish_reason":"stop"'));
      const usage = events.findIndex((event) => event.includes('"choices":[]'));
      expect([finish, usage]).toEqual([events.length - 3, events.length - 2]);
      expect(events.filter((event) => event.includes('"prompt_tokens"'))).toHaveLength(1);
    });

    it('asks the upstream for usage and hides it from a client that did not ask (B02)', async () => {
      const { data, response } = await calls.stream('main', false);
      expect((await readStream(data)).usages).toEqual([]);
      expect(calls.subject().upstream.requests[0]?.body).toMatchObject({ stream_options: { include_usage: true } });
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ usage: { input_tokens: 10, output_tokens: 20 } });
    });

    it.each(['usage-on-finish', 'usage-on-every-chunk'])('counts usage once when the upstream tells it as %s (B04)', async (model) => {
      const { data, response } = await calls.stream(model);
      const read = await readStream(data);
      expect(read.usages).toHaveLength(1);
      expect(read.usages[0]?.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 20, cost: '0.000180' });
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ usage: { input_tokens: 10, output_tokens: 20 }, cost_usd: '0.000180' });
    });

    it.each([
      ['B06', 'crlf'], ['B07', 'cr'], ['B08', 'no-space'], ['B09', 'multiline'], ['B10', 'comments'], ['B11', 'bom'], ['B12', 'comments'], ['B14', 'one-byte-writes'], ['B14', 'one-write'],
      ['B15', 'malformed-at-3'], ['B16', 'no-done'], ['B18', 'json-for-stream'], ['G04', 'gzip'], ['G04', 'br'], ['G04', 'deflate'],
    ])('%s is the same to the client when the upstream frames it as %s: LF-framed, one data line an event, [DONE] once and last', async (_id, model) => {
      expect(await readStream((await calls.stream(model)).data)).toMatchObject({ text: 'hello', error: null, finish: 'stop' });
      const text = await raw(calls, model);
      expect(text).not.toContain('\r');
      const events = eventsOf(text);
      for (const event of events) expect(event).toMatch(/^data: (\{.*\}|\[DONE\])$/);
      expect(events.filter((event) => event === 'data: [DONE]')).toHaveLength(1);
      expect(events.at(-1)).toBe('data: [DONE]');
    });

    it('is over as soon as its upstream closes without [DONE], with the usage that was told (B16)', async () => {
      const startedAt = Date.now();
      const { data, response } = await calls.stream('no-done');
      expect((await readStream(data)).usages).toHaveLength(1);
      expect(Date.now() - startedAt).toBeLessThan(1_000);
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'completed', usage: { input_tokens: 10, output_tokens: 20 }, usage_source: 'reported' });
    });

    it('counts a chunk that is not JSON in the log of its attempt and forwards none of it (B15)', async () => {
      const response = await post(calls.subject(), calls.key().key, JSON.stringify({ model: 'malformed-at-3', messages: hello, stream: true }));
      for (const line of (await response.text()).split('\n').filter((text) => text.startsWith('data: {'))) JSON.parse(line.slice(6));
      expect((await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).attempts).toMatchObject([{ outcome: 'completed', bad_chunks: 1 }]);
      expect((await readStream((await calls.stream('main')).data)).text).toBe('hello');
    });

    it('keeps characters that arrive one byte at a time (B13)', async () => {
      expect((await readStream((await calls.stream('split-utf8')).data)).text).toBe('你好🙂é');
    });

    it('carries a chunk of a mebibyte (B14)', async () => {
      expect((await readStream((await calls.stream('big-chunk')).data)).text).toHaveLength(1024 * 1024);
    });

    it.each(['cut-after-4', 'error-at-4', 'no-finish'])('that breaks after its first content (%s) ends in an error frame, never silently (B17, B18)', async (model) => {
      const { data, response } = await calls.stream(model);
      const read = await readStream(data);
      expect(read.text.length).toBeGreaterThan(0);
      expect(read.error).toMatchObject({ code: 'upstream_stream_interrupted' });
      expect(await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).toMatchObject({ status: 'truncated', finish_reason: 'interrupted', cost_usd: '0.000000' });
    });

    it('that is cut after three of five chunks shows the three, then an error with its code, then [DONE] (B17)', async () => {
      const events = eventsOf(await raw(calls, 'cut-after-4'));
      const chunks = events.slice(0, -2).map((event) => JSON.parse(event.slice('data: '.length)).choices[0].delta.content ?? '');
      expect(chunks.join('')).toBe('hel');
      expect(JSON.parse(events.at(-2)?.slice('data: '.length) ?? '')).toMatchObject({ error: { message: expect.any(String), type: expect.any(String), param: null, code: 'upstream_stream_interrupted' } });
      expect(events.at(-1)).toBe('data: [DONE]');
    });

    it('that fails before any content is retried, and a final failure is an HTTP status (B18)', async () => {
      await expect(calls.stream('error-at-1')).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      expect(calls.subject().upstream.requests.length).toBeGreaterThan(1);
    });

    it('closes the upstream within 500 ms of the client leaving, and bills what was delivered (C01, C02)', async () => {
      const abort = new AbortController();
      const { data, response } = await calls.client().chat.completions.create({ model: 'chunks-50-every-100', messages: hello, stream: true }, { signal: abort.signal }).withResponse();
      let seen = 0;
      let said = '';
      let leftAt = 0;
      await (async () => {
        for await (const { choices } of data) {
          said += choices[0]?.delta.content ?? '';
          if (++seen === 3) {
            leftAt = Date.now();
            abort.abort();
          }
        }
      })().catch(() => undefined);
      await expect.poll(() => calls.subject().upstream.requests[0]?.peerClosedAt ?? null, { timeout: 2_000 }).not.toBeNull();
      expect((calls.subject().upstream.requests[0]?.peerClosedAt ?? Number.POSITIVE_INFINITY) - leftAt).toBeLessThan(500);
      const id = response.headers.get('x-request-id') ?? '';
      await expect.poll(async () => (await calls.key().readRequest(id)).status, { timeout: 3_000 }).toBe('truncated');
      const request = await calls.key().readRequest(id);
      expect(request).toMatchObject({ finish_reason: 'client_closed', usage_source: 'estimated' });
      expect(Number(request.cost_usd)).toBeGreaterThan(0);
      // A token of the fake model is a word; an estimate may differ by one a word.
      const words = said.trim().split(' ').length;
      expect(Math.abs(request.usage.output_tokens - words)).toBeLessThanOrEqual(words + 1);
      expect(calls.subject().upstream.requests[0]?.eventsSent).toBeLessThanOrEqual(8);
    });
  });
}

const raw = async (calls: Calls, model: string, more: object = {}): Promise<string> =>
  (await post(calls.subject(), calls.key().key, JSON.stringify({ model, messages: hello, stream: true, ...more }))).text();

const eventsOf = (text: string): string[] => text.split('\n\n').filter(Boolean);
