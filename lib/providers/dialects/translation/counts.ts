import type { Usage } from '@/lib/kernel/usage';
import type { UsageReading } from '../openai-chat/usage';

/** No model answers with this many tokens; beyond it the number is a bug of the provider. */
const MAX_TOKENS = 100_000_000;

/** Null: not said. NaN: said, and impossible. */
export function readCount(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS ? value : Number.NaN;
}

/** Canonical usage from counts of which any may be unsaid (0) or impossible: then nothing is believed, so that it cannot become a credit. */
export function usageFrom(counts: Omit<Usage, 'units'>): UsageReading {
  const { reasoning, ...rest } = counts;
  if (Object.values(rest).some(Number.isNaN) || Number.isNaN(reasoning ?? 0)) return { usage: null, suspect: true };
  const cacheRead = Math.min(counts.cacheRead, counts.input);
  const cacheWrite = Math.min(counts.cacheWrite, counts.input - cacheRead);
  const usage: Usage = {
    input: counts.input,
    cacheRead,
    cacheWrite,
    cacheWrite1h: Math.min(counts.cacheWrite1h, cacheWrite),
    output: counts.output,
    reasoning: reasoning === null ? null : Math.min(reasoning, counts.output),
  };
  return { usage, suspect: cacheRead !== counts.cacheRead || cacheWrite !== counts.cacheWrite || (reasoning ?? 0) > counts.output };
}
