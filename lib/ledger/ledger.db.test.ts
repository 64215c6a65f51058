import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { asSystem, createGatewayPool, type GatewayPool, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { budgetWindow, fundAccount } from './accounts';
import { grantCredit } from './grant-credit';
import { readBalance } from './read-balance';
import { sweepDeadProcesses } from './sweep';
import type { CloseCall, HoldRequest, OpenCall, RequestRow } from './types';
import { createLedgerWriter, type LedgerWriter } from './writer';

const database = await createTestDatabase();
let pool: GatewayPool;
let writer: LedgerWriter;

beforeAll(async () => {
  pool = createGatewayPool({ max: 6, onError: () => undefined });
  await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 1, current_date + 1)`);
  writer = createLedgerWriter({ pool, openPool: pool, clock: systemClock, onError: () => undefined });
  return () => pool.end();
});

function openCall(tenant: TestTenant, hold: HoldRequest | null, process = 'proc_test'): OpenCall {
  const id = newId('req');
  return { id, org: tenant.orgId, process, row: requestRow(tenant, id, process), writeRow: true, hold };
}

function requestRow(tenant: TestTenant, id: RequestRow['id'], process: string): RequestRow {
  const now = new Date().toISOString();
  return {
    class: 'd7', day: now.slice(0, 10), id, org_id: tenant.orgId, process_id: process, created_at: now, status: 'running', surface: 'chat', stream: false,
    key_id: tenant.keyId, key_last4: 'abcd', alias: '', requested_model: 'std', model_id: 'std', provider_id: 'u1', usage_suspect: false, cost_nano: '0',
    provider_cost_nano: '0', attempt_count: 0, fallback: false, simulated: false, sample: false,
  };
}

function closeOf(call: OpenCall, charge: bigint): CloseCall {
  return { id: call.id, org: call.org, entry: newId('ent'), charge: nano(charge), held: call.hold && { windows: call.hold.windows.map(({ id }) => id), funds: call.hold.funds }, extra: ZERO, row: { ...call.row, status: 'completed', http_status: 200, cost_nano: charge.toString() }, attempts: [], bodies: [], opened: call.writeRow };
}

const funded = (tenant: TestTenant, amount: bigint): HoldRequest => ({ windows: [], funds: [fundAccount(tenant.orgId, 'included'), fundAccount(tenant.orgId, 'paid')], ceilings: [nano(amount)] });
const balanceOf = (tenant: TestTenant) => withOrg(tenant.orgId, (tx) => readBalance(tx, tenant.orgId));

describe('a balance', () => {
  it('cannot be overspent by a burst: ten of a hundred parallel calls fit ten calls of money', async () => {
    const tenant = await createTenant({ credit: { paid: '0.001800' } });
    const calls = Array.from({ length: 100 }, () => openCall(tenant, funded(tenant, 180_000n)));
    const verdicts = await Promise.all(calls.map((call) => writer.open(call)));
    expect(verdicts.filter((verdict) => verdict.ok)).toHaveLength(10);
    await Promise.all(calls.filter((_, index) => verdicts[index]?.ok).map((call) => writer.close(closeOf(call, 180_000n))));
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: parseUsd('0.001800') });
  });

  it('tells money held by running calls from money that is gone', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000300' } });
    const first = openCall(tenant, funded(tenant, 200_000n));
    expect(await writer.open(first)).toMatchObject({ ok: true });
    expect(await writer.open(openCall(tenant, funded(tenant, 200_000n)))).toMatchObject({ ok: false, reason: 'held' });
    await writer.close(closeOf(first, 200_000n));
    expect(await writer.open(openCall(tenant, funded(tenant, 200_000n)))).toMatchObject({ ok: false, reason: 'empty' });
  });

  it('gives back what a call did not use', async () => {
    const tenant = await createTenant({ credit: { paid: '0.010000' } });
    const call = openCall(tenant, funded(tenant, 8_020_000n));
    await writer.open(call);
    expect(await balanceOf(tenant)).toMatchObject({ held: nano(8_020_000n), available: nano(1_980_000n) });
    await writer.close(closeOf(call, 180_000n));
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, available: parseUsd('0.009820') });
  });

  it('is drawn from the included fund first, then from the paid one, in one charge of two legs', async () => {
    const tenant = await createTenant({ credit: { included: '0.000100', paid: '1.000000' } });
    const call = openCall(tenant, funded(tenant, 180_000n));
    await writer.open(call);
    await writer.close(closeOf(call, 180_000n));
    const entries = await database.query(`SELECT fund, amount_nano::text AS amount, leg FROM ledger_entry WHERE source_type = 'request' AND source_id = $1 ORDER BY leg`, [call.id]);
    expect(entries).toEqual([
      { fund: 'included', amount: '100000', leg: 0 },
      { fund: 'paid', amount: '80000', leg: 1 },
    ]);
  });

  it('takes the first ceiling that fits', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000300' } });
    const hold = { ...funded(tenant, 0n), ceilings: [nano(900_000n), nano(250_000n)] };
    expect(await writer.open(openCall(tenant, hold))).toMatchObject({ ok: true, taken: 1 });
  });
});

describe('a budget window', () => {
  const window = (tenant: TestTenant, limit: string) =>
    budgetWindow({ orgId: tenant.orgId, scopeType: 'key', scopeId: tenant.keyId, period: 'month', limit: parseUsd(limit), timezone: 'Asia/Shanghai', nowMs: Date.now() });

  it('stops calls without a balance check too, and names itself', async () => {
    const tenant = await createTenant();
    const budget = window(tenant, '0.000300');
    const hold: HoldRequest = { windows: [budget], funds: null, ceilings: [nano(200_000n)] };
    const first = openCall(tenant, hold);
    expect(await writer.open(first)).toMatchObject({ ok: true });
    await writer.close(closeOf(first, 150_000n));
    expect(await writer.open(openCall(tenant, hold))).toEqual({ id: expect.any(String), ok: false, reason: 'empty', account: budget.id });
    const [entry] = await database.query(`SELECT fund, amount_nano::text AS amount FROM ledger_entry WHERE source_id = $1`, [first.id]);
    expect(entry).toEqual({ fund: 'postpaid', amount: '150000' });
  });

  it('of zero blocks a call that costs nothing', async () => {
    const tenant = await createTenant();
    expect(await writer.open(openCall(tenant, { windows: [window(tenant, '0')], funds: null, ceilings: [ZERO] }))).toMatchObject({ ok: false, reason: 'empty' });
  });
});

describe('a count beyond the hold', () => {
  const over = async (credit: string, extra: bigint) => {
    const tenant = await createTenant({ credit: { included: credit, paid: '0.000100' } });
    const call = openCall(tenant, funded(tenant, 100_000n));
    await writer.open(call);
    const close = { ...closeOf(call, 100_000n), extra: nano(extra) };
    close.row.cost_nano = (100_000n + extra).toString();
    return { tenant, call, taken: await writer.close(close) };
  };

  it('is charged where the funds have room', async () => {
    const { tenant, taken } = await over('0.000150', 120_000n);
    expect(taken).toBe(nano(120_000n));
    expect(await balanceOf(tenant)).toMatchObject({ available: nano(30_000n), held: ZERO, spent: nano(220_000n) });
  });

  it('never makes a balance negative, and the row shows what was charged', async () => {
    const { tenant, call, taken } = await over('0.000150', 900_000n);
    expect(taken).toBe(nano(150_000n));
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: nano(250_000n) });
    const [row] = await database.query(`SELECT cost_nano::text AS cost FROM logs.request WHERE id = $1`, [call.id]);
    const [sum] = await database.query(`SELECT sum(cost_nano)::text AS cost FROM usage_rollup WHERE org_id = $1`, [tenant.orgId]);
    const [booked] = await database.query(`SELECT sum(amount_nano)::text AS cost FROM ledger_entry WHERE source_id = $1`, [call.id]);
    expect([row, sum, booked]).toEqual([{ cost: '250000' }, { cost: '250000' }, { cost: '250000' }]);
  });
});

describe('a hold that a crash of the database lost', () => {
  it('costs the call nothing but what there is room for, and its row is written whole', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000300' } });
    const call = openCall(tenant, funded(tenant, 180_000n));
    await writer.open(call);
    await database.query(`DELETE FROM hold WHERE request_id = $1`, [call.id]);
    await database.query(`DELETE FROM logs.request WHERE id = $1`, [call.id]);
    await database.query(`UPDATE account SET held_nano = 0 WHERE org_id = $1`, [tenant.orgId]);
    expect(await writer.close(closeOf(call, 180_000n))).toBe(nano(180_000n));
    expect(await balanceOf(tenant)).toMatchObject({ available: parseUsd('0.000120'), held: ZERO, spent: parseUsd('0.000180') });
    const rows = await database.query(`SELECT status, cost_nano::text AS cost FROM logs.request WHERE id = $1`, [call.id]);
    expect(rows).toEqual([{ status: 'completed', cost: '180000' }]);
  });
});

describe('a settlement', () => {
  it('happens once however often its batch arrives', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const call = openCall(tenant, funded(tenant, 500_000n));
    await writer.open(call);
    const close = closeOf(call, 180_000n);
    await Promise.all(Array.from({ length: 5 }, () => writer.close(close)));
    await writer.close({ ...close, entry: newId('ent') });
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: parseUsd('0.000180') });
    const [sum] = await database.query(`SELECT sum(requests)::int AS requests, sum(cost_nano)::text AS cost FROM usage_rollup WHERE org_id = $1`, [tenant.orgId]);
    expect(sum).toEqual({ requests: 1, cost: '180000' });
  });

  it('that comes after the sweep is a write-off and touches no account', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const call = openCall(tenant, funded(tenant, 500_000n), 'proc_dead');
    await writer.open(call);
    expect(await sweepDeadProcesses(pool, 'proc_test', true)).toBe(1);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO });
    await writer.close(closeOf(call, 180_000n));
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO });
    const entries = await database.query(`SELECT kind, fund, amount_nano::text AS amount FROM ledger_entry WHERE source_id = $1`, [call.id]);
    expect(entries).toEqual([{ kind: 'write_off', fund: 'operator', amount: '180000' }]);
    const [row] = await database.query(`SELECT status FROM logs.request WHERE id = $1`, [call.id]);
    expect(row).toEqual({ status: 'interrupted' });
  });

  it('leaves a row for a call whose process died before it wrote one', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const call = { ...openCall(tenant, funded(tenant, 500_000n), 'proc_gone'), writeRow: false };
    await writer.open(call);
    expect(await database.query(`SELECT 1 FROM logs.request WHERE id = $1`, [call.id])).toEqual([]);
    await sweepDeadProcesses(pool, 'proc_test', true);
    const rows = await database.query(`SELECT status, cost_nano::text AS cost FROM logs.request WHERE id = $1`, [call.id]);
    expect(rows).toEqual([{ status: 'interrupted', cost: '0' }]);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO });
  });

  it('of many organizations at once from two writers neither deadlocks nor loses a nano-dollar', async () => {
    const tenants = await Promise.all(Array.from({ length: 3 }, () => createTenant({ credit: { included: '0.5', paid: '5' } })));
    const second = createLedgerWriter({ pool, openPool: pool, clock: systemClock, onError: (error) => expect.unreachable(String(error)) });
    const run = async (index: number) => {
      const tenant = tenants[index % 3] as TestTenant;
      const by = index % 2 === 0 ? writer : second;
      const call = openCall(tenant, funded(tenant, 2_000_000n));
      const verdict = await by.open(call);
      if (verdict.ok) await by.close(closeOf(call, 1_000_007n));
    };
    await Promise.all(Array.from({ length: 900 }, (_, index) => run(index)));
    for (const tenant of tenants) {
      const balance = await balanceOf(tenant);
      const [sum] = await database.query<{ total: string }>(`SELECT coalesce(sum(amount_nano), 0)::text AS total FROM ledger_entry WHERE org_id = $1 AND kind = 'charge'`, [tenant.orgId]);
      expect(balance.held).toBe(ZERO);
      expect(balance.spent.toString()).toBe(sum?.total);
      expect(balance.spent).toBe(nano(300n * 1_000_007n));
    }
  });
});

describe('a grant', () => {
  it('is booked once per source, in parallel too', async () => {
    const tenant = await createTenant();
    const grant = () =>
      asSystem((tx) => grantCredit(tx, { orgId: tenant.orgId, fund: 'paid', amount: parseUsd('10'), kind: 'topup', sourceType: 'stripe_payment', sourceId: `pi_${tenant.orgId}` }));
    const results = await Promise.all(Array.from({ length: 8 }, grant));
    expect(results.filter(({ granted }) => granted)).toHaveLength(1);
    expect(await balanceOf(tenant)).toMatchObject({ available: parseUsd('10') });
  });
});

describe('the ledger', () => {
  it('is append-only for everybody, the owner included', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    await expect(database.query(`UPDATE ledger_entry SET amount_nano = 1 WHERE org_id = $1`, [tenant.orgId])).rejects.toThrow(/append-only/);
    await expect(database.query(`DELETE FROM ledger_entry WHERE org_id = $1`, [tenant.orgId])).rejects.toThrow(/append-only/);
    await expect(asSystem((tx) => tx.ledgerEntry.deleteMany({ where: { orgId: tenant.orgId } }))).rejects.toThrow(/permission denied/);
    await expect(pool.query(`UPDATE ledger_entry SET amount_nano = 1`)).rejects.toThrow(/permission denied/);
  });

  it('shows one organization nothing of another', async () => {
    const [a, b] = await Promise.all([createTenant({ credit: { paid: '1' } }), createTenant({ credit: { paid: '2' } })]);
    const seen = await withOrg(a.orgId, (tx) => tx.ledgerEntry.findMany());
    expect(seen.map(({ orgId }) => orgId)).toEqual([a.orgId]);
    expect(await withOrg(a.orgId, (tx) => tx.apiKey.count({ where: { orgId: b.orgId } }))).toBe(0);
    await expect(withOrg(a.orgId, (tx) => tx.organization.update({ where: { id: b.orgId }, data: { name: 'taken' } }))).rejects.toThrow();
  });
});
