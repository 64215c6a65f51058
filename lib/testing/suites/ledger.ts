import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, hello, post, readStream, type Subject } from './subject';

/** What a dollar limit promises, whichever door the calls come through: groups A and C of the acceptance cases. */
export function ledgerSuite(getSubject: () => Subject): void {
  let subject: Subject;
  beforeAll(() => {
    subject = getSubject();
  });
  afterEach(() => subject.upstream.reset());

  const call = (key: string, body: object = {}) => post(subject, key, JSON.stringify({ model: 'std', messages: [{ role: 'user', content: 'tencharsxx' }], max_tokens: 20, ...body }));

  describe('a balance', () => {
    it('cannot be overspent by a burst of parallel calls (A01)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.001800' });
      subject.upstream.script('std', { delayMs: 300 });
      const answers = await Promise.all(Array.from({ length: 100 }, () => call(tenant.key)));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(10);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
      expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([]);
      expect(subject.upstream.requests.length).toBeLessThanOrEqual(10);
      expect(await tenant.readBalance()).toMatchObject({ held_usd: '0.000000' });
      expect(Number((await tenant.readBalance()).spent_usd)).toBeLessThanOrEqual(0.0018);
    });

    it('lets exactly what fits through, then stops for good without touching the upstream (A02, A06)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.000180' });
      expect((await call(tenant.key)).status).toBe(200);
      expect(await tenant.readBalance()).toMatchObject({ available_usd: '0.000000' });
      const before = subject.upstream.requests.length;
      await expect(clientOf(subject, tenant.key, { maxRetries: 2 }).chat.completions.create({ model: 'std', messages: hello, max_tokens: 20 })).rejects.toMatchObject({ status: 429, code: 'insufficient_quota' });
      const refused = await call(tenant.key);
      expect(refused.headers.get('x-should-retry')).toBe('false');
      expect(refused.headers.get('retry-after')).toBeNull();
      expect(subject.upstream.requests).toHaveLength(before);
    });

    it('holds the worst case while a call runs and releases it to the real cost (A03)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      subject.upstream.script('std', { delayMs: 600 });
      const running = call(tenant.key, { max_tokens: 1_000 });
      await expect.poll(async () => Number((await tenant.readBalance()).held_usd), { timeout: 500 }).toBeGreaterThanOrEqual(0.00802);
      expect((await running).status).toBe(200);
      expect(await tenant.readBalance()).toMatchObject({ held_usd: '0.000000', available_usd: '0.009820', spent_usd: '0.000180' });
    });

    it('tells funds held by running calls from funds that are gone (A05)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      subject.upstream.script('std', { delayMs: 600 });
      const running = call(tenant.key, { max_tokens: 1_000 });
      await expect.poll(async () => Number((await tenant.readBalance()).held_usd), { timeout: 500 }).toBeGreaterThan(0);
      const refused = await call(tenant.key, { max_tokens: 1_000 });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(await refused.json()).toMatchObject({ error: { type: 'insufficient_quota', code: 'funds_held', message: expect.stringContaining('held by running') } });
      await running;
    });

    it.each([['status-500', 502], ['reset-before-headers', 502]])('gets its hold back when the upstream fails (%s) (A07, A08)', async (model, status) => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      expect((await call(tenant.key, { model, stream: model === 'reset-before-headers' })).status).toBe(status);
      expect(await tenant.readBalance()).toMatchObject({ available_usd: '0.010000', held_usd: '0.000000', spent_usd: '0.000000' });
    });

    it('gets its hold back when the client leaves before the answer (A09)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      subject.upstream.script('std', { delayMs: 2_000 });
      const abort = new AbortController();
      const pending = clientOf(subject, tenant.key).chat.completions.create({ model: 'std', messages: hello, max_tokens: 20, stream: true }, { signal: abort.signal }).catch(() => undefined);
      await expect.poll(async () => Number((await tenant.readBalance()).held_usd), { timeout: 1_000 }).toBeGreaterThan(0);
      abort.abort();
      await pending;
      await expect.poll(async () => (await tenant.readBalance()).held_usd, { timeout: 5_000 }).toBe('0.000000');
      expect(await tenant.readBalance()).toMatchObject({ spent_usd: '0.000000' });
    });

    it('is never charged more than was held, however absurd the reported usage (A12)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '1.000000' });
      const answer = await call(tenant.key, { model: 'absurd-usage' });
      expect(answer.status).toBe(200);
      expect(Number(answer.headers.get('x-fairlead-cost-usd'))).toBeLessThanOrEqual(0.000181);
    });

    it('is exact to the nano-dollar over many tiny calls (A13)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '1.000000' });
      subject.upstream.script('tiny', { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } });
      for (let batch = 0; batch < 10; batch++) await Promise.all(Array.from({ length: 20 }, () => call(tenant.key, { model: 'tiny' })));
      expect(await tenant.readBalance()).toMatchObject({ spent_usd: '0.000036', held_usd: '0.000000' });
    });

    it('of a stream is settled before its last byte (C03)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      const stream = await clientOf(subject, tenant.key).chat.completions.create({ model: 'std', messages: hello, max_tokens: 20, stream: true });
      expect((await readStream(stream)).text).toBe('hello');
      expect(await tenant.readBalance()).toMatchObject({ spent_usd: '0.000180', held_usd: '0.000000' });
    });

    it('holds the model’s own limit where the client sets none (A04)', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.050000' });
      subject.upstream.script('std', { delayMs: 700 });
      const running = call(tenant.key, { max_tokens: undefined });
      await expect.poll(async () => (await tenant.readBalance()).held_usd, { timeout: 2_000, interval: 50 }).toBe('0.032788');
      expect((await running).headers.get('x-fairlead-clamped')).toBeNull();
      expect(await tenant.readBalance()).toMatchObject({ held_usd: '0.000000', spent_usd: '0.000180' });
    });

    it('of a stream without a limit begins with what there is, and the stream ends in order where its hold does', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.003000' });
      subject.upstream.script('std', { chunks: Array.from({ length: 400 }, () => 'word ') });
      const stream = await clientOf(subject, tenant.key).chat.completions.create({ model: 'std', messages: hello, stream: true, stream_options: { include_usage: true } });
      const { text, finish, usages } = await readStream(stream);
      expect(finish).toBe('length');
      expect(text).toHaveLength(128 * 5);
      expect(usages[0]?.usage?.completion_tokens).toBe(160);
      expect(subject.upstream.requests[0]?.body).not.toHaveProperty('max_tokens');
      const { held_usd, spent_usd } = await tenant.readBalance();
      expect(held_usd).toBe('0.000000');
      expect(Number(spent_usd)).toBeGreaterThan(0.00128);
      expect(Number(spent_usd)).toBeLessThanOrEqual(0.002068);
    });

    it('of a stream grows at three quarters of it while there is room', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.006300' });
      subject.upstream.script('std', { chunks: Array.from({ length: 200 }, () => 'word '), gapMs: 1 });
      const stream = await clientOf(subject, tenant.key).chat.completions.create({ model: 'std', messages: hello, stream: true });
      const { text, finish } = await readStream(stream);
      expect({ finish, length: text.length }).toEqual({ finish: 'stop', length: 1_000 });
      expect((await tenant.readBalance()).held_usd).toBe('0.000000');
    });

    it('admits a call with no output limit by clamping it to what fits, and says so', async () => {
      const tenant = await subject.createKey({ plan: 'prepaid', credit: '0.010000' });
      const answer = await call(tenant.key, { max_tokens: undefined });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-fairlead-clamped')).toMatch(/^max_tokens=\d+$/);
      expect(subject.upstream.requests[0]?.body).toMatchObject({ max_tokens: 1_024 });
    });
  });

  describe('a budget of a key', () => {
    it('stops at its limit and names itself (A14)', async () => {
      const tenant = await subject.createKey({ plan: 'postpaid', budget: '0.000300' });
      expect((await call(tenant.key)).status).toBe(200);
      const refused = await call(tenant.key);
      expect(refused.status).toBe(429);
      expect(await refused.json()).toMatchObject({ error: { code: 'insufficient_quota', message: expect.stringContaining('budget of the key'), scope: 'key' } });
    });

    it('of zero blocks, and none is no limit (A16)', async () => {
      const blocked = await subject.createKey({ plan: 'postpaid', budget: '0' });
      expect((await call(blocked.key)).status).toBe(429);
      const open = await subject.createKey({ plan: 'postpaid' });
      expect((await call(open.key)).status).toBe(200);
    });

    it('refuses what the price card cannot bound: unpriced models and fields that add cost', async () => {
      const tenant = await subject.createKey({ plan: 'postpaid', budget: '1.00' });
      const unpriced = await call(tenant.key, { model: 'unpriced' });
      expect(unpriced.status).toBe(400);
      expect(await unpriced.json()).toMatchObject({ error: { code: 'model_unpriced' } });
      const search = await call(tenant.key, { web_search_options: {} });
      expect(search.status).toBe(400);
      expect(await search.json()).toMatchObject({ error: { code: 'unsupported_parameter', param: 'web_search_options' } });
      expect(subject.upstream.requests).toHaveLength(0);
    });
  });
}
