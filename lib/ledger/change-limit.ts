import { type Money, nano } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import { budgetAccounts } from './accounts';

/** Whose limit changes: a key's own, or that of a row of `budget`. */
export type LimitOwner = { scopeType: 'key'; scopeId: string } | { budgetId: string };

/**
 * Puts a new limit on every open window of a budget; what was spent and is held stays as it is. Call it in the
 * transaction that changes the limit, which must also bump `keys`.
 */
export async function changeBudgetLimit(tx: Tx, orgId: string, owner: LimitOwner, limit: Money): Promise<void> {
  const accounts = 'budgetId' in owner ? { id: { startsWith: budgetAccounts(orgId, owner.budgetId) } } : { id: { startsWith: `${orgId}/${owner.scopeType}/${owner.scopeId}/` } };
  const changed = await tx.account.updateManyAndReturn({ where: { orgId, ...accounts }, data: { limitNano: nano(limit), updatedAt: new Date() }, select: { id: true } });
  // What processes leased under the old limit is called back; running calls end as they were admitted.
  await tx.$executeRaw`SELECT ledger.recall(${changed.map(({ id }) => id)}::text[])`;
}

/** The budget that a plan gives each of its organizations. It has no row: its name stands for it, in every organization alike. */
export function planBudgetId(planId: string, period: string): string {
  return `plan.${planId}.${period}`;
}

/** Puts a plan's new limit on the open windows of every organization on it. Call it in a transaction of the system. */
export async function changePlanBudget(tx: Tx, budgetId: string, limit: Money): Promise<void> {
  await tx.$executeRaw`
    WITH changed AS (
      UPDATE account SET limit_nano = ${limit}, updated_at = now()
      WHERE starts_with(id, org_id || '/budget/' || ${budgetId} || '/') AND limit_nano IS DISTINCT FROM ${limit} RETURNING id)
    SELECT ledger.recall(coalesce(array_agg(id), '{}')) FROM changed`;
}
