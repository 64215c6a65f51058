import { ceiling } from '@/lib/catalog';
import { FairleadError } from '@/lib/kernel/errors';
import { type Money, nano } from '@/lib/kernel/money';
import { DEFAULT_OUTPUT_BOUND, findUnboundedCostField, inputBoundOf, outputBoundOf, outputLimitOf, unitsBoundOf } from '@/lib/wire';
import type { Admitted, Candidate } from './types';

/** A clamped output below this many tokens would be an answer nobody can use. */
const MIN_CLAMPED_OUTPUT = 256;
/** What the model's own output limit counts for when headroom is tight (architecture §4). */
const TIGHT_OUTPUT = 4_096;
/** The demo provider generates at most this much (contract §8). */
const DEMO_OUTPUT = 2_000;

export interface CostBound {
  amount: Money;
  /** Output tokens that the amount covers; null: as many as the client and the model allow. */
  output: number | null;
  /** The amount covers the beginning of a stream, which has to extend it: nothing limits the upstream. */
  extends?: true;
}

/**
 * What a call can cost at most, and smaller amounts it may run with where that does not fit. The dearest candidate counts,
 * since a fallback may be the one that answers. Throws `model_unpriced`, `unsupported_parameter`.
 */
export function boundCost(admitted: Admitted): CostBound[] {
  const { candidates } = admitted;
  refuseUnbounded(candidates);
  const demo = candidates[0].model.provider.demo;
  // Where nobody says how long an answer may be, the bound of the hold is what the upstream is told.
  const unbounded = candidates.some(({ model, carried }) => outputLimitOf(carried.call) === null && model.maxOutputTokens === null && model.kind === 'chat');
  const most = demo ? DEMO_OUTPUT : unbounded ? DEFAULT_OUTPUT_BOUND : null;
  // Sold below cost, a call has to fit the operator's own budgets too.
  const by = admitted.policy.operatorBudgets && admitted.plan.markupPpm < 0n ? 'providerCard' : 'card';
  const inputs = inputsOf(candidates);
  const bounds: CostBound[] = [{ amount: costOf(candidates, most, by, inputs), output: most }];
  if (demo || candidates[0].model.kind !== 'chat') return bounds;
  // A stream without a limit of its own may begin with less and end where its hold does.
  const streams = admitted.call.stream && candidates.every(({ carried }) => outputLimitOf(carried.call) === null);
  if (!streams && !candidates.every(({ carried }) => mayClamp(carried.call.body))) return bounds;
  for (const output of [TIGHT_OUTPUT, 1_024, MIN_CLAMPED_OUTPUT]) {
    const amount = costOf(candidates, output, by, inputs);
    if (amount < (bounds[bounds.length - 1] as CostBound).amount) bounds.push(streams ? { amount, output, extends: true } : { amount, output });
  }
  return bounds;
}

/** The cost of the whole input and of `output` tokens, or of as many as the call and the model allow. */
export function costOf(candidates: readonly Candidate[], output: number | null, by: 'card' | 'providerCard' = 'card', inputs = inputsOf(candidates)): Money {
  let most = nano(0n);
  for (const [index, candidate] of candidates.entries()) {
    const { model, carried } = candidate;
    const card = candidate[by];
    if (!card) throw new FairleadError('model_unpriced', `The model \`${model.id}\` has no price, and a dollar limit applies to this key.`, { param: 'model' });
    const own = outputBoundOf(carried.call, { maxOutputTokens: model.provider.demo ? DEMO_OUTPUT : model.maxOutputTokens });
    const amount = ceiling(inputs[index] as number, output === null ? own : Math.min(own, output), card, unitsBoundOf(carried.call));
    if (amount > most) most = amount;
  }
  return most;
}

/** Input tokens of the call at each candidate at most: reading a long prompt once for all amounts. */
function inputsOf(candidates: readonly Candidate[]): number[] {
  return candidates.map(({ model, carried }) => inputBoundOf(carried.call, model.contextWindow));
}

function refuseUnbounded(candidates: readonly Candidate[]): void {
  const cover = { cacheWrite1h: candidates.every(({ card }) => card?.pricesCacheWrite1h) };
  for (const call of new Set(candidates.map(({ carried }) => carried.call))) {
    const field = findUnboundedCostField(call.body, cover);
    if (field) throw new FairleadError('unsupported_parameter', `\`${field.param}\` can add cost that the price card cannot bound, and a dollar limit applies to this key.`, { param: field.param });
  }
}

/** Only a call that set no limit of its own and asked for nothing that a short answer would break. */
function mayClamp(body: Readonly<Record<string, unknown>>): boolean {
  return ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'text', 'tools', 'functions', 'response_format', 'reasoning_effort', 'reasoning', 'thinking', 'enable_thinking'].every((field) => body[field] === undefined || body[field] === null);
}
