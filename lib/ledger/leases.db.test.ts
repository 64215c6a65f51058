import { describe, expect, it } from 'vitest';
import { nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { asSystem, withOrg } from '@/lib/store';
import { balanceOf, close, funded, twoLedgers } from '@/lib/testing/ledger-calls';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { budgetWindow } from './accounts';
import { changeBudgetLimit } from './change-limit';
import { clawBackCredit } from './grant-credit';
import type { Ledger } from './ledger';
import type { HoldRequest } from './types';

const { admit, database, leasedOf, ledger, other } = await twoLedgers();

describe.each([
  ['one process', () => [ledger()]],
  ['two processes', () => [ledger(), other()]],
] as const)('a balance under %s', (_name, processes) => {
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
      const [sum] = await database.query<{ total: string }>(
        `SELECT coalesce(sum(amount_nano), 0)::text AS total FROM ledger_entry WHERE org_id = $1 AND kind = 'charge'`,
        [tenant.orgId],
      );
      expect(balance.held).toBe(ZERO);
      expect(balance.spent.toString()).toBe(sum?.total);
      spent += balance.spent;
    }
    expect(spent).toBe(BigInt(served) * 1_000_007n);
    expect(served).toBeGreaterThan(2_500);
  });
});

describe('a slice', () => {
  it('that another process does not use is called back for a call that needs it', async () => {
    const tenant = await createTenant({ credit: { paid: '0.001000' } });
    await close(await admit(tenant, funded(tenant, 100_000n), ledger()), 100_000n);
    const call = await admit(tenant, funded(tenant, 900_000n), other());
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
    await asSystem((tx) =>
      clawBackCredit(tx, { orgId: tenant.orgId, fund: 'paid', amount: parseUsd('0.002'), kind: 'refund', sourceType: 'refund', sourceId: tenant.orgId }),
    );
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
