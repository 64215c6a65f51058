import { describe, expect, it } from 'vitest';
import { nano, parseUsd, ZERO } from '@/lib/kernel/money';
import { asSystem, withOrg } from '@/lib/store';
import { balanceOf, close, closing, funded, twoLedgers } from '@/lib/testing/ledger-calls';
import { createTenant } from '@/lib/testing/tenants';
import { grantCredit } from './grant-credit';
import type { RequestRow } from './types';

const { admit, database, ledger, other, pool } = await twoLedgers();

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
    const calls = await Promise.all(Array.from({ length: 40 }, (_, index) => admit(tenant, funded(tenant, 500_000n), index % 2 === 0 ? ledger() : other())));
    await Promise.all(calls.map((call, index) => close(call, BigInt(index))));
    const [sum] = await database.query(`SELECT sum(requests)::int AS requests, sum(cost_nano)::text AS cost FROM usage_rollup WHERE org_id = $1`, [
      tenant.orgId,
    ]);
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
      asSystem((tx) =>
        grantCredit(tx, {
          orgId: tenant.orgId,
          fund: 'paid',
          amount: parseUsd('10'),
          kind: 'topup',
          sourceType: 'stripe_payment',
          sourceId: `pi_${tenant.orgId}`,
        }),
      );
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
    await expect(pool().query(`UPDATE ledger_entry SET amount_nano = 1`)).rejects.toThrow(/permission denied/);
  });

  it('shows one organization nothing of another', async () => {
    const [a, b] = await Promise.all([createTenant({ credit: { paid: '1' } }), createTenant({ credit: { paid: '2' } })]);
    const seen = await withOrg(a.orgId, (tx) => tx.ledgerEntry.findMany());
    expect(seen.map(({ orgId }) => orgId)).toEqual([a.orgId]);
    expect(await withOrg(a.orgId, (tx) => tx.apiKey.count({ where: { orgId: b.orgId } }))).toBe(0);
    await expect(withOrg(a.orgId, (tx) => tx.organization.update({ where: { id: b.orgId }, data: { name: 'taken' } }))).rejects.toThrow();
  });
});
