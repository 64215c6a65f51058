import { ceiling } from '@/lib/catalog';
import { FairleadError } from '@/lib/kernel/errors';
import { type Money, nano } from '@/lib/kernel/money';
import { budgetWindow, type BudgetWindow, DEMO_FUNDS, fundAccount, type HoldRequest, type OpenVerdict, REAL_FUNDS } from '@/lib/ledger';
import { DEFAULT_OUTPUT_BOUND, findUnboundedCostField, inputBoundOf, outputBoundOf, outputLimitOf, unitsBoundOf } from '@/lib/wire';
import type { GatewayDeps } from '../deps';
import { openRow } from '../request-row';
import { StoredRow } from '../stored-row';
import type { Admitted, HoldState, Reserved } from '../types';

/** A clamped output below this many tokens would be an answer nobody can use. */
const MIN_CLAMPED_OUTPUT = 256;
/** What the model's own output limit counts for when headroom is tight (architecture §4). */
const TIGHT_OUTPUT = 4_096;
/** The demo provider generates at most this much (contract §8). */
const DEMO_OUTPUT = 2_000;

interface Bounds {
  ceilings: Money[];
  /** The output limit that belongs to each ceiling; null: as the client and the model say. */
  outputs: (number | null)[];
}

/**
 * Sets the most this call can cost aside, in every scope or in none. Without a dollar limit nothing is held and the row
 * is stored later, at the latest before the first byte. Throws `insufficient_quota`, `funds_held`, `model_unpriced`,
 * `unsupported_parameter`, `ledger_unavailable`.
 */
export async function reserve(deps: GatewayDeps, admitted: Admitted): Promise<Reserved> {
  deps.ledger.assertKeepingUp();
  const startedAt = deps.clock.monotonic();
  const windows = budgetWindows(admitted);
  const demo = admitted.candidates[0].model.provider.demo;
  const funds = demo ? DEMO_FUNDS : admitted.plan.prepaid ? REAL_FUNDS : null;

  if (windows.length === 0 && funds === null) {
    return { ...admitted, hold: { kind: 'none' }, clampedTo: null, stored: storeLater(deps, admitted) };
  }

  const bounds = boundCost(admitted);
  const hold: HoldRequest = { windows, funds: funds && funds.map((fund) => fundAccount(admitted.caller.org.id, fund)), ceilings: bounds.ceilings };
  const verdict = await deps.ledger.open({ ...openCall(deps, admitted), writeRow: admitted.call.stream, hold });
  admitted.timings.hold = deps.clock.monotonic() - startedAt;
  if (!verdict.ok) throw refusal(verdict, windows, admitted);
  const held: HoldState = { kind: 'held', ceiling: bounds.ceilings[verdict.taken] as Money, windows: windows.map(({ id }) => id), funds: hold.funds };
  return { ...admitted, hold: held, clampedTo: bounds.outputs[verdict.taken] ?? null, stored: admitted.call.stream ? StoredRow.already() : storeLater(deps, admitted) };
}

function openCall(deps: GatewayDeps, admitted: Admitted) {
  return { id: admitted.requestId, org: admitted.caller.org.id, process: deps.processId, row: openRow(deps, admitted) };
}

function storeLater(deps: GatewayDeps, admitted: Admitted): StoredRow {
  return StoredRow.later(() => deps.ledger.open({ ...openCall(deps, admitted), writeRow: true, hold: null }));
}

function budgetWindows({ caller, receivedAtMs }: Admitted): BudgetWindow[] {
  const { budget } = caller.key;
  if (!budget) return [];
  return [
    budgetWindow({
      orgId: caller.org.id,
      scopeType: 'key',
      scopeId: caller.key.id,
      period: budget.period,
      limit: budget.limit,
      timezone: caller.org.timezone,
      nowMs: receivedAtMs,
    }),
  ];
}

/** The dearest candidate bounds the hold, since a fallback may be the one that answers. */
function boundCost(admitted: Admitted): Bounds {
  const { candidates } = admitted;
  const cover = { cacheWrite1h: candidates.every(({ card }) => card?.pricesCacheWrite1h) };
  for (const call of new Set(candidates.map(({ carried }) => carried.call))) {
    const field = findUnboundedCostField(call.body, cover);
    if (field) throw new FairleadError('unsupported_parameter', `\`${field.param}\` can add cost that the price card cannot bound, and a dollar limit applies to this key.`, { param: field.param });
  }
  const ceilingFor = (limit: number | null): Money => {
    let most = nano(0n);
    for (const { model, card, carried } of candidates) {
      if (!card) throw new FairleadError('model_unpriced', `The model \`${model.id}\` has no price, and a dollar limit applies to this key.`, { param: 'model' });
      const own = outputBoundOf(carried.call, { maxOutputTokens: model.provider.demo ? DEMO_OUTPUT : model.maxOutputTokens });
      const amount = ceiling(inputBoundOf(carried.call, model.contextWindow), limit === null ? own : Math.min(own, limit), card, unitsBoundOf(carried.call));
      if (amount > most) most = amount;
    }
    return most;
  };
  const demo = candidates[0].model.provider.demo;
  // Where nobody says how long an answer may be, the bound of the hold is what the upstream is told.
  const unbounded = candidates.some(({ model, carried }) => outputLimitOf(carried.call) === null && model.maxOutputTokens === null && model.kind === 'chat');
  const most = demo ? DEMO_OUTPUT : unbounded ? DEFAULT_OUTPUT_BOUND : null;
  const whole = { ceilings: [ceilingFor(most)], outputs: [most] };
  if (demo || candidates[0].model.kind !== 'chat' || !candidates.every(({ carried }) => mayClamp(carried.call.body))) return whole;
  for (const limit of [TIGHT_OUTPUT, 1_024, MIN_CLAMPED_OUTPUT]) {
    whole.ceilings.push(ceilingFor(limit));
    whole.outputs.push(limit);
  }
  return whole;
}

/** Only a call that set no limit of its own and asked for nothing that a short answer would break. */
function mayClamp(body: Readonly<Record<string, unknown>>): boolean {
  return ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'text', 'tools', 'functions', 'response_format', 'reasoning_effort', 'reasoning', 'thinking', 'enable_thinking'].every((field) => body[field] === undefined || body[field] === null);
}

function refusal(verdict: Extract<OpenVerdict, { ok: false }>, windows: BudgetWindow[], admitted: Admitted): FairleadError {
  const window = windows.find(({ id }) => id === verdict.account);
  const scope = window ? `the ${window.period === 'total' ? '' : `${window.period}'s `}budget of the key ${admitted.caller.key.name}` : 'the balance of the organization';
  if (verdict.reason === 'held') {
    return new FairleadError('funds_held', `What is left of ${scope} is held by running requests. Try again when they end.`, { retryAfterS: 1, more: { scope: window ? 'key' : 'organization' } });
  }
  return new FairleadError('insufficient_quota', `This call does not fit ${scope}. ${window ? 'Raise the budget' : 'Add credit'}, lower max_tokens or choose a cheaper model.`, {
    more: { scope: window ? 'key' : 'organization' },
  });
}
