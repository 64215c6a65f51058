import { type Money, nano, ZERO } from '@/lib/kernel/money';
import type { Usage } from '@/lib/kernel/usage';
import { type CompiledCard, divideUp, type Rates } from './card';
import { isInside } from './window';

const MILLION = 1_000_000n;

export type CostItem = 'input' | 'cached_input' | 'cache_write' | 'cache_write_1h' | 'output' | 'reasoning' | 'request';

/** One factor of a cost: `tokens` × `rate` per million. A request counts as one token of its fee times a million. */
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
 * most `inputBound` tokens and writes at most `outputBound`.
 */
export function ceiling(inputBound: number, outputBound: number, card: CompiledCard): Money {
  let most: bigint = 0n;
  for (const tier of card.tiers) {
    const input = tier.maxInput === null ? inputBound : Math.min(inputBound, tier.maxInput);
    const output = tier.maxOutput === null ? outputBound : Math.min(outputBound, tier.maxOutput);
    const amount = dearest(input, output, tier.rates);
    if (amount > most) most = amount;
    // A tier that takes every call of this size, at any hour, leaves nothing for the ones after it.
    if (tier.windows === null && input === inputBound && output === outputBound) return nano(most);
  }
  const amount = dearest(inputBound, outputBound, card.rates);
  return nano(amount > most ? amount : most);
}

/** No provider writes a prompt cache below this size, so short prompts are bounded without the dearer write rate. */
const SMALLEST_CACHED_PROMPT = 512;

function dearest(input: number, output: number, rates: Rates): bigint {
  let inputRate: bigint = rates.input > rates.cachedInput ? rates.input : rates.cachedInput;
  if (input >= SMALLEST_CACHED_PROMPT) {
    if (rates.cacheWrite > inputRate) inputRate = rates.cacheWrite;
    if (rates.cacheWrite1h > inputRate) inputRate = rates.cacheWrite1h;
  }
  const outputRate = rates.reasoning !== null && rates.reasoning > rates.output ? rates.reasoning : rates.output;
  return divideUp(BigInt(input) * inputRate + BigInt(output) * outputRate, MILLION) + rates.request;
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
  add('input', usage.input - usage.cacheRead - usage.cacheWrite, rates.input);
  add('cached_input', usage.cacheRead, rates.cachedInput);
  add('cache_write', usage.cacheWrite - usage.cacheWrite1h, rates.cacheWrite);
  add('cache_write_1h', usage.cacheWrite1h, rates.cacheWrite1h);
  const apart = rates.reasoning === null ? 0 : (usage.reasoning ?? 0);
  add('output', usage.output - apart, rates.output);
  if (rates.reasoning !== null) add('reasoning', apart, rates.reasoning);
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
