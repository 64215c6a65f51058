import type { ActionResult } from '@/lib/http/action';
import type { BudgetView } from '@/lib/services/budgets/budget-view';
import type { CreateBudgetInput } from '@/lib/services/budgets/create-budget';
import type { UpdateBudgetInput } from '@/lib/services/budgets/update-budget';

/** The writes of the budgets page, handed in by the page. */
export interface BudgetActions {
  create: (org: string, input: CreateBudgetInput) => Promise<ActionResult<BudgetView>>;
  update: (org: string, input: UpdateBudgetInput) => Promise<ActionResult<BudgetView>>;
  remove: (org: string, input: { id: string }) => Promise<ActionResult<{ id: string }>>;
}

export const SCOPES = ['organization', 'key', 'member', 'end_user', 'tag', 'model'] as const;
export const PERIODS = ['day', 'week', 'month', 'total'] as const;
export const ACTIONS = ['block', 'warn', 'switch'] as const;
export const STATES = ['ok', 'warning', 'reached', 'blocked'] as const;
export type Scope = (typeof SCOPES)[number];
export type Period = (typeof PERIODS)[number];
export type Action = (typeof ACTIONS)[number];
