import { isFairleadError } from '@/lib/kernel/errors';
import { DEMO_FUNDS, type HoldRequest, REAL_FUNDS } from '@/lib/ledger';
import { budgetsOf, type MetBudget } from '../budget-windows';
import { boundCost, type CostBound } from '../cost-bounds';
import type { GatewayDeps } from '../deps';
import { learn } from '../learn';
import { limitReached } from '../limit-reached';
import { withoutSpent } from '../operator-budgets';
import { openRow } from '../request-row';
import { StoredRow } from '../stored-row';
import type { Admitted, Reserved } from '../types';
import { authorize } from './authorize';

/**
 * Sets the most this call can cost aside, in every scope or in none. A candidate whose own budget is spent is left out; a
 * budget that switches hands the call to its cheaper alias and only counts from then on. Without a dollar limit nothing is
 * held. Throws `insufficient_quota`, `funds_held`, `model_unpriced`, `unsupported_parameter`, `ledger_unavailable`.
 */
export async function reserve(deps: GatewayDeps, admitted: Admitted): Promise<Reserved> {
  deps.ledger.assertKeepingUp();
  const startedAt = deps.clock.monotonic();
  let stage = admitted;
  let switchedBy: string | null = null;
  for (;;) {
    const met = budgetsOf(stage);
    const isCounted = ({ action, budgetId }: MetBudget) => action.kind === 'warn' || (budgetId !== null && budgetId === switchedBy);
    const limits = met.filter((budget) => !isCounted(budget) && !isLeftOut(stage, budget));
    const demo = stage.candidates[0].model.provider.demo;
    const funds = demo ? DEMO_FUNDS : stage.plan.prepaid ? REAL_FUNDS : null;
    if (met.length === 0 && funds === null) return reserved(deps, stage, { kind: 'none' }, null);

    const bounds = limits.length === 0 && funds === null ? [] : boundCost(stage);
    const request: HoldRequest = {
      org: stage.caller.org.id,
      windows: limits.map(({ window }) => window),
      tallies: met.filter(isCounted).map(({ window }) => window),
      funds,
      ceilings: bounds.length === 0 ? [NOTHING] : bounds.map(({ amount }) => amount),
    };
    // Awaited only when there is something to wait for: from leased slices a call is admitted without a turn of the event loop.
    const answer = deps.ledger.hold(request);
    const verdict = answer instanceof Promise ? await answer : answer;
    stage.timings.hold = deps.clock.monotonic() - startedAt;
    if (verdict.ok) return reserved(deps, stage, { kind: 'held', hold: verdict.hold }, bounds[verdict.hold.taken] ?? null);

    const culprit = limits.find(({ window }) => window.id === verdict.account) ?? null;
    const rest = culprit && withoutSpent(stage, culprit);
    if (rest) {
      stage = rest;
      continue;
    }
    const cheaper = culprit?.action.kind === 'switch' && switchedBy === null ? switchTo(deps, stage, culprit.action.alias) : null;
    if (!cheaper) throw limitReached(verdict, culprit, stage);
    switchedBy = culprit?.budgetId ?? null;
    stage = cheaper;
  }
}

/** A credential that is passed over needs no room in its budget. */
function isLeftOut({ spentCredentials }: Admitted, { window }: MetBudget): boolean {
  return window.scopeType === 'credential' && spentCredentials !== undefined && spentCredentials.has(window.scopeId);
}

const NOTHING = 0n as HoldRequest['ceilings'][number];

function reserved(deps: GatewayDeps, stage: Admitted, hold: Reserved['hold'], bound: CostBound | null): Reserved {
  const admittedBy = deps.processId;
  return learn(stage, {
    hold,
    clampedTo: bound?.extends ? null : (bound?.output ?? null),
    heldOutput: bound?.extends ? bound.output : null,
    admittedBy,
    stored: new StoredRow(() => deps.ledger.open(openRow({ processId: admittedBy }, stage))),
  });
}

/** The call as the cheaper alias takes it, or null when plan or key do not allow that alias. */
function switchTo(deps: GatewayDeps, stage: Admitted, alias: string): Admitted | null {
  try {
    const permitted = authorize(deps, { ...stage, requestedModel: alias });
    const before = stage.candidates.map(({ model }) => ({ model: model.id, reason: 'budget_switch' }));
    return { ...permitted, slot: stage.slot, requestedModel: stage.requestedModel, leftOut: [...before, ...permitted.leftOut] };
  } catch (error) {
    if (isFairleadError(error)) return null;
    throw error;
  }
}
