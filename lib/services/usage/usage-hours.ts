import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { withOrg } from '@/lib/store';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';
import { SUMS, type SumsRow, toSums, type UsageSums, usageFrom } from './usage-sums';

/** One hour of the week, over all weeks of a span. */
export interface HourUsage extends UsageSums {
  /** 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** 0 … 23, in the organization's time zone. */
  hour: number;
}

export interface UsageHours {
  time_zone: string;
  /** Hours in which nothing was called are left out. */
  data: HourUsage[];
}

/** When in the week usage happens: sums by weekday and hour of the organization's clock. */
export async function usageHours({ ctx, input }: { ctx: Ctx; input: UsageQuery }): Promise<UsageHours> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.orgId);
    const { span } = usageSpan(input, timeZone, Date.now());
    const rows = await tx.$queryRaw<(SumsRow & { weekday: number; hour: number })[]>`
      SELECT extract(isodow FROM u.bucket AT TIME ZONE ${timeZone})::int AS weekday, extract(hour FROM u.bucket AT TIME ZONE ${timeZone})::int AS hour, ${SUMS}
      FROM ${usageFrom(ctx.orgId, { ...input, group: undefined }, span)} GROUP BY 1, 2 ORDER BY 1, 2`;
    return { time_zone: timeZone, data: rows.map((row) => ({ weekday: row.weekday, hour: row.hour, ...toSums(row) })) };
  });
}
