import { type CompiledCard, price, scaleCard } from '@/lib/catalog';
import type { Usage, UsageUnits } from '@/lib/kernel/usage';

/** A settled call, as far as its price depends on it. Amounts are nano-USD. */
export interface RatedCall {
  createdMs: number;
  input: number;
  cached: number;
  cacheWrite: number;
  output: number;
  reasoning: number | null;
  lines: readonly { item: string; tokens: number }[];
  cost: bigint;
  providerCost: bigint;
}

export interface CorrectedCost {
  cost: bigint;
  providerCost: bigint;
}

/**
 * What a call costs under another card. The markup it was sold at is found again as the one of `markups` (parts per
 * million, the likeliest first) under which the old card gives what was charged. Null: none does, so nobody can say, and
 * the call is left alone; that is so where the charge was cut at its hold.
 */
export function correctedCost(call: RatedCall, before: CompiledCard | null, now: CompiledCard, markups: readonly bigint[]): CorrectedCost | null {
  const usage = usageOf(call);
  const under = (card: CompiledCard, markup: bigint) => price(usage, markup === 0n ? card : scaleCard(card, 1_000_000n + markup), call.createdMs).total;
  // A call without a price was sold for nothing; the markup of today is as good as any.
  const markup = before === null ? (call.cost === 0n ? markups[0] : undefined) : markups.find((candidate) => under(before, candidate) === call.cost);
  if (markup === undefined) return null;
  return { cost: under(now, markup), providerCost: under(now, 0n) };
}

const UNITS: Readonly<Record<string, keyof UsageUnits>> = { audio_input: 'audioInput', audio_output: 'audioOutput', image: 'images', audio_second: 'seconds', character: 'characters' };

/** The usage a row was priced by; what it has no column for stands in its cost lines. */
function usageOf({ input, cached, cacheWrite, output, reasoning, lines }: RatedCall): Usage {
  const units: UsageUnits = {};
  let cacheWrite1h = 0;
  for (const { item, tokens } of lines) {
    const unit = UNITS[item];
    if (unit) units[unit] = tokens;
    if (item === 'cache_write_1h') cacheWrite1h = tokens;
  }
  return { input, cacheRead: cached, cacheWrite, cacheWrite1h, output, reasoning, units };
}
