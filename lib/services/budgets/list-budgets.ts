import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { type BudgetView, viewBudgets } from './budget-view';

/** The organization's budgets, newest first. */
export async function listBudgets({ ctx }: { ctx: Ctx }): Promise<BudgetView[]> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.budget.findMany({ where: { orgId: ctx.orgId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 500 });
    return viewBudgets(tx, ctx.orgId, rows);
  });
}
