import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { listOperatorBudgets } from '@/lib/services/operator/budgets/list-operator-budgets';
import { removeOperatorBudget } from '@/lib/services/operator/budgets/remove-operator-budget';
import { saveOperatorBudget } from '@/lib/services/operator/budgets/save-operator-budget';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
const database = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;

const config = (url: string) => `apiVersion: fairlead/v1
providers:
  - { id: first, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: a, secret: "\${env:A}" }, { name: b, secret: "\${env:B}", priority: 2 }] }
  - { id: second, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: c, secret: "\${env:C}" }] }
models:
  - { id: dear, provider: first, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }
  - { id: other, provider: second, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }
aliases:
  - { name: both, targets: [{ model: dear }, { model: other }] }
`;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
  const secrets = { A: 'sk-secret-aaaa', B: 'sk-secret-bbbb', C: 'sk-secret-cccc' } as Record<string, string>;
  await applyConfig({ ctx, input: { text: config(upstream.url) }, surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets((name) => secrets[name]) } });
  // The provider's price doubles for tenants: what an operator's budget counts is not what they pay.
  tenant = await createTenant({ plan: { prepaid: false, markupPercent: '100' } });
  gateway = await startTestGateway();
  return async () => {
    await gateway.close();
    await upstream.close();
  };
});
beforeEach(async () => {
  upstream.reset();
  for (const { id } of await listOperatorBudgets({ ctx })) await removeOperatorBudget({ ctx, input: { id } });
});

const call = (model: string, more: object = {}) =>
  fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'tencharsxx' }], max_tokens: 20, ...more }),
  });
/** Sets a budget and waits until the gateway knows of it. */
async function set(input: Parameters<typeof saveOperatorBudget>[0]['input']) {
  const budget = await saveOperatorBudget({ ctx, input });
  await expect.poll(() => gateway.deps.policy.current().operatorBudgets?.some(({ id, limit }) => id === budget.id && limit === BigInt(Math.round(Number(budget.limitUsd) * 1e9))), { timeout: 3_000 }).toBe(true);
  return budget;
}
const leftOutOf = async (answer: Response) =>
  (await database.query<{ left: { model: string; reason: string }[] | null }>('SELECT candidates_left_out AS left FROM logs.request WHERE id = $1', [answer.headers.get('x-request-id')]))[0]?.left;

describe('a budget of the operator', () => {
  it('counts what providers charge, not what tenants pay', async () => {
    const budget = await set({ scopeType: 'platform', limitUsd: '1', period: 'month' });
    const answer = await call('dear');
    expect(answer.headers.get('x-fairlead-cost-usd')).toBe('0.000360');
    await expect.poll(async () => (await listOperatorBudgets({ ctx }))[0]?.spentUsd, { timeout: 2_000 }).toBe('0.000180');
    expect((await listOperatorBudgets({ ctx }))[0]).toMatchObject({ id: budget.id, heldUsd: '0.000000', state: 'ok' });
  });

  it('of the whole platform refuses, and names itself', async () => {
    await set({ scopeType: 'platform', limitUsd: '0.000360', period: 'day' });
    expect((await call('dear')).status).toBe(200);
    expect((await call('other')).status).toBe(429);
    const refused = await call('both');
    expect(await refused.json()).toMatchObject({ error: { code: 'insufficient_quota', scope: 'platform', message: expect.stringContaining("day's budget of this installation") } });
    expect(refused.headers.get('retry-after')).toBeNull();
  });

  it('of a provider leaves its targets out: an alias falls back, a model of its own is refused', async () => {
    await set({ scopeType: 'provider', scopeId: 'first', limitUsd: '0.000360', period: 'month' });
    expect((await call('both')).headers.get('x-fairlead-model')).toBe('dear');
    const second = await call('both');
    expect(second.headers.get('x-fairlead-model')).toBe('other');
    expect(await leftOutOf(second)).toEqual([{ model: 'dear', reason: 'provider_budget' }]);
    expect(await (await call('dear')).json()).toMatchObject({ error: { code: 'insufficient_quota', scope: 'provider', message: expect.stringContaining('the provider first') } });
    expect((await call('other')).status, 'other providers are not counted').toBe(200);
  });

  it('of a credential passes it over for another one of its provider, and only then for another target', async () => {
    await set({ scopeType: 'credential', scopeId: 'first/a', limitUsd: '0.000360', period: 'month' });
    const used = async () => (await call('both'), upstream.requests.at(-1)?.headers.authorization);
    expect(await used()).toBe('Bearer sk-secret-aaaa');
    expect(await used()).toBe('Bearer sk-secret-bbbb');
    await set({ scopeType: 'credential', scopeId: 'first/b', limitUsd: '0', period: 'month' });
    expect(await used()).toBe('Bearer sk-secret-cccc');
    expect(await (await call('dear')).json()).toMatchObject({ error: { scope: 'credential' } });
  });

  it('of a plan is each organization’s own, in what it pays', async () => {
    await set({ scopeType: 'plan', scopeId: tenant.planId, limitUsd: '0.000400', period: 'total' });
    expect((await call('dear')).status).toBe(200);
    expect(await (await call('dear')).json()).toMatchObject({ error: { scope: 'plan' } });
  });

  it('that only warns refuses nothing and is counted; a raised limit is in force within a second', async () => {
    const budget = await set({ scopeType: 'platform', limitUsd: '0.000100', period: 'week', action: 'warn' });
    expect((await call('dear')).status).toBe(200);
    await expect.poll(async () => (await listOperatorBudgets({ ctx }))[0], { timeout: 2_000 }).toMatchObject({ spentUsd: '0.000180', state: 'reached' });
    const terms = { scopeType: 'platform', period: 'week', id: budget.id } as const;
    await set({ ...terms, limitUsd: '0.000200', warnPercents: [80] });
    expect((await call('dear')).status).toBe(429);
    await set({ ...terms, limitUsd: '0.010000' });
    expect((await call('dear')).status).toBe(200);
    expect((await listOperatorBudgets({ ctx }))[0]).toMatchObject({ limitUsd: '0.010000', state: 'ok' });
  });

  it('is refused on what is not there, and never counts demo calls', async () => {
    await expect(saveOperatorBudget({ ctx, input: { scopeType: 'provider', scopeId: 'nobody', limitUsd: '1', period: 'day' } })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'scopeId' } });
    await expect(saveOperatorBudget({ ctx, input: { scopeType: 'platform', limitUsd: '1', period: 'day', resetDay: 3 } })).rejects.toMatchObject({ extras: { param: 'resetDay' } });
    await set({ scopeType: 'platform', limitUsd: '0', period: 'day' });
    const rich = await createTenant({ credit: { demo: '1' } });
    const demo = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rich.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'hello' }] }),
    });
    expect(demo.status).toBe(200);
  });
});
