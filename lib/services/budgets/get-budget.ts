import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { type Tx, withOrg } from '@/lib/store';
import { type BudgetRow, type BudgetView, viewBudgets } from './budget-view';

export const BudgetIdInput = z.object({ id: z.string().max(100) });

/** One budget. Another organization's and a missing one are both `not_found`. */
export async function getBudget({ ctx, input }: { ctx: Ctx; input: z.input<typeof BudgetIdInput> }): Promise<BudgetView> {
  requireRight(ctx, 'usage:read');
  const { id } = parseInput(BudgetIdInput, input);
  return withOrg(ctx.orgId, async (tx) => viewBudget(tx, ctx, await findBudget(tx, ctx, id)));
}

export async function findBudget(tx: Tx, ctx: Ctx, id: string): Promise<BudgetRow> {
  const row = await tx.budget.findFirst({ where: { id, orgId: ctx.orgId } });
  if (!row) throw new FairleadError('not_found');
  return row;
}

export async function viewBudget(tx: Tx, ctx: Ctx, row: BudgetRow): Promise<BudgetView> {
  const [view] = await viewBudgets(tx, ctx.orgId, [row]);
  return view as BudgetView;
}
