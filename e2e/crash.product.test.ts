import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { hello } from '@/lib/testing/suites/subject';
import { upstreamConfig } from '@/lib/testing/suites/upstream-config';
import { makeDataDir, type Product, startProduct } from './product';
import { Tenants } from './tenant';

let upstream: FakeUpstream;
let product: Product;
const dataDir = makeDataDir();
const start = () =>
  startProduct({ dataDir, env: { CONFIG_FILE: path.join(dataDir, 'fairlead.yaml'), U1_KEY: 'sk-upstream-secret', ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: 'warn' } });

beforeAll(async () => {
  upstream = await startFakeUpstream();
  writeFileSync(path.join(dataDir, 'fairlead.yaml'), upstreamConfig(upstream.url));
  product = await start();
});
afterAll(async () => {
  await product?.stop();
  await upstream?.close();
});

it('after kill -9 under load the next start recovers: every answered call has its row and charge, every running one is interrupted, nothing stays held (A10)', async () => {
  const tenants = new Tenants(product);
  const org = await tenants.createOrg('prepaid', '5.00');
  const { key } = await tenants.api<{ key: string }>(org.management, 'POST', '/keys', { name: 'load' });
  const call = (model: string) =>
    fetch(`${product.apiBaseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: hello, max_tokens: 20 }),
    });

  const answered: string[] = [];
  let stop = false;
  const loops = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const response = await call('std').catch(() => null);
      if (!response?.ok) continue;
      await response.text();
      answered.push(response.headers.get('x-request-id') ?? '');
    }
  });
  upstream.script('tiny', { silent: true });
  const hanging = Array.from({ length: 20 }, () => call('tiny').catch(() => null));
  await expect.poll(() => upstream.requests.filter(({ model }) => model === 'tiny').length, { timeout: 10_000 }).toBe(20);
  await expect.poll(() => answered.length, { timeout: 10_000 }).toBeGreaterThan(50);
  // A call is on record once it has run for a moment.
  const running = () => tenants.api<{ data: unknown[] }>(org.management, 'GET', '/requests?status=running&limit=100');
  await expect.poll(async () => (await running()).data.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(20);
  await product.kill();
  stop = true;
  await Promise.all([...loops, ...hanging]);

  product = await start();
  const again = new Tenants(product);
  const balance = await again.api<{ available_usd: string; held_usd: string; spent_usd: string }>(org.management, 'GET', '/balance');
  expect(balance.held_usd).toBe('0.000000');

  const interrupted = await again.api<{ data: { id: string; cost_usd: string }[] }>(org.management, 'GET', '/requests?status=interrupted&limit=100');
  expect(interrupted.data.length).toBeGreaterThanOrEqual(20);
  for (const row of interrupted.data) expect(row.cost_usd).toBe('0.000000');

  for (const id of answered) expect(await again.api(org.management, 'GET', `/requests/${id}`)).toMatchObject({ status: 'completed', cost_usd: '0.000180' });
  const spent = Number(balance.spent_usd) / 0.00018;
  expect(Math.round(spent)).toBeGreaterThanOrEqual(answered.length);
  expect(Math.round(spent)).toBeLessThanOrEqual(answered.length + 8);
  expect((await fetch(`${product.apiBaseUrl}/models`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
});
