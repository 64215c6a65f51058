import { type Budget, type BudgetAction, type BudgetWindow, budgetWindow, type HoldWindow } from '@/lib/ledger';
import { operatorBudgetsOf } from './operator-budgets';
import type { Admitted } from './types';

/** A budget that a call meets, in the window of its admission. */
export interface MetBudget {
  window: HoldWindow;
  action: BudgetAction;
  /** Null for a key's own limit. */
  budgetId: string | null;
}

/** From the tightest scope to the widest: the first that refuses is the one that is named. */
const TIGHTEST_FIRST: readonly BudgetWindow['scopeType'][] = ['end_user', 'tag', 'key', 'member', 'model', 'organization'];

/** Every budget that matches a call, tightest scope first. */
export function budgetsOf(stage: Admitted): MetBudget[] {
  const { caller } = stage;
  const { budgets } = caller;
  const met: MetBudget[] = [];
  const { budget: own } = caller.key;
  if (own) {
    const limit: Budget = { id: '', scopeType: 'key', scopeId: caller.key.lineId, limit: own.limit, period: own.period, resetDay: null, action: { kind: 'block' } };
    met.push(meet(stage, limit, caller.key.lineId));
  }
  for (const budget of budgets.always) {
    const scopeId = budget.scopeType === 'key' ? caller.key.lineId : budget.scopeType === 'member' ? caller.key.createdById : '';
    if (scopeId !== null) met.push(meet(stage, budget, scopeId));
  }
  if (budgets.endUser.size > 0 && stage.attribution.user !== null) meetNamed(stage, budgets.endUser, stage.attribution.user, met);
  if (budgets.tag.size > 0) {
    for (const [name, value] of Object.entries(stage.attribution.tags ?? {})) {
      const whole = `${name}=${value}`;
      for (const budget of budgets.tag.get(name) ?? []) met.push(meet(stage, budget, name));
      meetNamed(stage, budgets.tag, whole, met);
    }
  }
  const { operatorBudgets } = stage.policy;
  if (budgets.model.size > 0) for (const name of modelNames(stage)) meetNamed(stage, budgets.model, name, met);
  if (met.length > 1) met.sort((a, b) => TIGHTEST_FIRST.indexOf(a.window.scopeType) - TIGHTEST_FIRST.indexOf(b.window.scopeType));
  return operatorBudgets ? [...met, ...operatorBudgetsOf(stage, operatorBudgets)] : met;
}

/** Names by which a model budget may mean this call: the alias, and whatever may answer. */
function modelNames({ alias, candidates }: Admitted): Set<string> {
  const names = new Set(candidates.map(({ model }) => model.id));
  if (alias) names.add(alias.name);
  return names;
}

function meetNamed(stage: Admitted, budgets: ReadonlyMap<string, Budget[]>, name: string, met: MetBudget[]): void {
  for (const budget of budgets.get(name) ?? []) met.push(meet(stage, budget, name));
  // One account for each: an alias is no model of its own.
  if (stage.alias?.name !== name) for (const budget of budgets.get('*') ?? []) met.push(meet(stage, budget, name));
}

function meet({ caller, receivedAtMs }: Admitted, budget: Budget, scopeId: string): MetBudget {
  const { scopeType, period, resetDay, limit } = budget;
  const { id: orgId, timezone } = caller.org;
  const window = budgetWindow({ orgId, budgetId: budget.id || undefined, scopeType, scopeId, period, resetDay, limit, timezone, nowMs: receivedAtMs });
  return { window: { ...window, model: scopeType === 'model' ? scopeId : null }, action: budget.action, budgetId: budget.id || null };
}
