import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { type Money, nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { asSystem, createGatewayPool, type GatewayPool, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { budgetWindow } from './accounts';
import { changeBudgetLimit } from './change-limit';
import { clawBackCredit, grantCredit } from './grant-credit';
import { Journal } from './journal';
import { type Ledger, startLedger } from './ledger';
import { readBalance } from './read-balance';
import { recoverDead, recoverPredecessors } from './recover';
import type { Hold } from './slice-book';
import type { CloseCall, HoldRequest, HoldVerdict, RequestRow } from './types';

const database = await createTestDatabase();
let pool: GatewayPool;
let ledger: Ledger;
/** A second process on the same database, as far as the ledger can tell. */
let other: Ledger;

const start = (journalFolder: string | null = null) =>
  startLedger({ pool, clock: systemClock, identity: { role: 'gateway', host: 'test', pid: process.pid }, journalFolder, alone: false, onSwept: () => undefined, onError: () => undefined });

beforeAll(async () => {
  pool = createGatewayPool({ max: 10, onError: () => undefined });
  await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 1, current_date + 1)`);
  [ledger, other] = await Promise.all([start(), start()]);
  return async () => {
    await Promise.allSettled([ledger.stop(), other.stop()]);
    await pool.end();
  };
});

interface Call {
  id: RequestRow['id'];
  tenant: TestTenant;
  by: Ledger;
  admittedBy: string;
  verdict: HoldVerdict;
}

async function admit(tenant: TestTenant, request: HoldRequest, by = ledger): Promise<Call> {
  return { id: newId('req'), tenant, by, admittedBy: by.processId, verdict: await by.hold(request) };
}

function requestRow({ id, tenant, admittedBy }: Call): RequestRow {
  const now = new Date().toISOString();
  return {
    class: 'd7', day: now.slice(0, 10), id, org_id: tenant.orgId, process_id: admittedBy, created_at: now, status: 'running', surface: 'chat', stream: false,
    key_id: tenant.keyId, key_last4: 'abcd', alias: '', requested_model: 'std', model_id: 'std', provider_id: 'u1', usage_suspect: false, cost_nano: '0',
    provider_cost_nano: '0', attempt_count: 0, fallback: false, simulated: false, sample: false,
  };
}

const holdOf = ({ verdict }: Call): Hold | null => (verdict.ok ? verdict.hold : null);

function closing(call: Call, charge: bigint): CloseCall {
  const row: RequestRow = { ...requestRow(call), status: 'completed', http_status: 200, error_message: 'a "quoted\\ text", with (all) that {could} break' };
  return { id: call.id, org: call.tenant.orgId, charge: nano(charge), hold: holdOf(call), admittedBy: call.admittedBy, answeredBy: ['std'], row, opened: true, attempts: [], bodies: [] };
}

const close = (call: Call, charge: bigint): Promise<Money> => call.by.close(closing(call, charge));
const funded = (tenant: TestTenant, ...amounts: bigint[]): HoldRequest => ({ org: tenant.orgId, windows: [], tallies: [], funds: ['included', 'paid'], ceilings: amounts.map(nano) });
const balanceOf = (tenant: TestTenant) => withOrg(tenant.orgId, (tx) => readBalance(tx, tenant.orgId));
const leasedOf = async (tenant: TestTenant) => (await database.query<{ sum: string }>(`SELECT coalesce(sum(leased_nano), 0)::text AS sum FROM account WHERE org_id = $1`, [tenant.orgId]))[0]?.sum;

describe.each([['one process', () => [ledger]], ['two processes', () => [ledger, other]]] as const)('a balance under %s', (_name, processes) => {
  const by = (index: number) => processes()[index % processes().length] as Ledger;

  it('cannot be overspent by a burst: of a hundred parallel calls at most ten fit ten calls of money (A01)', async () => {
    for (let round = 0; round < 20; round++) {
      const tenant = await createTenant({ credit: { paid: '0.001800' } });
      const calls = await Promise.all(Array.from({ length: 100 }, (_, index) => admit(tenant, funded(tenant, 180_000n), by(index))));
      const admitted = calls.filter(({ verdict }) => verdict.ok);
      expect(admitted.length).toBeLessThanOrEqual(10);
      expect(admitted.length).toBeGreaterThan(0);
      await Promise.all(admitted.map((call) => close(call, 180_000n)));
      expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: nano(BigInt(admitted.length) * 180_000n) });
    }
  });

  it('is usable to its last nano-dollar, whoever leased it (A02)', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000900' } });
    for (let index = 0; index < 5; index++) {
      const call = await admit(tenant, funded(tenant, 180_000n), by(index));
      expect(call.verdict.ok).toBe(true);
      await close(call, 180_000n);
    }
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: nano(900_000n) });
    expect((await admit(tenant, funded(tenant, 180_000n), by(5))).verdict).toMatchObject({ ok: false, reason: 'empty', account: null });
  });

  it('tells money held by running calls from money that is gone (A05)', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000300' } });
    const first = await admit(tenant, funded(tenant, 200_000n), by(0));
    expect(first.verdict).toMatchObject({ ok: true });
    expect((await admit(tenant, funded(tenant, 200_000n), by(1))).verdict).toMatchObject({ ok: false, reason: 'held' });
    await close(first, 200_000n);
    expect((await admit(tenant, funded(tenant, 200_000n), by(1))).verdict).toMatchObject({ ok: false, reason: 'empty' });
  });

  it('of many organizations at once neither deadlocks nor loses a nano-dollar (I12)', async () => {
    const tenants = await Promise.all(Array.from({ length: 3 }, () => createTenant({ credit: { included: '0.5', paid: '5' } })));
    let served = 0;
    const run = async (index: number) => {
      const tenant = tenants[index % 3] as TestTenant;
      const call = await admit(tenant, funded(tenant, 2_000_000n), by(index));
      if (!call.verdict.ok) return;
      served += 1;
      await close(call, 1_000_007n);
    };
    for (let wave = 0; wave < 10; wave++) await Promise.all(Array.from({ length: 300 }, (_, index) => run(index)));
    let spent = 0n;
    for (const tenant of tenants) {
      const balance = await balanceOf(tenant);
      const [sum] = await database.query<{ total: string }>(`SELECT coalesce(sum(amount_nano), 0)::text AS total FROM ledger_entry WHERE org_id = $1 AND kind = 'charge'`, [tenant.orgId]);
      expect(balance.held).toBe(ZERO);
      expect(balance.spent.toString()).toBe(sum?.total);
      spent += balance.spent;
    }
    expect(spent).toBe(BigInt(served) * 1_000_007n);
    expect(served).toBeGreaterThan(2_500);
  });
});

describe('a hold', () => {
  it('is shown while its call runs, and what is leased but idle is shown as available (A03)', async () => {
    const tenant = await createTenant({ credit: { paid: '0.010000' } });
    const call = await admit(tenant, funded(tenant, 8_020_000n));
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000, interval: 20 }).toBe(nano(8_020_000n));
    expect((await balanceOf(tenant)).available).toBe(nano(1_980_000n));
    await close(call, 180_000n);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, available: parseUsd('0.009820'), spent: parseUsd('0.000180') });
  });

  it('is drawn from the included fund first, then from the paid one, in one charge of two legs', async () => {
    const tenant = await createTenant({ credit: { included: '0.000100', paid: '1.000000' } });
    const call = await admit(tenant, funded(tenant, 180_000n));
    await close(call, 180_000n);
    const entries = await database.query(`SELECT fund, amount_nano::text AS amount, balance_nano::text AS balance, leg FROM ledger_entry WHERE source_type = 'request' AND source_id = $1 ORDER BY leg`, [call.id]);
    expect(entries).toEqual([
      { fund: 'included', amount: '100000', balance: '0', leg: 0 },
      { fund: 'paid', amount: '80000', balance: '999920000', leg: 1 },
    ]);
    const [row] = await database.query(`SELECT fund, cost_nano::text AS cost, error_message FROM logs.request WHERE id = $1`, [call.id]);
    expect(row).toEqual({ fund: 'included', cost: '180000', error_message: 'a "quoted\\ text", with (all) that {could} break' });
  });

  it('takes the first ceiling that fits', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000300' } });
    expect((await admit(tenant, funded(tenant, 900_000n, 250_000n))).verdict).toMatchObject({ ok: true, hold: { taken: 1, amount: 250_000n } });
  });

  it('is admitted from memory while headroom is leased, with no question to the database', async () => {
    const tenant = await createTenant({ credit: { paid: '100' } });
    for (let index = 0; index < 50; index++) await close(await admit(tenant, funded(tenant, 180_000n)), 180_000n);
    const before = ledger.roundTrips();
    let promises = 0;
    for (let index = 0; index < 500; index++) {
      const verdict = ledger.hold(funded(tenant, 1_000n));
      if (verdict instanceof Promise) promises += 1;
      const settled = await verdict;
      if (settled.ok) await ledger.close(closing({ id: newId('req'), tenant, by: ledger, admittedBy: ledger.processId, verdict: settled }, 1_000n));
    }
    expect(promises).toBe(0);
    expect(ledger.roundTrips() - before).toBeLessThanOrEqual(2);
  });

  it('grows with its call, in all scopes or in none', async () => {
    const tenant = await createTenant({ credit: { paid: '0.001000' } });
    const call = await admit(tenant, funded(tenant, 400_000n));
    const hold = holdOf(call) as Hold;
    expect(await ledger.extend(hold, nano(500_000n))).toBe(true);
    expect(await ledger.extend(hold, nano(200_000n))).toBe(false);
    expect(hold.amount).toBe(900_000n);
    await close(call, 850_000n);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: nano(850_000n), available: nano(150_000n) });
  });
});

describe('a slice', () => {
  it('that another process does not use is called back for a call that needs it', async () => {
    const tenant = await createTenant({ credit: { paid: '0.001000' } });
    await close(await admit(tenant, funded(tenant, 100_000n), ledger), 100_000n);
    const call = await admit(tenant, funded(tenant, 900_000n), other);
    expect(call.verdict).toMatchObject({ ok: true });
    await close(call, 900_000n);
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, spent: nano(1_000_000n) });
  });

  it('is called back when its limit is lowered, and calls beyond the new limit are refused (A14)', async () => {
    const tenant = await createTenant();
    const request = { ...windowed(tenant, '0.010000', 100_000n) };
    await close(await admit(tenant, request), 100_000n);
    expect(await leasedOf(tenant)).not.toBe('0');
    await withOrg(tenant.orgId, (tx) => changeBudgetLimit(tx, tenant.orgId, { scopeType: 'key', scopeId: tenant.keyId }, nano(150_000n)));
    await expect.poll(() => leasedOf(tenant), { timeout: 2_000 }).toBe('0');
    expect((await admit(tenant, request)).verdict).toMatchObject({ ok: false, reason: 'empty', account: request.windows[0]?.id });
  });

  it('is called back by a clawback, which alone may make a balance negative; calls then stop (H08)', async () => {
    const tenant = await createTenant({ credit: { included: '0.000500', paid: '0.001000' } });
    await close(await admit(tenant, funded(tenant, 100_000n)), 100_000n);
    await asSystem((tx) => clawBackCredit(tx, { orgId: tenant.orgId, fund: 'paid', amount: parseUsd('0.002'), kind: 'refund', sourceType: 'refund', sourceId: tenant.orgId }));
    await expect.poll(() => leasedOf(tenant), { timeout: 2_000 }).toBe('0');
    expect((await admit(tenant, funded(tenant, 100_000n))).verdict).toMatchObject({ ok: false, reason: 'empty' });
    expect((await balanceOf(tenant)).available).toBe(nano(-600_000n));
  });
});

function windowed(tenant: TestTenant, limit: string, ceiling: bigint, model: string | null = null): HoldRequest {
  const scope = { scopeType: 'key', scopeId: tenant.keyId, period: 'month' } as const;
  const window = budgetWindow({ orgId: tenant.orgId, ...scope, limit: parseUsd(limit), timezone: 'Asia/Shanghai', nowMs: Date.now() });
  return { org: tenant.orgId, windows: [{ ...window, model }], tallies: [], funds: null, ceilings: [nano(ceiling)] };
}

describe('a budget window', () => {
  it('stops calls without a balance check too, and names itself', async () => {
    const tenant = await createTenant();
    const request = windowed(tenant, '0.000300', 200_000n);
    const first = await admit(tenant, request);
    await close(first, 150_000n);
    expect((await admit(tenant, request)).verdict).toEqual({ ok: false, reason: 'empty', account: request.windows[0]?.id });
    const [entry] = await database.query(`SELECT fund, amount_nano::text AS amount FROM ledger_entry WHERE source_id = $1`, [first.id]);
    expect(entry).toEqual({ fund: 'postpaid', amount: '150000' });
  });

  it('of zero blocks a call that costs nothing (A16)', async () => {
    const tenant = await createTenant();
    expect((await admit(tenant, windowed(tenant, '0', 0n))).verdict).toMatchObject({ ok: false, reason: 'empty' });
  });

  it('of a model is charged only when that model answers', async () => {
    const tenant = await createTenant();
    const request = windowed(tenant, '0.001', 200_000n, 'dear');
    await close(await admit(tenant, request), 150_000n);
    const [account] = await database.query(`SELECT spent_nano::text AS spent, held_nano::text AS held FROM account WHERE id = $1`, [request.windows[0]?.id]);
    expect(account).toEqual({ spent: '0', held: '0' });
  });

  it('that only counts refuses nothing and counts everything', async () => {
    const tenant = await createTenant();
    const { windows, ...request } = windowed(tenant, '0.000100', 0n);
    for (let index = 0; index < 3; index++) {
      const call = await admit(tenant, { ...request, windows: [], tallies: windows });
      expect(call.verdict.ok).toBe(true);
      await close(call, 90_000n);
    }
    const [account] = await database.query(`SELECT spent_nano::text AS spent FROM account WHERE id = $1`, [windows[0]?.id]);
    expect(account).toEqual({ spent: '270000' });
  });
});

describe('a count beyond the hold', () => {
  const over = async (credit: string, charge: bigint) => {
    const tenant = await createTenant({ credit: { included: credit, paid: '0.000100' } });
    const call = await admit(tenant, funded(tenant, 100_000n));
    return { tenant, call, taken: await close(call, charge) };
  };

  it('is charged where the funds have room', async () => {
    const { tenant, taken } = await over('0.000150', 220_000n);
    expect(taken).toBe(nano(220_000n));
    expect(await balanceOf(tenant)).toMatchObject({ available: nano(30_000n), held: ZERO, spent: nano(220_000n) });
  });

  it('never makes a balance negative, and the row shows what was charged (A12)', async () => {
    const { tenant, call, taken } = await over('0.000150', 1_000_000n);
    expect(taken).toBe(nano(250_000n));
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: nano(250_000n) });
    const [row] = await database.query(`SELECT cost_nano::text AS cost FROM logs.request WHERE id = $1`, [call.id]);
    const [sum] = await database.query(`SELECT sum(cost_nano)::text AS cost FROM usage_rollup WHERE org_id = $1`, [tenant.orgId]);
    const [booked] = await database.query(`SELECT sum(amount_nano)::text AS cost FROM ledger_entry WHERE source_id = $1`, [call.id]);
    expect([row, sum, booked]).toEqual([{ cost: '250000' }, { cost: '250000' }, { cost: '250000' }]);
  });
});

describe('a process that dies', () => {
  it('has its leases given back by the parent that saw it end, and a balance is whole again', async () => {
    const tenant = await createTenant({ credit: { paid: '0.000900' } });
    const dead = await start();
    const running = await admit(tenant, funded(tenant, 500_000n), dead);
    await dead.open(requestRow(running));
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(nano(500_000n));
    expect(await recoverDead(pool, mkdtempSync(path.join(os.tmpdir(), 'fairlead-journal-')), { owner: dead.processId, pid: 0 })).toBe(1);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, available: nano(900_000n) });
    expect((await admit(tenant, funded(tenant, 900_000n))).verdict.ok).toBe(true);
    await dead.stop();
  });

  it('leaves no lease and an interrupted row behind, and a settlement that comes later is a write-off (A10)', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const dead = await start();
    const running = await admit(tenant, funded(tenant, 500_000n), dead);
    await dead.open(requestRow(running));
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(nano(500_000n));
    const lost: boolean[] = [];
    dead.onLeasesLost(() => lost.push(true));
    await database.query('SELECT ledger.sweep($1::text[], true)', [[dead.processId]]);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO, available: parseUsd('1') });
    expect(await leasedOf(tenant)).toBe('0');
    await close(running, 180_000n);
    expect(lost).toEqual([true]);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: ZERO });
    const entries = await database.query(`SELECT kind, fund, amount_nano::text AS amount FROM ledger_entry WHERE source_id = $1`, [running.id]);
    expect(entries).toEqual([{ kind: 'write_off', fund: 'operator', amount: '180000' }]);
    const rows = await database.query(`SELECT status, cost_nano::text AS cost FROM logs.request WHERE id = $1`, [running.id]);
    expect(rows).toEqual([{ status: 'interrupted', cost: '0' }]);
    const again = await admit(tenant, funded(tenant, 500_000n), dead);
    expect(again.admittedBy).not.toBe(running.admittedBy);
    await close(again, 1n);
    expect((await balanceOf(tenant)).spent).toBe(nano(1n));
    await dead.stop();
  });

  it('with settlements in its journal has them charged once by the next start, whatever of them had arrived', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fairlead-journal-'));
    const dead = await start();
    const arrived = await admit(tenant, funded(tenant, 500_000n), dead);
    const missing = await admit(tenant, funded(tenant, 500_000n), dead);
    const streaming = await admit(tenant, funded(tenant, 500_000n), dead);
    const journal = new Journal(folder, dead.processId);
    await journal.keep([arrived, missing].map((call) => ({ settled: { id: call.id, org: tenant.orgId, owner: call.admittedBy, row: { ...closing(call, 7n).row, cost_nano: '180000' }, opened: true, attempts: [], bodies: [], moves: [{ account: `${tenant.orgId}/fund/paid`, slice: holdOf(call)?.funds?.[0]?.slice ?? null, spent: 180_000n }], legs: [{ fund: 'paid', account: `${tenant.orgId}/fund/paid`, amount: 180_000n }] } })));
    await journal.keep([{ opened: requestRow(streaming) }]);
    await close(arrived, 180_000n);
    const { processId } = dead;
    await database.query(`UPDATE heartbeat SET seen_at = now() - interval '1 hour' WHERE process_id <> $1`, [processId]);
    await database.query(`DELETE FROM heartbeat WHERE process_id = 'nobody'`);
    const survivors = (await database.query<{ process_id: string }>(`SELECT process_id FROM heartbeat WHERE process_id <> $1`, [processId])).map((row) => row.process_id);
    await sweepDead(folder, processId, survivors);
    expect(await balanceOf(tenant)).toMatchObject({ spent: nano(360_000n), held: ZERO });
    expect(await leasedOf(tenant)).toBe('0');
    const rows = await database.query<{ id: string; status: string }>(`SELECT id, status FROM logs.request WHERE org_id = $1`, [tenant.orgId]);
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(new Map([[arrived.id, 'completed'], [missing.id, 'completed'], [streaming.id, 'interrupted']]));
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

/** What a start does that owns the data, while the processes of this file's other tests live on. */
async function sweepDead(folder: string, _dead: string, survivors: string[]): Promise<void> {
  const rows = await database.query<{ process_id: string; role: string; host: string; pid: number }>('SELECT process_id, role, host, pid FROM heartbeat WHERE process_id = ANY($1)', [survivors]);
  await database.query(`UPDATE heartbeat SET role = 'console' WHERE process_id = ANY($1)`, [survivors]);
  await recoverPredecessors(pool, folder);
  for (const row of rows) await database.query('UPDATE heartbeat SET role = $2 WHERE process_id = $1', [row.process_id, row.role]);
}

describe('a settlement', () => {
  it('of one call that the database refuses does not keep the others', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const [bad, good] = await Promise.all([admit(tenant, funded(tenant, 500_000n)), admit(tenant, funded(tenant, 500_000n))]);
    const broken = closing(bad, 180_000n);
    broken.row.status = 'no such status' as RequestRow['status'];
    const results = await Promise.allSettled([bad.by.close(broken), close(good, 180_000n)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(ZERO);
    expect(await balanceOf(tenant)).toMatchObject({ spent: nano(180_000n), available: nano(999_820_000n) });
  });

  it('is rolled up: chart, log and ledger say the same (I10)', async () => {
    const tenant = await createTenant({ credit: { paid: '1' } });
    const calls = await Promise.all(Array.from({ length: 40 }, (_, index) => admit(tenant, funded(tenant, 500_000n), index % 2 === 0 ? ledger : other)));
    await Promise.all(calls.map((call, index) => close(call, BigInt(index))));
    const [sum] = await database.query(`SELECT sum(requests)::int AS requests, sum(cost_nano)::text AS cost FROM usage_rollup WHERE org_id = $1`, [tenant.orgId]);
    const [log] = await database.query(`SELECT count(*)::int AS requests, sum(cost_nano)::text AS cost FROM logs.request WHERE org_id = $1`, [tenant.orgId]);
    const [booked] = await database.query(`SELECT sum(amount_nano)::text AS cost FROM ledger_entry WHERE org_id = $1 AND kind = 'charge'`, [tenant.orgId]);
    expect(sum).toEqual({ requests: 40, cost: '780' });
    expect(log).toEqual(sum);
    expect(booked).toEqual({ cost: '780' });
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
