import { describe, expect, it } from 'vitest';
import { clientOf, hello, post } from '../subject';
import type { Calls } from './calls';

/** Who may call what, and how often. */
export function describeKeysAndModels(calls: Calls): void {
  describe('keys and models', () => {
    it('lists what the key may call, aliases first, and nothing else (E07)', async () => {
      const narrow = await calls.subject().createKey({ plan: 'narrow' });
      const list = await clientOf(calls.subject(), narrow.key).models.list();
      expect(list.data.map(({ id }) => id)).toEqual(['main', 'std']);
      await expect(clientOf(calls.subject(), narrow.key).models.retrieve('tiny')).rejects.toMatchObject({ status: 404 });
    });

    it('shows models in Anthropic’s shape to a client that speaks it', async () => {
      const response = await fetch(`${calls.subject().baseUrl}/models`, { headers: { 'x-api-key': calls.key().key, 'anthropic-version': '2023-06-01' } });
      expect(await response.json()).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ type: 'model', id: 'main', display_name: expect.any(String) })]), has_more: expect.any(Boolean) });
    });

    it('a key limited to some models gets 404 for the others, which never reach the upstream (E08)', async () => {
      const limited = await calls.subject().createKey({ plan: 'postpaid', models: ['std'] });
      await expect(clientOf(calls.subject(), limited.key).chat.completions.create({ model: 'tiny', messages: hello })).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
      expect(calls.subject().upstream.requests).toHaveLength(0);
    });

    it('a revoked key stops within a second, under constant load on it (E01)', async () => {
      const doomed = await calls.subject().createKey({ plan: 'postpaid' });
      const mine = clientOf(calls.subject(), doomed.key);
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
      const narrow = await calls.subject().createKey({ plan: 'narrow' });
      const mine = clientOf(calls.subject(), narrow.key);
      const { response } = await mine.chat.completions.create({ model: 'main', messages: hello }).withResponse();
      expect(response.headers.get('x-ratelimit-limit-requests')).toBe('3');
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('2');
      await mine.chat.completions.create({ model: 'main', messages: hello });
      await mine.chat.completions.create({ model: 'main', messages: hello });
      const refused = await post(calls.subject(), narrow.key, JSON.stringify({ model: 'main', messages: hello }));
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' } });
    });

    it('frees the concurrency slot when a call ends or its client leaves (E05)', async () => {
      const narrow = await calls.subject().createKey({ plan: 'narrow' });
      calls.subject().upstream.script('std', { delayMs: 400 });
      const call = () => post(calls.subject(), narrow.key, JSON.stringify({ model: 'std', messages: hello }));
      const running = [call(), call()];
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect((await call()).status).toBe(429);
      expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
      expect((await call()).status).toBe(200);
    });
  });
}
