import { beforeAll, describe, expect, it } from 'vitest';
import { expireDueCredit } from '@/lib/billing';
import { parseUsd, ZERO } from '@/lib/kernel/money';
import { readBalance } from '@/lib/ledger';
import { saveCreditCap } from '@/lib/services/operator/budgets/credit-cap';
import { asSystem, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { grantMonthlyCredit } from './grant-monthly-credit';

const database = await createTestDatabase();
const ctx = { actor: { type: 'system', label: 'test' }, operator: true } as const;
let ann: TestTenant;
let second: TestTenant;
let bob: TestTenant;

/** An organization whose plan includes a dollar a month, owned by a person. */
async function owned(email: string, verified = true): Promise<TestTenant> {
  const tenant = await createTenant();
  await asSystem(async (tx) => {
    const user = await tx.user.upsert({ where: { email }, create: { id: `usr_${email}`, email, passwordHash: '-', emailVerifiedAt: verified ? new Date() : null }, update: {} });
    await tx.plan.update({ where: { id: tenant.planId }, data: { includedCreditNano: parseUsd('1') } });
    await tx.membership.create({ data: { orgId: tenant.orgId, userId: user.id, role: 'owner' } });
  });
  return tenant;
}

const balanceOf = async ({ orgId }: TestTenant) => (await withOrg(orgId, (tx) => readBalance(tx, orgId))).available;

beforeAll(async () => {
  ann = await owned('ann@example.com');
  second = await owned('ann@example.com');
  bob = await owned('bob@example.com');
  await owned('nobody@example.com', false);
});

describe('included credit', () => {
  const november = new Date('2026-11-25T10:00:00Z');
  const december = new Date('2026-12-01T00:10:00Z');

  it('comes once a month for a confirmed person, however many organizations they own', async () => {
    expect(await grantMonthlyCredit(november)).toBe(2);
    expect(await grantMonthlyCredit(november)).toBe(0);
    expect([await balanceOf(ann), await balanceOf(second), await balanceOf(bob)]).toEqual([parseUsd('1'), ZERO, parseUsd('1')]);
  });

  it('ends with its month, and the next one brings its own', async () => {
    await expireDueCredit(december.getTime());
    expect(await balanceOf(ann)).toBe(ZERO);
    expect(await grantMonthlyCredit(december)).toBe(2);
    expect(await balanceOf(ann)).toBe(parseUsd('1'));
  });

  it('has a cap a day for the whole installation; what it keeps back comes on a later day', async () => {
    await saveCreditCap({ ctx, input: { usdPerDay: '1.50' } });
    const january = new Date('2027-01-01T00:10:00Z');
    expect(await grantMonthlyCredit(january)).toBe(1);
    expect(await grantMonthlyCredit(january)).toBe(0);
    expect(await grantMonthlyCredit(new Date('2027-01-02T00:10:00Z'))).toBe(1);
    await saveCreditCap({ ctx, input: { usdPerDay: '0' } });
    expect(await grantMonthlyCredit(new Date('2027-02-01T00:10:00Z'))).toBe(0);
    expect(await database.query(`SELECT action FROM audit_entry WHERE action = 'settings.credit_cap'`)).toHaveLength(2);
  });
});
