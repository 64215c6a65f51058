import { FairleadError } from '@/lib/kernel/errors';
import type { HoldVerdict } from '@/lib/ledger';
import type { MetBudget } from './budget-windows';
import type { Admitted } from './types';

/** The refusal of a call that does not fit: names the scope, and tells what is gone from what running calls only hold. */
export function limitReached(verdict: Extract<HoldVerdict, { ok: false }>, budget: MetBudget | null, stage: Admitted): FairleadError {
  const scope = budget ? describe(budget, stage) : 'the balance of the organization';
  const more = { scope: budget?.window.scopeType ?? 'organization' };
  if (verdict.reason === 'held') {
    return new FairleadError('funds_held', `What is left of ${scope} is held by running requests. Try again when they end.`, { retryAfterS: 1, more });
  }
  return new FairleadError('insufficient_quota', `This call does not fit ${scope}. ${adviceFor(budget)}`, { more });
}

/** What the caller can do: the operator's own budgets are not theirs to raise. */
function adviceFor(budget: MetBudget | null): string {
  const { scopeType } = budget?.window ?? {};
  if (scopeType === 'platform' || scopeType === 'plan') return 'Try again when it begins anew, or ask who runs this installation.';
  if (scopeType === 'provider' || scopeType === 'credential') return 'Choose a model of another provider, or ask who runs this installation.';
  return `${budget ? 'Raise the budget' : 'Add credit'}, lower max_tokens or choose a cheaper model.`;
}

function describe({ window }: MetBudget, { caller }: Admitted): string {
  const budget = `the ${window.period === 'total' ? '' : `${window.period}'s `}budget of`;
  switch (window.scopeType) {
    case 'key':
      return `${budget} the key ${caller.key.name}`;
    case 'member':
      return `${budget} the member who made the key ${caller.key.name}`;
    case 'end_user':
      return `${budget} the user ${window.scopeId}`;
    case 'tag':
      return `${budget} the tag ${window.scopeId}`;
    case 'model':
      return `${budget} the model ${window.scopeId}`;
    case 'organization':
      return `${budget} the organization`;
    case 'plan':
      return `${budget} the plan`;
    case 'platform':
      return `${budget} this installation`;
    case 'provider':
      return `${budget} the provider ${window.scopeId} on this installation`;
    case 'credential':
      return `${budget} a credential of its provider on this installation`;
  }
}
