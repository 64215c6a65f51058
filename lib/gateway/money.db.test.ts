import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { windowBounds } from '@/lib/ledger';
import { createBudget } from '@/lib/services/budgets/create-budget';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { Ctx } from '@/lib/services/context';
import { addPriceCard } from '@/lib/services/management/add-price-card';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
const database = await createTestDatabase();
const operator = { actor: { type: 'system', label: 'test' }, operator: true } as const;
let upstream: FakeUpstream;
let gateway: TestGateway;

const config = (url: string) => `apiVersion: fairlead/v1
providers:
  - { id: u1, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: a, secret: "\${env:A}" }] }
models:
  - { id: std, provider: u1, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }
  - { id: small, provider: u1, maxOutputTokens: 4096, prices: { input: "0.20", output: "0.80" } }
aliases:
  - { name: cheaper, targets: [{ model: small }] }
`;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
  await applyConfig({ ctx: operator, input: { text: config(upstream.url) }, surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets(() => 'sk-secret-aaaa') } });
  gateway = await startTestGateway();
  return async () => {
    await gateway.close();
    await upstream.close();
  };
});
beforeEach(() => upstream.reset());

const call = (tenant: TestTenant, model = 'std') =>
  fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'tencharsxx' }], max_tokens: 20 }),
  });
const ownerOf = ({ orgId }: TestTenant): Ctx => ({ actor: { type: 'system', label: 'test' }, orgId, role: 'owner' });
const accountOf = (budgetId: string) => database.query<{ start: Date; spent: string }>('SELECT window_start AS start, spent_nano::text AS spent FROM account WHERE id LIKE $1', [`%/budget/${budgetId}/%`]);

it('a call that runs while the price changes is charged by the card of its admission (A15)', async () => {
  const tenant = await createTenant({ credit: { paid: '1' } });
  upstream.script('std', { delayMs: 1_500 });
  const running = call(tenant);
  await expect.poll(() => upstream.requests.length, { timeout: 3_000 }).toBe(1);
  const { id: newer } = await addPriceCard({ ctx: operator, input: { model: 'std', prices: { input: '20.00', output: '80.00' } } });
  await expect.poll(() => gateway.deps.policy.current().models.get('std')?.cards[0]?.card.id, { timeout: 1_400 }).toBe(newer);
  const before = await running;
  const after = await call(tenant);
  expect([before.headers.get('x-fairlead-cost-usd'), after.headers.get('x-fairlead-cost-usd')]).toEqual(['0.000180', '0.001800']);
  const rows = await database.query<{ card: string; cost: string; lines: { tokens: number; rate_nano: string }[] }>('SELECT price_card_id AS card, cost_nano::text AS cost, cost_lines AS lines FROM logs.request WHERE org_id = $1 ORDER BY id', [tenant.orgId]);
  expect(rows[0]?.card).not.toBe(newer);
  expect(rows[1]?.card).toBe(newer);
  for (const { cost, lines } of rows) expect(lines.reduce((sum, { tokens, rate_nano }) => sum + BigInt(tokens) * BigInt(rate_nano), 0n) / 1_000_000n).toBe(BigInt(cost));
});

describe('a budget', () => {
  it('that switches is answered by the cheaper alias at its limit, and goes on counting', async () => {
    const tenant = await createTenant({ plan: { prepaid: false } });
    const budget = await createBudget({ ctx: ownerOf(tenant), input: { scopeType: 'organization', limitUsd: '0.002000', period: 'total', action: 'switch', switchTo: 'cheaper' } });
    const models: (string | null)[] = [];
    await expect.poll(async () => (models.push((await call(tenant)).headers.get('x-fairlead-model')), models.at(-1)), { timeout: 5_000, interval: 50 }).toBe('small');
    expect(models).toContain('std');
    const [{ spent = '0' } = {}] = await accountOf(budget.id);
    expect((await call(tenant)).headers.get('x-fairlead-model')).toBe('small');
    expect(BigInt((await accountOf(budget.id))[0]?.spent ?? 0) - BigInt(spent)).toBe(18_000n);
  });

  it('begins anew on its reset day, at midnight of the organization’s own zone (I08)', async () => {
    const tenant = await createTenant({ plan: { prepaid: false }, timezone: 'Asia/Kolkata' });
    const budget = await createBudget({ ctx: ownerOf(tenant), input: { scopeType: 'organization', limitUsd: '1', period: 'week', resetDay: 3 } });
    await expect.poll(async () => (await call(tenant), (await accountOf(budget.id)).length), { timeout: 5_000 }).toBe(1);
    const [account] = await accountOf(budget.id);
    expect(account?.start.toISOString()).toBe(windowBounds('week', 'Asia/Kolkata', Date.now(), 3).start);
    expect(account?.start.toISOString()).toMatch(/T18:30:00/);
  });

  it('that is spent is whole again when its window ends, and not before (I08)', async () => {
    const tenant = await createTenant({ plan: { prepaid: false } });
    const budget = await createBudget({ ctx: ownerOf(tenant), input: { scopeType: 'organization', limitUsd: '0.001900', period: 'day' } });
    await expect.poll(async () => (await call(tenant)).status, { timeout: 5_000, interval: 50 }).toBe(429);
    const { clock } = gateway.deps;
    const now = vi.spyOn(clock, 'now');
    const { end } = windowBounds('day', 'UTC', Date.now());
    try {
      now.mockImplementation(() => Date.parse(end as string) - 1);
      expect((await call(tenant)).status, 'a millisecond before midnight').toBe(429);
      now.mockImplementation(() => Date.parse(end as string));
      expect((await call(tenant)).status, 'at midnight').toBe(200);
    } finally {
      now.mockRestore();
    }
    expect(await accountOf(budget.id)).toHaveLength(2);
  });
});
