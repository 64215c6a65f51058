import { budgetWindow, OPERATOR, type OperatorBudget } from '@/lib/ledger';
import type { MetBudget } from './budget-windows';
import type { Admitted, Candidate } from './types';

/**
 * The operator's own budgets that a call may touch: the platform's, its plan's, and those of every provider and credential
 * that may answer. Only what does answer is charged. Demo models cost nobody anything.
 */
export function operatorBudgetsOf(stage: Admitted, budgets: readonly OperatorBudget[]): MetBudget[] {
  const { candidates, plan, caller, receivedAtMs: nowMs } = stage;
  if (candidates[0].model.provider.demo) return [];
  const met: MetBudget[] = [];
  for (const budget of budgets) {
    const { id: budgetId, scopeType, scopeId, period, resetDay, limit } = budget;
    const of = { budgetId, scopeType, scopeId, period, resetDay, limit, nowMs };
    const action = { kind: budget.action } as const;
    if (scopeType === 'plan') {
      if (scopeId === plan.id) met.push({ window: { ...budgetWindow({ ...of, orgId: caller.org.id, timezone: caller.org.timezone }), model: null }, action, budgetId });
    } else if (scopeType === 'platform' || candidates.some((candidate) => concerns(budget, candidate))) {
      const window = budgetWindow({ ...of, orgId: OPERATOR, timezone: 'UTC' });
      met.push({ window: { ...window, model: scopeType === 'platform' ? null : `${scopeType}:${scopeId}`, org: OPERATOR, meter: 'provider_cost' }, action, budgetId });
    }
  }
  return met;
}

function concerns({ scopeType, scopeId }: OperatorBudget, { model: { provider } }: Candidate): boolean {
  return scopeType === 'provider' ? provider.id === scopeId : provider.credentials.some(({ id }) => id === scopeId);
}

/** What is left of a call when one budget has no room: fewer targets, or fewer credentials. Null: nothing, or nothing less. */
export function withoutSpent(stage: Admitted, { window }: MetBudget): Admitted | null {
  const { scopeType, scopeId, model } = window;
  if (model === null) return null;
  const spent = scopeType === 'credential' ? new Set([...(stage.spentCredentials ?? []), scopeId]) : stage.spentCredentials;
  const isLeft = ({ model: { id, provider } }: Candidate) => {
    if (scopeType === 'model') return id !== model;
    if (scopeType === 'provider') return provider.id !== scopeId;
    return provider.credentials.length === 0 || provider.credentials.some((credential) => !spent?.has(credential.id));
  };
  const rest = stage.candidates.filter(isLeft);
  if (rest.length === 0 || (scopeType === 'model' && rest.length === stage.candidates.length)) return null;
  const reason = scopeType === 'model' ? 'budget' : `${scopeType}_budget`;
  const gone = stage.candidates.filter((candidate) => !isLeft(candidate)).map((candidate) => ({ model: candidate.model.id, reason }));
  return { ...stage, candidates: rest as Admitted['candidates'], leftOut: [...stage.leftOut, ...gone], spentCredentials: spent };
}
