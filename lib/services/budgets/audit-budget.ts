import { formatUsd } from '@/lib/kernel/money';
import type { BudgetRow } from './budget-view';

/** What the audit log keeps of a budget. */
export function auditBudget({ scopeType, scopeId, limitNano, period, resetDay, action, switchTo, warnPercents }: BudgetRow) {
  return { scope: scopeId ? `${scopeType}:${scopeId}` : scopeType, limitUsd: formatUsd(limitNano), period, resetDay, action, switchTo, warnPercents };
}
