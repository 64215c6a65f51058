import { beforeAll, expect, it } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { getOverview } from '@/lib/services/overview/overview';
import { readModelHealth } from '@/lib/services/models/model-health';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { createBudget } from './create-budget';
import { getBurn } from './get-burn';

const { query } = await createTestDatabase();
const ctx: Ctx = { actor: { type: 'system', label: 'test' }, orgId: 'org_mine', role: 'owner' };
const NOW = Date.now();
let keyId = '';

beforeAll(async () => {
  ({ keyId } = await insertOrganization(query, { id: 'org_mine' }));
  await query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First')`);
  const call = (minutesAgo: number, row: Record<string, unknown>, attempts?: Record<string, unknown>[]) =>
    insertRequest(query, { org: 'org_mine', atMs: NOW - minutesAgo * 60_000, row: { key_id: keyId, ...row }, attempts });
  await call(3, { cost_nano: 2_000_000_000 }, [{ ttft_ms: 100, duration_ms: 400 }]);
  await call(2, { cost_nano: 1_000_000_000 }, [{ outcome: 'server' }, { ttft_ms: 300, duration_ms: 500 }]);
  for (let failed = 0; failed < 20; failed++) await call(1, { status: 'failed', http_status: 502 });
  await call(1, { model_id: 'other', cost_nano: 500_000_000 }, [{ outcome: 'bad_request' }]);
});

it('a burn-down adds up to what was spent in the window, of the scope alone', async () => {
  const all = await createBudget({ ctx, input: { scopeType: 'organization', limitUsd: '100', period: 'total' } });
  const burn = await getBurn({ ctx, input: { id: all.id } });
  expect(burn.points[0]?.spent_usd).toBe('0.000000');
  const { points } = await getBurn({ ctx, input: { id: (await createBudget({ ctx, input: { scopeType: 'key', scopeId: keyId, limitUsd: '100', period: 'month', resetDay: new Date(NOW - 3_600_000).getUTCDate() } })).id } });
  expect(points.at(-1)?.spent_usd).toBe('3.500000');
  expect(points.map(({ spent_usd }) => Number(spent_usd))).toEqual([...points.map(({ spent_usd }) => Number(spent_usd))].sort((a, b) => a - b));
  await expect(getBurn({ ctx: { ...ctx, orgId: 'org_other' }, input: { id: all.id } })).rejects.toMatchObject({ code: 'not_found' });
});

it('the overview names a budget that is used up and a key whose calls fail', async () => {
  await createBudget({ ctx, input: { scopeType: 'organization', limitUsd: '0', period: 'day' } });
  const { attention, burn } = await getOverview({ ctx });
  expect(attention[0]).toMatchObject({ kind: 'budget', state: 'blocked' });
  expect(attention).toContainEqual({ kind: 'key_failing', id: keyId, name: 'Production', failed: 20, requests: 23 });
  expect(burn?.budget.limitUsd).toBe('0.000000');
});

it('a model is measured by its attempts, and not by calls that were wrong themselves', async () => {
  const health = await readModelHealth();
  expect(health.get('std')).toMatchObject({ attempts: 3, ttft_p50_ms: 200 });
  expect(health.get('std')?.uptime).toBeCloseTo(2 / 3);
  expect(health.get('other')).toBeUndefined();
});
