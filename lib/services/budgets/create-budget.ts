import type { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { auditBudget } from './audit-budget';
import { BudgetPlace, BudgetTerms, checkPlace, checkSwitch, limitOf } from './budget-input';
import type { BudgetView } from './budget-view';
import { viewBudget } from './get-budget';

const MAX_BUDGETS = 500;

export const CreateBudgetInput = BudgetPlace.extend(BudgetTerms.shape).extend({
  action: BudgetTerms.shape.action.default('block'),
  warnPercents: BudgetTerms.shape.warnPercents.default([50, 80, 100]),
});
export type CreateBudgetInput = z.input<typeof CreateBudgetInput>;

/** Sets a budget; it counts from now on, and is in force within a second. A warn row and a block row for one scope stand side by side. */
export async function createBudget({ ctx, input }: { ctx: Ctx; input: CreateBudgetInput }): Promise<BudgetView> {
  requireRight(ctx, 'budgets:write');
  const { scopeType, scopeId, period, resetDay, limitUsd, action, switchTo, warnPercents } = parseInput(CreateBudgetInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    await checkPlace(tx, ctx.orgId, { scopeType, scopeId, period, resetDay });
    if ((await tx.budget.count({ where: { orgId: ctx.orgId } })) >= MAX_BUDGETS) {
      throw new FairleadError('conflict', `An organization has at most ${MAX_BUDGETS} budgets; give each of a kind one with *.`);
    }
    const row = await tx.budget.create({
      data: {
        id: newId('bud'),
        orgId: ctx.orgId,
        scopeType,
        scopeId,
        period,
        resetDay: resetDay ?? null,
        limitNano: limitOf(limitUsd),
        action,
        switchTo: await checkSwitch(tx, { action, switchTo }),
        warnPercents: [...new Set(warnPercents)].sort((a, b) => a - b),
        createdById: ctx.actor.type === 'user' ? ctx.actor.id : null,
      },
    });
    await recordAudit(tx, ctx, { action: 'budget.create', targetType: 'budget', targetId: row.id, after: auditBudget(row) });
    await bumpVersion(tx, 'keys');
    return viewBudget(tx, ctx, row);
  });
}
