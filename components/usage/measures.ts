import { moneyAxis, moneyShort, moneyToNumber } from '@/lib/format/money';
import { count, countShort } from '@/lib/format/numbers';
import type { UsageSums } from '@/lib/query/types';
import type { UsageTab } from '@/lib/query/usage-view';

/** What a tab draws and how its figures are written. */
export interface Measure {
  of: (sums: UsageSums) => number;
  format: (value: number, locale: string) => string;
  axis: (value: number, locale: string) => string;
}

const counted = (of: Measure['of']): Measure => ({
  of,
  format: count,
  axis: countShort,
});

export const MEASURES: Record<Exclude<UsageTab, 'latency' | 'cache'>, Measure> = {
  // Heights only: the exact amounts stay strings in the table.
  cost: { of: (sums) => moneyToNumber(sums.cost_usd), format: (value) => moneyShort(value.toFixed(9)), axis: moneyAxis },
  tokens: counted((sums) => sums.input_tokens + sums.output_tokens),
  requests: counted((sums) => sums.requests),
  errors: counted((sums) => sums.errors),
};
