import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { type OperatorBudgetView, viewOperatorBudgets } from './operator-budget-view';

/** The operator's own budgets, newest first. */
export async function listOperatorBudgets(_call: { ctx: OperatorCtx }): Promise<OperatorBudgetView[]> {
  return asSystem(async (tx) => viewOperatorBudgets(tx, await tx.operatorBudget.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 500 })));
}

/** One of them, by its id. Throws `not_found`. */
export async function getOperatorBudget({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<OperatorBudgetView> {
  const [view] = await asSystem(async (tx) => viewOperatorBudgets(tx, await tx.operatorBudget.findMany({ where: { id: input.id } })));
  if (!view) throw new FairleadError('not_found');
  return view;
}
