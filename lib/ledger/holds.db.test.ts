import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { balanceOf, close, closing, funded, holdOf, twoLedgers } from '@/lib/testing/ledger-calls';
import { createTenant } from '@/lib/testing/tenants';
import type { Hold } from './slice-book';

const { admit, database, ledger } = await twoLedgers();

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
    const entries = await database.query(
      `SELECT fund, amount_nano::text AS amount, balance_nano::text AS balance, leg FROM ledger_entry WHERE source_type = 'request' AND source_id = $1 ORDER BY leg`,
      [call.id],
    );
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
    const before = ledger().roundTrips();
    let promises = 0;
    for (let index = 0; index < 500; index++) {
      const verdict = ledger().hold(funded(tenant, 1_000n));
      if (verdict instanceof Promise) promises += 1;
      const settled = await verdict;
      if (settled.ok) await ledger().close(closing({ id: newId('req'), tenant, by: ledger(), admittedBy: ledger().processId, verdict: settled }, 1_000n));
    }
    expect(promises).toBe(0);
    expect(ledger().roundTrips() - before).toBeLessThanOrEqual(2);
  });

  it('grows with its call, in all scopes or in none', async () => {
    const tenant = await createTenant({ credit: { paid: '0.001000' } });
    const call = await admit(tenant, funded(tenant, 400_000n));
    const hold = holdOf(call) as Hold;
    expect(await ledger().extend(hold, nano(500_000n))).toBe(true);
    expect(await ledger().extend(hold, nano(200_000n))).toBe(false);
    expect(hold.amount).toBe(900_000n);
    await close(call, 850_000n);
    expect(await balanceOf(tenant)).toMatchObject({ held: ZERO, spent: nano(850_000n), available: nano(150_000n) });
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
