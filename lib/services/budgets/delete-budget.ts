import type { z } from 'zod';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { auditBudget } from './audit-budget';
import { BudgetIdInput, findBudget } from './get-budget';

/** Takes a budget away, in force within a second. What was spent under it stays in the ledger. */
export async function deleteBudget({ ctx, input }: { ctx: Ctx; input: z.input<typeof BudgetIdInput> }): Promise<{ id: string }> {
  requireRight(ctx, 'budgets:write');
  const { id } = parseInput(BudgetIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await findBudget(tx, ctx, id);
    await tx.budget.delete({ where: { id } });
    await recordAudit(tx, ctx, { action: 'budget.delete', targetType: 'budget', targetId: id, before: auditBudget(row) });
    await bumpVersion(tx, 'keys');
    return { id };
  });
}
