import { describe, expect, it } from 'vitest';
import { clientOf, hello } from '../subject';
import type { Calls } from './calls';

/** What happens when a provider fails. */
export function describeFailover(calls: Calls): void {
  describe('retry and fallback', () => {
    it('goes to the next target when the first fails, and logs every attempt', async () => {
      const { data, response } = await calls.ask('with-fallback');
      expect(data.choices[0]?.message.content).toBe('hello');
      expect(response.headers.get('x-fairlead-model')).toBe('std');
      expect(response.headers.get('x-fairlead-attempts')).toBe('3');
      expect((await calls.key().readRequest(response.headers.get('x-request-id') ?? '')).attempts.map(({ model, reason, status }) => [model, reason, status])).toEqual([
        ['status-503', 'primary', 503],
        ['status-503', 'retry', 503],
        ['std', 'fallback', 200],
      ]);
    });

    it('leaves a silent upstream at its first-token deadline and asks the next', async () => {
      const { data } = await calls.ask('slow-then-std');
      expect(data.choices[0]?.message.content).toBe('hello');
    });

    it('does not multiply: the final failure stops the SDK from retrying (D17)', async () => {
      await expect(clientOf(calls.subject(), calls.key().key, { maxRetries: 2 }).chat.completions.create({ model: 'status-503', messages: hello })).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
      expect(calls.subject().upstream.requests).toHaveLength(2);
    });

    it('passes the provider’s own refusal of the request on, unretried', async () => {
      await expect(calls.ask('status-400')).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
      expect(calls.subject().upstream.requests).toHaveLength(1);
    });

    it('never shows the provider’s 401 as the client’s own (D19)', async () => {
      await expect(calls.ask('status-401')).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });

    it.each(['html', 'empty'])('treats a 200 that is %s as a failed attempt', async (model) => {
      await expect(calls.ask(model)).rejects.toMatchObject({ status: 502, code: 'upstream_error' });
    });

    it('answers 504 upstream_timeout when every target stays silent', async () => {
      await expect(calls.ask('silent')).rejects.toMatchObject({ status: 504, code: 'upstream_timeout' });
    });
  });
}
