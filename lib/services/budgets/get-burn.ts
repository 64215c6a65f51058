import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { viewBudget, findBudget } from './get-budget';
import { type BudgetBurn, readBurn } from './read-burn';

/** The burn-down of one budget. */
export async function getBurn({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<BudgetBurn> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => readBurn(tx, ctx.orgId, await viewBudget(tx, ctx, await findBudget(tx, ctx, input.id))));
}
