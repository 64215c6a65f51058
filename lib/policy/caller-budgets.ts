import { nano } from '@/lib/kernel/money';
import type { Budget, BudgetAction, BudgetPeriod, BudgetScope } from '@/lib/ledger';
import type { CallerBudgets } from './types';

export interface BudgetRow {
  id: string;
  scope_type: BudgetScope;
  scope_id: string;
  limit_nano: string;
  period: BudgetPeriod;
  reset_day: number | null;
  action: BudgetAction['kind'];
  switch_to: string | null;
}

/**
 * Sorts an organization's budgets by what a call must show to match one. Those of other keys and members were left out
 * by the query.
 */
export function compileBudgets(rows: readonly BudgetRow[]): CallerBudgets {
  const budgets: CallerBudgets = { always: [], endUser: new Map(), tag: new Map(), model: new Map() };
  for (const row of rows) {
    const budget = budgetOf(row);
    if (row.scope_type === 'end_user') push(budgets.endUser, row.scope_id, budget);
    else if (row.scope_type === 'tag') push(budgets.tag, row.scope_id, budget);
    else if (row.scope_type === 'model') push(budgets.model, row.scope_id, budget);
    else budgets.always.push(budget);
  }
  return budgets;
}

function budgetOf(row: BudgetRow): Budget {
  const action: BudgetAction = row.action === 'switch' ? { kind: 'switch', alias: row.switch_to ?? '' } : { kind: row.action };
  return {
    id: row.id,
    scopeType: row.scope_type,
    scopeId: row.scope_id,
    limit: nano(BigInt(row.limit_nano)),
    period: row.period,
    resetDay: row.reset_day,
    action,
  };
}

function push(map: Map<string, Budget[]>, name: string, budget: Budget): void {
  const list = map.get(name);
  if (list) list.push(budget);
  else map.set(name, [budget]);
}
