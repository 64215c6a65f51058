import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { applyConfig } from './apply-config';
import { type ConfigSurroundings, configSurroundings } from './surroundings';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
await createTestDatabase();

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;
let surroundings: ConfigSurroundings;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  upstream = await startFakeUpstream();
  tenant = await createTenant({ credit: { paid: '10', demo: '5' } });
  gateway = await startTestGateway();
  surroundings = { ...configSurroundings('local'), secrets: { variable: () => 'sk-upstream-secret-7777', file: () => Promise.reject(new Error('none')) } };
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
  vi.unstubAllEnvs();
});

const config = (target: string, input = '2.00'): string => `
apiVersion: fairlead/v1
providers:
  - { id: u1, adapter: openai-compatible, baseUrl: "${upstream.url}/v1", credentials: [{ name: main, secret: "\${env:U1}" }] }
models:
  - { id: std, provider: u1, upstreamModel: first-upstream, prices: { input: "${input}", output: "8.00" } }
  - { id: alt, provider: u1, upstreamModel: second-upstream, prices: { input: "1.00", output: "1.00" } }
aliases:
  - { name: my-alias, targets: [{ model: ${target} }] }
`;

async function ask(model: string): Promise<{ status: number; headers: Headers; json: { model?: string } }> {
  const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
  return { status: response.status, headers: response.headers, json: (await response.json()) as { model?: string } };
}

it('an applied file is in force within a second, without a restart, and a changed target takes the next call elsewhere', async () => {
  expect((await ask('my-alias')).status).toBe(404);
  await applyConfig({ ctx, input: { text: config('std') }, surroundings });
  await sleep(1_000);
  const first = await ask('my-alias');
  expect([first.status, first.json.model, first.headers.get('x-fairlead-alias')]).toEqual([200, 'std', 'my-alias']);
  expect(upstream.requests.at(-1)).toMatchObject({ model: 'first-upstream', headers: { authorization: 'Bearer sk-upstream-secret-7777' } });

  await applyConfig({ ctx, input: { text: config('alt') }, surroundings });
  await sleep(1_000);
  expect((await ask('my-alias')).json.model).toBe('alt');
  expect(upstream.requests.at(-1)?.model).toBe('second-upstream');
  expect((await ask('demo/echo')).status).toBe(200);
}, 30_000);

it('a call is charged by the price card in force when it was made', async () => {
  await applyConfig({ ctx, input: { text: config('std', '4.00') }, surroundings });
  await sleep(1_000);
  const cards = await asSystem((tx) => tx.priceCard.findMany({ where: { modelId: 'std' }, orderBy: { effectiveFrom: 'asc' } }));
  expect(cards.map(({ rates }) => (rates as { input: string }).input)).toEqual(['2.00', '4.00']);
  const answer = await ask('my-alias');
  const id = answer.headers.get('x-request-id');
  await vi.waitFor(async () => {
    const [row] = await asSystem((tx) => tx.$queryRaw<{ price_card_id: string }[]>`SELECT price_card_id FROM logs.request WHERE id = ${id}`);
    expect(row?.price_card_id).toBe(cards[1]?.id);
  });
}, 30_000);
