import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { type OperatorBudgetView, viewOperatorBudgets } from './operator-budget-view';

/** The operator's own budgets, newest first. */
export async function listOperatorBudgets(_call: { ctx: OperatorCtx }): Promise<OperatorBudgetView[]> {
  return asSystem(async (tx) => viewOperatorBudgets(tx, await tx.operatorBudget.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 500 })));
}
