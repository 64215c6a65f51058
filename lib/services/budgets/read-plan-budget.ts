import type { OrgId } from '@/lib/kernel/ids';
import { planBudgetId } from '@/lib/ledger';
import { type Ctx, requireRight } from '@/lib/services/context';
import { type Tx, withOrg } from '@/lib/store';
import { type BudgetView, viewBudgets } from './budget-view';

/** What an organization's plan lets it spend in one period, whatever its balance, with the open window. */
export interface PlanBudget extends Pick<BudgetView, 'limitUsd' | 'spentUsd' | 'period' | 'resetsAt' | 'state'> {
  /** The plan's name. */
  plan: string;
}

/** The budget of the organization's plan; null: its plan has none. */
export async function readPlanBudget({ ctx }: { ctx: Ctx }): Promise<PlanBudget | null> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, (tx) => findPlanBudget(tx, ctx.orgId));
}

export async function findPlanBudget(tx: Tx, orgId: OrgId): Promise<PlanBudget | null> {
  const { plan } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { plan: true } });
  if (plan.budgetNano === null) return null;
  const period = plan.budgetPeriod ?? 'month';
  // It has no row of its own: this is what the row would say.
  const row = {
    id: planBudgetId(plan.id, period),
    orgId,
    scopeType: 'organization',
    scopeId: '',
    limitNano: plan.budgetNano,
    period,
    resetDay: null,
    action: 'block',
    switchTo: null,
    warnPercents: [80],
    createdById: null,
    createdAt: plan.updatedAt,
    updatedAt: plan.updatedAt,
  };
  const [view] = await viewBudgets(tx, orgId, [row]);
  if (!view) return null;
  const { limitUsd, spentUsd, resetsAt, state } = view;
  return { plan: plan.name, limitUsd, spentUsd, period: view.period, resetsAt, state };
}
