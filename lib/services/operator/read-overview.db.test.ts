import { beforeAll, expect, it } from 'vitest';
import type { OperatorCtx } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { readOverview } from './read-overview';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
const now = Date.now();

beforeAll(async () => {
  await query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First'), ('demo', 'demo', 'Demo')`);
  for (const id of ['org_a', 'org_b', 'org_idle']) await insertOrganization(query, { id });
  const row = { cost_nano: 3_000_000_000, provider_cost_nano: 1_000_000_000, gateway_ms: 2, duration_ms: 402 };
  await insertRequest(query, { org: 'org_a', atMs: now - 1_000, row, attempts: [{ outcome: 'server' }, { outcome: 'completed' }] });
  await insertRequest(query, { org: 'org_b', atMs: now - 2_000, row: { ...row, gateway_ms: 4, duration_ms: 1_004 }, attempts: [{ outcome: 'cancelled' }] });
  await insertRequest(query, { org: 'org_b', atMs: now - 3_000, row: { status: 'failed', cost_nano: 0, provider_cost_nano: 500_000_000, gateway_ms: null } });
  await insertRequest(query, { org: 'org_b', atMs: now - 4_000, row: { ...row, provider_id: 'demo', model_id: 'demo/echo', gateway_ms: 4 } });
});

it('revenue less provider cost is the margin, over every tenant, without demo money', async () => {
  const { month, daily, organizations } = await readOverview({ ctx });
  expect(month).toEqual({ revenue_usd: '6.000000', cost_usd: '2.500000', margin_usd: '3.500000', requests: 3, errors: 1 });
  expect(daily.reduce((sum, day) => sum + Number(day.margin_usd), 0)).toBeCloseTo(3.5);
  expect(organizations).toEqual({ all: 3, active: 2 });
});

it('the gateway’s own time is told apart from the time of the provider', async () => {
  const { latency, traffic } = await readOverview({ ctx });
  expect(traffic.hours).toHaveLength(24);
  expect(traffic.perMinute.reduce((sum, value) => sum + value * 60, 0)).toBeCloseTo(4);
  expect(traffic.gatewayP99.filter((value) => value !== null).at(-1)).toBeLessThanOrEqual(4);
  expect(traffic.gatewayP50[0]).toBeNull();
  expect(latency?.calls).toBe(3);
  expect(latency?.gateway.p50).toBe(4);
  expect(latency?.upstream.p99).toBeGreaterThan(900);
});

it('what needs attention is named: a model without a price, a provider without a key, a model that retires', async () => {
  await query(`INSERT INTO model (id, provider_id, upstream_model, retires_at) VALUES ('old', 'u1', 'old', now() + interval '3 days')`);
  await query(`INSERT INTO credential (id, provider_id, name) VALUES ('cred_1', 'u1', 'main')`);
  const { attention } = await readOverview({ ctx });
  expect(attention).toEqual([
    { kind: 'unpriced', count: 1, names: ['old'] },
    { kind: 'retiring_models', names: ['old'] },
    { kind: 'no_credential', providers: ['u1'] },
  ]);
});

it('an hour of a provider counts attempts that failed, and not those a client broke off', async () => {
  const { providers } = await readOverview({ ctx });
  const first = providers.find(({ id }) => id === 'u1');
  expect(first?.hours).toHaveLength(24);
  expect(first?.hours.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(3);
  expect(first?.hours.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
});
