import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { withOrg } from '@/lib/store';
import { GROUP_COLUMN, SUMS, type SumsRow, toSums, type UsageSums, usageFrom } from './usage-sums';
import { usageSpan } from './usage-span';
import type { UsageGroup } from './usage-groups';
import type { UsageQuery } from './usage-query';

export interface UsageTotals {
  from: string;
  to: string;
  time_zone: string;
  totals: UsageSums;
  previous: UsageSums;
}

/** What a span cost and carried, beside the span of equal length before it. */
export async function usageTotals({ ctx, input }: { ctx: Ctx; input: UsageQuery }): Promise<UsageTotals> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.orgId);
    const { span, previous } = usageSpan(input, timeZone, Date.now());
    const read = async (during: typeof span): Promise<UsageSums> => {
      const [row] = await tx.$queryRaw<SumsRow[]>`SELECT ${SUMS} FROM ${usageFrom(ctx.orgId, { ...input, group: undefined }, during)}`;
      return toSums(row as SumsRow);
    };
    return { from: span.from.toISOString(), to: span.to.toISOString(), time_zone: timeZone, totals: await read(span), previous: await read(previous) };
  });
}

export interface UsageGroupTotals {
  data: ({ id: string } & UsageSums)[];
}

/** The same sums per model, key, alias, provider, member, tag or end user, dearest first. Several tags of a call each count it whole. */
export async function usageByGroup({ ctx, input }: { ctx: Ctx; input: UsageQuery & { group: UsageGroup } }): Promise<UsageGroupTotals> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const { span } = usageSpan(input, await readTimeZone(tx, ctx.orgId), Date.now());
    const rows = await tx.$queryRaw<({ id: string } & SumsRow)[]>`
      SELECT ${GROUP_COLUMN[input.group]} AS id, ${SUMS} FROM ${usageFrom(ctx.orgId, input, span)} GROUP BY 1 ORDER BY cost_nano DESC, requests DESC, id`;
    return { data: rows.map((row) => ({ id: row.id, ...toSums(row) })) };
  });
}
