import type { z } from 'zod';
import { changeBudgetLimit } from '@/lib/ledger';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { auditBudget } from './audit-budget';
import { BudgetTerms, checkSwitch, limitOf } from './budget-input';
import type { BudgetView } from './budget-view';
import { BudgetIdInput, findBudget, viewBudget } from './get-budget';

export const UpdateBudgetInput = BudgetTerms.partial().extend(BudgetIdInput.shape);
export type UpdateBudgetInput = z.input<typeof UpdateBudgetInput>;

/**
 * Changes what a budget allows; what is not given stays. What was spent in the open window stays counted. Scope and
 * period are what its accounts are cut by and do not change: another one is another budget.
 */
export async function updateBudget({ ctx, input }: { ctx: Ctx; input: UpdateBudgetInput }): Promise<BudgetView> {
  requireRight(ctx, 'budgets:write');
  const { id, limitUsd, action, switchTo, warnPercents } = parseInput(UpdateBudgetInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await findBudget(tx, ctx, id);
    const next = action ?? before.action;
    const limit = limitUsd === undefined ? null : limitOf(limitUsd);
    const row = await tx.budget.update({
      where: { id },
      data: {
        limitNano: limit ?? undefined,
        action: next,
        switchTo: await checkSwitch(tx, { action: next, switchTo: switchTo === undefined ? before.switchTo : switchTo }),
        warnPercents: warnPercents && [...new Set(warnPercents)].sort((a, b) => a - b),
        updatedAt: new Date(),
      },
    });
    if (limit !== null && limit !== before.limitNano) await changeBudgetLimit(tx, ctx.orgId, { budgetId: id }, limit);
    await recordAudit(tx, ctx, { action: 'budget.update', targetType: 'budget', targetId: id, before: auditBudget(before), after: auditBudget(row) });
    await bumpVersion(tx, 'keys');
    return viewBudget(tx, ctx, row);
  });
}
