import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hello, type Subject, type SubjectKey } from '../subject';
import { openCall } from './raw-http';

/** What happens when clients leave, stall or stop reading. Group C of the acceptance cases. */
export function leavingSuite(getSubject: () => Subject): void {
  let subject: Subject;
  let key: SubjectKey;
  beforeAll(async () => {
    subject = getSubject();
    key = await subject.createKey({ plan: 'postpaid' });
  });
  afterEach(() => subject.upstream.reset());

  const call = (model: string, stream = true) => openCall(`${subject.baseUrl}/chat/completions`, key.key, { model, messages: hello, stream });
  const idOf = (open: { response: { headers: Record<string, unknown> } }) => String(open.response.headers['x-request-id']);
  const rowOf = (id: string) => key.readRequest(id).catch(() => null);

  describe('a client that leaves', () => {
    it('C03 after the provider told its usage has a whole answer, and pays what the provider counted', async () => {
      subject.upstream.script('std', { stallAfter: 8 });
      const abort = new AbortController();
      const response = await fetch(`${subject.baseUrl}/chat/completions`, { method: 'POST', signal: abort.signal, headers: { authorization: `Bearer ${key.key}`, 'content-type': 'application/json' }, body: JSON.stringify({ model: 'std', messages: hello, stream: true }) });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      while (!text.includes('"finish_reason":"stop"')) text += Buffer.from((await reader.read()).value ?? []).toString();
      await expect.poll(() => subject.upstream.requests[0]?.eventsSent, { timeout: 2_000, interval: 10 }).toBe(8);
      abort.abort();
      await expect.poll(() => rowOf(response.headers.get('x-request-id') ?? ''), { timeout: 5_000 }).toMatchObject({ status: 'completed', usage: { input_tokens: 10, output_tokens: 20 }, usage_source: 'reported', cost_usd: '0.000180' });
    });

    it('C04 lets a provider that bills the whole answer run to its end, and pays for it once', async () => {
      const open = await call('drained-stream');
      await new Promise((resolve) => setTimeout(resolve, 150));
      open.leave();
      await expect.poll(() => rowOf(idOf(open)), { timeout: 5_000 }).toMatchObject({ usage: { input_tokens: 10, output_tokens: 20 }, usage_source: 'reported', cost_usd: '0.000180' });
      expect(subject.upstream.requests[0]).toMatchObject({ peerClosedAt: null });
      expect(subject.upstream.requests[0]?.eventsSent).toBeGreaterThan(12);
    });

    it.each([['slow-900', 'cancel'], ['drained-whole', 'drain']])('C05 from a whole answer (%s) does what its provider’s setting says: %s', async (model, mode) => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '1.00' });
      const abort = new AbortController();
      const asked = fetch(`${subject.baseUrl}/chat/completions`, { method: 'POST', signal: abort.signal, headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' }, body: JSON.stringify({ model, messages: hello }) }).catch(() => null);
      await expect.poll(() => subject.upstream.requests.length, { timeout: 2_000, interval: 20 }).toBe(1);
      const leftAt = Date.now();
      abort.abort();
      await asked;
      const request = subject.upstream.requests[0];
      if (mode === 'drain') {
        await expect.poll(() => request?.finishedAt ?? null, { timeout: 3_000 }).not.toBeNull();
        expect(request?.peerClosedAt).toBeNull();
      } else {
        await expect.poll(() => request?.peerClosedAt ?? null, { timeout: 2_000 }).not.toBeNull();
        expect((request?.peerClosedAt ?? Number.POSITIVE_INFINITY) - leftAt).toBeLessThan(500);
      }
      // What was drained is billed as the provider counted it; of what was cancelled nothing was delivered.
      await expect.poll(() => tenant.readBalance(), { timeout: 3_000 }).toMatchObject({ spent_usd: mode === 'drain' ? '0.000180' : '0.000000', held_usd: '0.000000' });
    });

    it('C06 by no longer reading holds a stream of 50 MiB back where it comes from, and is ended at the idle limit', async () => {
      subject.upstream.script('std', { chunks: Array.from({ length: 50 }, () => 'x'.repeat(1024 * 1024)) });
      const open = await call('std');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(subject.upstream.requests[0]?.bytesSent).toBeLessThan(25 * 1024 * 1024);
      await expect.poll(() => rowOf(idOf(open)), { timeout: 8_000 }).toMatchObject({ status: 'truncated', finish_reason: 'client_closed' });
      open.leave();
    }, 20_000);

    it('C07 with 299 others at once does not hold anyone up, and every one of them has its row', async () => {
      const open = await Promise.all(Array.from({ length: 300 }, () => call('chunks-50-every-100')));
      const waits: number[] = [];
      for (const one of open) one.leave();
      for (let probe = 0; probe < 20; probe++) {
        const startedAt = performance.now();
        await fetch(new URL('/', subject.baseUrl), { method: 'HEAD' });
        waits.push(performance.now() - startedAt);
      }
      expect(waits.sort((a, b) => a - b).at(-2)).toBeLessThan(1_000);
      await expect.poll(async () => (await Promise.all(open.map((one) => rowOf(idOf(one))))).filter((row) => row?.status === 'truncated').length, { timeout: 15_000, interval: 500 }).toBe(300);
    }, 40_000);
  });
}
