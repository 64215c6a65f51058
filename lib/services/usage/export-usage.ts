import { csvLine } from '@/lib/format/csv';
import type { Ctx } from '@/lib/services/context';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import type { UsageQuery } from './usage-query';
import { usageSeries } from './usage-series';
import type { UsageSums } from './usage-sums';

const COLUMNS: (keyof UsageSums)[] = [
  'cost_usd',
  'requests',
  'errors',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'retries',
  'fallbacks',
  'mean_duration_ms',
];

/** The usage of a view as CSV: one line per day (or hour) and model, key, alias or provider that was used in it. */
export async function* exportUsage({ ctx, input }: { ctx: Ctx; input: UsageQuery }): AsyncGenerator<string> {
  await requireFeature(ctx, 'exports');
  const series = await usageSeries({ ctx, input });
  yield csvLine([series.interval, series.group, 'name', ...COLUMNS]);
  for (const [at, bucket] of series.buckets.entries()) {
    for (const group of series.groups) {
      const sums = group.points[at];
      if (sums && sums.requests > 0) yield csvLine([bucket, group.id, group.label, ...COLUMNS.map((column) => sums[column])]);
    }
  }
}
