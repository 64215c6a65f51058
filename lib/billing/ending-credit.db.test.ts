import { describe, expect, it } from 'vitest';
import { parseUsd, ZERO } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import { asSystem } from '@/lib/store';
import { balanceOf, close, funded, twoLedgers } from '@/lib/testing/ledger-calls';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { endAt, expireDueCredit } from './ending-credit';

const { admit, database } = await twoLedgers();
const AFTER = Date.parse('2026-12-01T00:00:01Z');
const hold = (tenant: TestTenant, amount: string) => admit(tenant, funded(tenant, parseUsd(amount)));

/** Rounds of the job until the balance is so: what a process leased and does not need comes back within a moment. */
const roundsUntil = (tenant: TestTenant, available: string) =>
  expect
    .poll(
      async () => {
        await expireDueCredit(AFTER);
        return (await balanceOf(tenant)).available;
      },
      { timeout: 5_000, interval: 100 },
    )
    .toBe(parseUsd(available));
/** An organization with a dollar that ends on the first of December. */
async function gifted(more: { paid?: string } = {}): Promise<TestTenant> {
  const tenant = await createTenant({ credit: more });
  const source = { sourceType: 'grant', sourceId: tenant.orgId };
  await asSystem(async (tx) => {
    await grantCredit(tx, { orgId: tenant.orgId, fund: 'promotional', amount: parseUsd('1'), kind: 'grant', ...source });
    await endAt(tx, { orgId: tenant.orgId, fund: 'promotional', amount: parseUsd('1'), ...source, expiresAt: new Date('2026-12-01T00:00:00Z') });
  });
  return tenant;
}

describe('credit that ends while a running call holds some of it', () => {
  it('loses what is free at once, keeps what is held, and loses the rest of that when the call releases it', async () => {
    const tenant = await gifted();
    const running = await hold(tenant, '0.40');
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(parseUsd('0.40'));
    await roundsUntil(tenant, '0');
    expect((await balanceOf(tenant)).held).toBe(parseUsd('0.40'));
    expect((await hold(tenant, '0.10')).verdict).toMatchObject({ ok: false, reason: 'held' });

    await close(running, parseUsd('0.15'));
    await roundsUntil(tenant, '0');
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: parseUsd('0.15') });
    expect((await hold(tenant, '0.10')).verdict).toMatchObject({ ok: false, reason: 'empty' });
    const ended = await database.query<{ sum: string }>(`SELECT sum(amount_nano)::text AS sum FROM ledger_entry WHERE org_id = $1 AND kind = 'expiry'`, [
      tenant.orgId,
    ]);
    expect(ended).toEqual([{ sum: String(parseUsd('0.85')) }]);
  });

  it('what was paid for stays, whatever a process had leased of the rest', async () => {
    const tenant = await gifted({ paid: '2' });
    await close(await hold(tenant, '0.01'), parseUsd('0.01'));
    await roundsUntil(tenant, '2');
    await close(await hold(tenant, '0.50'), parseUsd('0.50'));
    const { available, funds } = await balanceOf(tenant);
    expect([available, funds.find(({ fund }) => fund === 'promotional')?.available]).toEqual([parseUsd('1.50'), ZERO]);
  });
});
