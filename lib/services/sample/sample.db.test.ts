import { beforeAll, describe, expect, it } from 'vitest';
import { formatUsd } from '@/lib/kernel/money';
import { readBalance } from '@/lib/ledger';
import type { Ctx } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization } from '@/lib/testing/log-rows';
import { generateSample, type LoadedKey } from './generate-sample';
import { loadSample } from './load-sample';
import { removeSample } from './remove-sample';
import { SAMPLE_KEYS } from './scenario';

const { query } = await createTestDatabase();
const ctx: Ctx = { actor: { type: 'system', label: 'test' }, orgId: 'org_sample', role: 'owner' };

beforeAll(async () => {
  await insertOrganization(query, { id: 'org_sample', timezone: 'Asia/Shanghai' });
});

async function loadAll(): Promise<void> {
  for (let state = await loadSample({ ctx }); state.days < state.of; ) state = await loadSample({ ctx });
}

const count = async (sql: string) => Number((await query<{ n: string }>(`SELECT (${sql})::text AS n`))[0]?.n);

describe('sample data', () => {
  it('is the same calls for the same moment', () => {
    const keys = new Map<string, LoadedKey>(SAMPLE_KEYS.map(({ name }, index) => [name, { id: `key_${index}`, last4: 'abcd' }]));
    const shape = () => generateSample({ orgId: 'org_a', nowMs: Date.UTC(2026, 10, 25, 12), keys }).map(({ rows }) => rows.map(({ id, ...row }) => row));
    expect(shape()).toEqual(shape());
  });

  it('is thirty days of at least 5,000 calls over six models, three keys and four features, with a spike, an outage that fallback carried and answers that cost nothing', async () => {
    await loadAll();
    const [facts] = await query<Record<string, string>>(`SELECT count(*)::text AS calls, count(DISTINCT model_id) FILTER (WHERE model_id <> '')::text AS models, count(DISTINCT key_id)::text AS keys,
      count(DISTINCT tags->>'feature')::text AS features, count(*) FILTER (WHERE fallback AND status = 'completed')::text AS rescued,
      count(*) FILTER (WHERE status = 'completed' AND cost_nano = 0)::text AS free, count(DISTINCT created_at::date)::text AS days FROM logs.request WHERE org_id = 'org_sample' AND sample`);
    expect(Number(facts?.calls)).toBeGreaterThanOrEqual(5_000);
    expect(facts).toMatchObject({ models: '6', keys: '3', features: '4', days: '30' });
    expect(Number(facts?.rescued)).toBeGreaterThan(20);
    expect(Number(facts?.free)).toBeGreaterThan(5);
    const days = await query<{ n: number }>(`SELECT count(*)::int AS n FROM logs.request WHERE org_id = 'org_sample' GROUP BY day ORDER BY n DESC`);
    expect(days[0]?.n).toBeGreaterThan(2 * (days[1]?.n ?? 0));
  });

  it('adds up to the same amount in the log, in the roll-ups and in the ledger, and touches no money but the demo fund', async () => {
    const log = await count(`SELECT sum(cost_nano) FROM logs.request WHERE org_id = 'org_sample'`);
    expect(log).toBeGreaterThan(0);
    expect(await count(`SELECT sum(cost_nano) FROM usage_rollup WHERE org_id = 'org_sample'`)).toBe(log);
    expect(await count(`SELECT sum(amount_nano) FROM ledger_entry WHERE org_id = 'org_sample' AND kind = 'charge' AND fund = 'demo'`)).toBe(log);
    expect(await count(`SELECT count(*) FROM ledger_entry WHERE org_id = 'org_sample' AND fund <> 'demo'`)).toBe(0);
    expect(await count(`SELECT sum(requests) FROM usage_rollup WHERE org_id = 'org_sample'`)).toBe(await count(`SELECT count(*) FROM logs.request WHERE org_id = 'org_sample'`));
    const balance = await withOrg('org_sample', (tx) => readBalance(tx, 'org_sample'));
    expect([formatUsd(balance.available), formatUsd(balance.spent)]).toEqual(['0.000000', '0.000000']);
  });

  it('has a budget near its limit', async () => {
    const [account] = await query<{ spent: string; limit: string }>(`SELECT spent_nano::text AS spent, limit_nano::text AS limit FROM account WHERE org_id = 'org_sample' AND scope_type = 'key'`);
    const full = Number(account?.spent) / Number(account?.limit);
    expect(full).toBeGreaterThan(0.9);
    expect(full).toBeLessThan(1);
  });

  it('loading it again changes nothing', async () => {
    const before = await count(`SELECT count(*) FROM logs.request WHERE org_id = 'org_sample'`);
    expect(await loadSample({ ctx })).toEqual({ days: 30, of: 30 });
    expect(await count(`SELECT count(*) FROM logs.request WHERE org_id = 'org_sample'`)).toBe(before);
  });

  it('goes away whole, and the ledger says so instead of forgetting', async () => {
    const before = await count(`SELECT count(*) FROM logs.request WHERE org_id = 'org_sample'`);
    expect(await removeSample({ ctx })).toEqual({ removed: before });
    for (const table of ['logs.request', 'logs.attempt', 'logs.body', 'usage_rollup', 'budget']) expect(await count(`SELECT count(*) FROM ${table} WHERE org_id = 'org_sample'`), table).toBe(0);
    expect(await query(`SELECT spent_nano::text AS spent, limit_nano::text AS limit FROM account WHERE org_id = 'org_sample'`)).toEqual([{ spent: '0', limit: '0' }]);
    const [sums] = await query<{ into: string; out: string }>(`SELECT sum(amount_nano) FILTER (WHERE credit_account LIKE '%/fund/demo')::text AS into, sum(amount_nano) FILTER (WHERE debit_account LIKE '%/fund/demo')::text AS out FROM ledger_entry WHERE org_id = 'org_sample'`);
    expect(sums?.into).toBe(sums?.out);
    expect(await removeSample({ ctx })).toEqual({ removed: 0 });
  });

  it('can be loaded again after that', async () => {
    expect(await loadSample({ ctx })).toEqual({ days: 3, of: 30 });
    await removeSample({ ctx });
  });

  it('is for those who may change the organization', async () => {
    await expect(loadSample({ ctx: { ...ctx, role: 'viewer' } })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
