import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { findRedisServer, startTestRedis, type TestRedis } from '@/lib/testing/redis';
import { hello } from '@/lib/testing/suites/subject';
import { upstreamConfig } from '@/lib/testing/suites/upstream-config';
import { makeDataDir, type Product, startProduct } from './product';
import { Tenants } from './tenant';

// Debian and its kin: apt-get install redis-server.
describe.skipIf(findRedisServer() === null)('two gateway processes on one port (skipped where the machine has no redis-server)', () => {
  let redis: TestRedis;
  let upstream: FakeUpstream;
  let product: Product;
  let tenants: Tenants;
  const dataDir = makeDataDir();

  beforeAll(async () => {
    [redis, upstream] = await Promise.all([startTestRedis(), startFakeUpstream()]);
    writeFileSync(path.join(dataDir, 'fairlead.yaml'), upstreamConfig(upstream.url));
    const env = { CONFIG_FILE: path.join(dataDir, 'fairlead.yaml'), U1_KEY: 'sk-upstream-secret', ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: 'warn', METRICS_TOKEN: 'metrics-token-0001' };
    product = await startProduct({ dataDir, env: { ...env, WORKERS: '2', REDIS_URL: redis.url } });
    tenants = new Tenants(product);
  });
  afterAll(async () => {
    await product?.stop();
    await Promise.all([upstream?.close(), redis?.close()]);
  });

  /** One connection each, so that both processes get their part. */
  const call = (key: string, model = 'std') =>
    fetch(`${product.apiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ model, messages: hello, max_tokens: 20 }),
      signal: AbortSignal.timeout(8_000),
    });

  it('both serve, and together keep to one rate limit (E03)', async () => {
    const org = await tenants.createOrg('prepaid', '5.00');
    const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'limited', rpm: 60 });
    const statuses = await Promise.all(Array.from({ length: 100 }, () => call(key).then(async (response) => (await response.text(), response.status))));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);

    const metrics = await (await fetch(`${product.url}/metrics`, { headers: { authorization: 'Bearer metrics-token-0001' } })).text();
    expect(metrics).toMatch(/fairlead_requests_total\{[^}]*status="completed"[^}]*\} 60\b/);
  });

  it('never spend more than a balance between them (A01)', async () => {
    const org = await tenants.createOrg('prepaid', '0.0018');
    const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'burst' });
    upstream.script('std', { delayMs: 100 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => call(key)));
    upstream.script('std', {});
    const paid = answers.filter(({ status }) => status === 200).length;
    expect(paid).toBeGreaterThan(0);
    expect(paid).toBeLessThanOrEqual(10);
    for (const answer of answers) if (answer.status !== 200) expect((await answer.json()) as object).toMatchObject({ error: { type: 'insufficient_quota' } });
    const balance = await tenants.api<{ spent_usd: string; held_usd: string }>(org.management, 'GET', '/balance');
    expect(balance).toMatchObject({ held_usd: '0.000000', spent_usd: (paid * 0.00018).toFixed(6) });
  });

  it('a revoked key stops on every process within a second (E01)', async () => {
    const org = await tenants.createOrg('prepaid', '5.00');
    const { id, key } = await tenants.api<{ id: string; key: string }>(org.management, 'POST', '/keys', { name: 'short' });
    for (let i = 0; i < 8; i++) expect((await call(key)).status).toBe(200);
    await product.fairlead('key', 'revoke', id);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (let i = 0; i < 8; i++) expect((await call(key)).status).toBe(401);
  });

  it('share what they know of a provider that is down: both leave it alone within a second, one probe of both asks again, and a failed one makes the pause longer (D23)', async () => {
    const org = await tenants.createOrg('prepaid', '5.00');
    const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'outage' });
    upstream.script('brittle', { status: 503 });
    const asked = () => upstream.requests.filter(({ model }) => model === 'brittle');
    const served = async () => {
      const response = await call(key, 'via-brittle');
      await response.text();
      return response.headers.get('x-fairlead-model');
    };
    const many = (count: number) => Promise.all(Array.from({ length: count }, served));
    for (let round = 0; round < 4; round++) expect(new Set(await many(4))).toEqual(new Set(['std']));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const known = asked().length;
    expect(new Set(await many(20))).toEqual(new Set(['std']));
    expect(asked()).toHaveLength(known);
    const metrics = await (await fetch(`${product.url}/metrics`, { headers: { authorization: 'Bearer metrics-token-0001' } })).text();
    expect(metrics).toMatch(/fairlead_breaker_open\{[^}]*brittle[^}]*\} [1-9]/);

    // Both want it all the while; when its pause is over one call of one process goes there.
    const until = async (done: () => boolean, limitMs: number) => {
      for (const startedAt = Date.now(); !done() && Date.now() - startedAt < limitMs; ) await many(4);
    };
    await until(() => asked().length > known, 6_000);
    const firstProbeAt = asked().at(-1)?.at ?? 0;
    expect(asked()).toHaveLength(known + 1);
    await until(() => asked().length > known + 1, 8_000);
    expect(asked()).toHaveLength(known + 2);
    expect((asked().at(-1)?.at ?? 0) - firstProbeAt).toBeGreaterThan(4_000);

    upstream.script('brittle', {});
    await expect.poll(async () => (await many(4)).every((model) => model === 'brittle'), { timeout: 12_000, interval: 300 }).toBe(true);
  });

  it('one that dies gives back what it had leased at once: all of a balance can be spent', async () => {
    const org = await tenants.createOrg('prepaid', '0.0018');
    const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'all of it' });
    const workers = gatewayPids(product);
    let paid = 0;
    const pay = async () => {
      if ((await call(key).catch(() => null))?.status === 200) paid += 1;
    };
    for (let i = 0; i < 4; i++) await pay();
    process.kill(workers[0] as number, 'SIGKILL');
    // Leases that nobody renews would be back after 55 seconds only.
    await expect.poll(async () => (await pay(), paid), { timeout: 20_000, interval: 300 }).toBe(10);
    expect(await tenants.api(org.management, 'GET', '/balance')).toMatchObject({ available_usd: '0.000000', held_usd: '0.000000', spent_usd: '0.001800' });
  });

  it('one that dies is started again while the other serves', async () => {
    const org = await tenants.createOrg('prepaid', '5.00');
    const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'steady' });
    const workers = gatewayPids(product);
    expect(workers).toHaveLength(2);
    process.kill(workers[0] as number, 'SIGKILL');
    // The connection that was just being handed to the dead process is lost with it.
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(key).catch(() => null)));
    expect(answers.filter((answer) => answer?.status === 200).length).toBeGreaterThanOrEqual(18);
    await expect.poll(() => gatewayPids(product).filter((pid) => !workers.includes(pid)).length, { timeout: 20_000 }).toBe(1);
    for (let i = 0; i < 8; i++) expect((await call(key)).status).toBe(200);
  });
});

/** The children of the supervisor that were told to be gateways. */
function gatewayPids(product: Product): number[] {
  const listing = execFileSync('ps', ['-eo', 'pid,pgid,args'], { encoding: 'utf8' });
  return listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, group, ...args]) => Number(group) === product.pid && args.includes('--max-semi-space-size=64'))
    .map(([pid]) => Number(pid));
}
