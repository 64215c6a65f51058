import { type Money, nano, ZERO } from '@/lib/kernel/money';
import type { Usage, UsageUnits } from '@/lib/kernel/usage';
import { type CompiledCard, divideUp, type Rates } from './card';
import { isInside } from './window';

const MILLION = 1_000_000n;

export type CostItem =
  | 'input'
  | 'cached_input'
  | 'cache_write'
  | 'cache_write_1h'
  | 'output'
  | 'reasoning'
  | 'request'
  | 'audio_input'
  | 'audio_output'
  | 'image'
  | 'audio_second'
  | 'character';

/** One factor of a cost: `tokens` × `rate` per million. A request, an image and a second count as one token of their price times a million. */
export interface CostLine {
  item: CostItem;
  tokens: number;
  rate: Money;
  amount: Money;
}

export interface Price {
  total: Money;
  /** Their amounts add up to `total` exactly. */
  lines: CostLine[];
}

/**
 * What a call costs: Σ tokens × rate, divided once by a million and rounded up once to a whole nano-dollar. Each line
 * shows its own share rounded down; the nano-dollars this leaves over go to the lines with the largest remainders.
 */
export function price(usage: Usage, card: CompiledCard, nowMs: number): Price {
  const lines = linesOf(usage, ratesFor(card, usage, nowMs));
  let sum = 0n;
  for (const line of lines) sum += BigInt(line.tokens) * line.rate;
  const total = nano(divideUp(sum, MILLION));
  spread(lines, total);
  return { total, lines };
}

/**
 * The most a call can cost, whatever tier, hour or mix of cached and fresh tokens it ends up with, when it reads at
 * most `inputBound` tokens, writes at most `outputBound` and is counted at most `units` beside them.
 */
export function ceiling(inputBound: number, outputBound: number, card: CompiledCard, units: UsageUnits = {}): Money {
  let most: bigint = 0n;
  for (const tier of card.tiers) {
    const input = tier.maxInput === null ? inputBound : Math.min(inputBound, tier.maxInput);
    const output = tier.maxOutput === null ? outputBound : Math.min(outputBound, tier.maxOutput);
    const amount = dearest(input, output, tier.rates, units);
    if (amount > most) most = amount;
    // A tier that takes every call of this size, at any hour, leaves nothing for the ones after it.
    if (tier.windows === null && input === inputBound && output === outputBound) return nano(most);
  }
  const amount = dearest(inputBound, outputBound, card.rates, units);
  return nano(amount > most ? amount : most);
}

/** No provider writes a prompt cache below this size, so short prompts are bounded without the dearer write rate. */
const SMALLEST_CACHED_PROMPT = 512;

function dearest(input: number, output: number, rates: Rates, units: UsageUnits): bigint {
  let inputRate: bigint = rates.input > rates.cachedInput ? rates.input : rates.cachedInput;
  if (rates.audioInput !== null && rates.audioInput > inputRate) inputRate = rates.audioInput;
  if (input >= SMALLEST_CACHED_PROMPT) {
    if (rates.cacheWrite > inputRate) inputRate = rates.cacheWrite;
    if (rates.cacheWrite1h > inputRate) inputRate = rates.cacheWrite1h;
  }
  let outputRate: bigint = rates.reasoning !== null && rates.reasoning > rates.output ? rates.reasoning : rates.output;
  if (rates.audioOutput !== null && rates.audioOutput > outputRate) outputRate = rates.audioOutput;
  let sum = BigInt(input) * inputRate + BigInt(output) * outputRate + BigInt(units.characters ?? 0) * (rates.character ?? 0n);
  sum += (BigInt(units.images ?? 0) * (rates.image ?? 0n) + BigInt(units.seconds ?? 0) * (rates.second ?? 0n)) * MILLION;
  return divideUp(sum, MILLION) + rates.request;
}

function ratesFor(card: CompiledCard, usage: Usage, nowMs: number): Rates {
  for (const tier of card.tiers) {
    if (tier.maxInput !== null && usage.input > tier.maxInput) continue;
    if (tier.maxOutput !== null && usage.output > tier.maxOutput) continue;
    if (tier.windows !== null && !isInside(tier.windows, nowMs)) continue;
    return tier.rates;
  }
  return card.rates;
}

function linesOf(usage: Usage, rates: Rates): CostLine[] {
  const lines: CostLine[] = [];
  const add = (item: CostItem, tokens: number, rate: bigint): void => {
    if (tokens > 0) lines.push({ item, tokens, rate: nano(rate), amount: ZERO });
  };
  const { units = {} } = usage;
  const fresh = usage.input - usage.cacheRead - usage.cacheWrite;
  // The provider says how much of the prompt was audio, not how much of the audio was cached: at most what was fresh.
  const heard = rates.audioInput === null ? 0 : Math.min(units.audioInput ?? 0, fresh);
  add('input', fresh - heard, rates.input);
  add('audio_input', heard, rates.audioInput ?? 0n);
  add('cached_input', usage.cacheRead, rates.cachedInput);
  add('cache_write', usage.cacheWrite - usage.cacheWrite1h, rates.cacheWrite);
  add('cache_write_1h', usage.cacheWrite1h, rates.cacheWrite1h);
  const apart = rates.reasoning === null ? 0 : (usage.reasoning ?? 0);
  const spoken = rates.audioOutput === null ? 0 : Math.min(units.audioOutput ?? 0, usage.output - apart);
  add('output', usage.output - apart - spoken, rates.output);
  add('reasoning', apart, rates.reasoning ?? 0n);
  add('audio_output', spoken, rates.audioOutput ?? 0n);
  if (rates.image !== null) add('image', units.images ?? 0, rates.image * MILLION);
  if (rates.second !== null) add('audio_second', units.seconds ?? 0, rates.second * MILLION);
  if (rates.character !== null) add('character', units.characters ?? 0, rates.character);
  if (rates.request > 0n) add('request', 1, rates.request * MILLION);
  return lines;
}

function spread(lines: CostLine[], total: bigint): void {
  let left = total;
  for (const line of lines) {
    line.amount = nano((BigInt(line.tokens) * line.rate) / MILLION);
    left -= line.amount;
  }
  if (left === 0n) return;
  const byRemainder = [...lines].sort((a, b) => Number(remainder(b) - remainder(a)));
  for (const line of byRemainder) {
    if (left === 0n) return;
    line.amount = nano(line.amount + 1n);
    left -= 1n;
  }
}

function remainder(line: CostLine): bigint {
  return (BigInt(line.tokens) * line.rate) % MILLION;
}
