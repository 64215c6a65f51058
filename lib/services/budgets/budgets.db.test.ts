import { beforeAll, describe, expect, it } from 'vitest';
import { budgetWindow } from '@/lib/ledger';
import { nano } from '@/lib/kernel/money';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { Ctx, Role } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { createBudget } from './create-budget';
import { deleteBudget } from './delete-budget';
import { getBudget } from './get-budget';
import { listBudgets } from './list-budgets';
import { updateBudget } from './update-budget';

const db = await createTestDatabase();
let tenant: TestTenant;
let owner: Ctx;
let stranger: Ctx;

const as = ({ orgId }: TestTenant, role: Role): Ctx => ({ actor: { type: 'user', id: 'usr_test', label: 'test' }, orgId, role });

beforeAll(async () => {
  await asSystem(seedCatalogue);
  tenant = await createTenant({ timezone: 'Asia/Shanghai' });
  owner = as(tenant, 'owner');
  stranger = as(await createTenant(), 'owner');
});

/** Puts spend into the open window of a budget, as settled calls do. */
async function spend(budgetId: string, scopeId: string, spent: string, period: 'month' | 'day' = 'month') {
  const window = budgetWindow({
    orgId: tenant.orgId,
    budgetId,
    scopeType: 'tag',
    scopeId,
    period,
    limit: nano(0n),
    timezone: 'Asia/Shanghai',
    nowMs: Date.now(),
  });
  await db.query(
    `INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano, spent_nano)
     VALUES ($1, $2, 'tag', $3, $4, $5, $6, 10000000000, $7)`,
    [window.id, tenant.orgId, scopeId, period, window.start, window.end, spent],
  );
}

describe('a budget', () => {
  it('is set, read, changed and taken away, each with its audit row', async () => {
    const made = await createBudget({ ctx: owner, input: { scopeType: 'organization', limitUsd: '100', period: 'month' } });
    expect(made).toMatchObject({ limitUsd: '100.000000', action: 'block', warnPercents: [50, 80, 100], spentUsd: '0.000000', state: 'ok' });
    expect(await getBudget({ ctx: owner, input: { id: made.id } })).toEqual(made);
    const changed = await updateBudget({ ctx: owner, input: { id: made.id, limitUsd: '0', warnPercents: [90, 10, 90] } });
    expect(changed).toMatchObject({ limitUsd: '0.000000', state: 'blocked', warnPercents: [10, 90], period: 'month' });
    await deleteBudget({ ctx: owner, input: { id: made.id } });
    expect(await listBudgets({ ctx: owner })).toEqual([]);
    const audit = await db.query('SELECT action FROM audit_entry WHERE target_id = $1 ORDER BY created_at', [made.id]);
    expect(audit.map(({ action }) => action)).toEqual(['budget.create', 'budget.update', 'budget.delete']);
  });

  it('shows what was spent in its own window, cut in the zone of the organization', async () => {
    const { id } = await createBudget({ ctx: owner, input: { scopeType: 'tag', scopeId: 'team=search', limitUsd: '10', period: 'month' } });
    await spend(id, 'team=search', '8500000000');
    expect(await getBudget({ ctx: owner, input: { id } })).toMatchObject({
      spentUsd: '8.500000',
      state: 'warning',
      windowStart: expect.stringMatching(/T16:00:00/),
    });
    await updateBudget({ ctx: owner, input: { id, limitUsd: '8' } });
    expect(await getBudget({ ctx: owner, input: { id } })).toMatchObject({ state: 'reached' });
    expect(await db.query('SELECT limit_nano::text FROM account WHERE id LIKE $1', [`%/budget/${id}/%`]), 'in force on the open window').toEqual([
      { limit_nano: '8000000000' },
    ]);
  });

  it('that each one has to itself shows who spent most', async () => {
    const { id } = await createBudget({ ctx: owner, input: { scopeType: 'tag', scopeId: '*', limitUsd: '10', period: 'month' } });
    await spend(id, 'team=a', '1000000000');
    await spend(id, 'team=b', '2000000000');
    expect(await getBudget({ ctx: owner, input: { id } })).toMatchObject({ spentUsd: '2.000000', top: 'team=b' });
  });

  it.each([
    [{ scopeType: 'key', scopeId: 'key_missing' }, 'scopeId'],
    [{ scopeType: 'member', scopeId: 'usr_missing' }, 'scopeId'],
    [{ scopeType: 'model', scopeId: 'gpt-unknown' }, 'scopeId'],
    [{ scopeType: 'tag', scopeId: '' }, 'scopeId'],
    [{ scopeType: 'organization', scopeId: 'x' }, 'scopeId'],
    [{ scopeType: 'organization', limitUsd: '-1' }, 'limitUsd'],
    [{ scopeType: 'organization', limitUsd: '5 dollars' }, 'limitUsd'],
    [{ scopeType: 'organization', action: 'switch' }, 'switchTo'],
    [{ scopeType: 'organization', action: 'switch', switchTo: 'nowhere' }, 'switchTo'],
    [{ scopeType: 'organization', period: 'week', resetDay: 9 }, 'resetDay'],
    [{ scopeType: 'organization', period: 'total', resetDay: 1 }, 'resetDay'],
  ] as const)('that could never apply is refused: %j', async (input, param) => {
    await expect(createBudget({ ctx: owner, input: { limitUsd: '5', period: 'month', ...input } as never })).rejects.toMatchObject({
      code: 'invalid_request',
      extras: { param },
    });
  });

  it('may switch to a cheaper alias, and forgets it when it blocks again', async () => {
    const made = await createBudget({
      ctx: owner,
      input: { scopeType: 'model', scopeId: 'code-reasoner', limitUsd: '5', period: 'day', action: 'switch', switchTo: 'fast-chat' },
    });
    expect(made).toMatchObject({ action: 'switch', switchTo: 'fast-chat' });
    expect(await updateBudget({ ctx: owner, input: { id: made.id, action: 'block' } })).toMatchObject({ action: 'block', switchTo: null });
  });

  it('of another organization looks like a missing one, and only owners and admins set one (I01, I03)', async () => {
    const { id } = await createBudget({ ctx: owner, input: { scopeType: 'organization', limitUsd: '5', period: 'day' } });
    for (const attempt of [getBudget, deleteBudget, updateBudget])
      await expect(attempt({ ctx: stranger, input: { id } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(createBudget({ ctx: stranger, input: { scopeType: 'key', scopeId: tenant.keyId, limitUsd: '5', period: 'day' } })).rejects.toMatchObject({
      extras: { param: 'scopeId' },
    });
    for (const role of ['developer', 'billing', 'viewer'] as const) {
      await expect(createBudget({ ctx: as(tenant, role), input: { scopeType: 'organization', limitUsd: '5', period: 'day' } })).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(deleteBudget({ ctx: as(tenant, role), input: { id } })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
