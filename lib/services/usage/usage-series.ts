import { bucketNames, type TimeSpan } from '@/lib/format/time-range';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { Prisma, type Tx, withOrg } from '@/lib/store';
import type { UsageGroup } from './usage-groups';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';
import { addRows, GROUP_COLUMN, SUMS, type SumsRow, toSums, type UsageSums, usageWhere } from './usage-sums';

export interface UsageSeriesGroup {
  /** Empty for calls without one (no alias, or refused before a model was chosen). */
  id: string;
  label: string;
  totals: UsageSums;
  previous: UsageSums;
  /** One entry per bucket of the series. */
  points: UsageSums[];
}

export interface UsageSeries {
  from: string;
  to: string;
  time_zone: string;
  interval: 'hour' | 'day';
  group: UsageGroup;
  buckets: string[];
  /** Dearest first. */
  groups: UsageSeriesGroup[];
  totals: UsageSums;
  previous: UsageSums;
  /** Sums of the previous span, bucket by bucket from its start. */
  previous_points: UsageSums[];
}

interface BucketRow extends SumsRow {
  bucket: string;
  id: string;
}

/** Usage over time per model, key, alias or provider. Days are the organization's own. */
export async function usageSeries({ ctx, input }: { ctx: Ctx; input: UsageQuery }): Promise<UsageSeries> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, (tx) => readUsageSeries(tx, ctx.orgId, input));
}

/** The series inside a transaction that is scoped to `orgId` already. */
export async function readUsageSeries(tx: Tx, orgId: string, query: UsageQuery): Promise<UsageSeries> {
  const timeZone = await readTimeZone(tx, orgId);
  const { span, previous, interval } = usageSpan(query, timeZone, Date.now());
  const read = (during: TimeSpan): Promise<BucketRow[]> => {
    const shape = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
    return tx.$queryRaw<BucketRow[]>`
      SELECT to_char(u.bucket AT TIME ZONE ${timeZone}, ${shape}) AS bucket, ${GROUP_COLUMN[query.group]} AS id, ${SUMS}
      FROM usage_rollup u WHERE ${usageWhere(orgId, query, during)} GROUP BY 1, 2`;
  };
  const now = await read(span);
  const before = await read(previous);
  const buckets = bucketNames(span, interval, timeZone);
  const beforeBuckets = bucketNames(previous, interval, timeZone);
  const labels = await readLabels(tx, query.group, [...new Set(now.map((row) => row.id))]);

  const groups = [...groupBy(now, (row) => row.id)].map(([id, rows]) => ({ id, sum: addRows(rows), rows }));
  groups.sort((a, b) => (a.sum.cost_nano === b.sum.cost_nano ? Number(b.sum.requests - a.sum.requests) : a.sum.cost_nano < b.sum.cost_nano ? 1 : -1));
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    time_zone: timeZone,
    interval,
    group: query.group,
    buckets,
    groups: groups.map(({ id, sum, rows }) => ({
      id,
      label: labels.get(id) ?? id,
      totals: toSums(sum),
      previous: toSums(addRows(before.filter((row) => row.id === id))),
      points: pointsOf(rows, buckets),
    })),
    totals: toSums(addRows(now)),
    previous: toSums(addRows(before)),
    previous_points: pointsOf(before, beforeBuckets).slice(0, buckets.length),
  };
}

function pointsOf(rows: BucketRow[], buckets: string[]): UsageSums[] {
  const byBucket = groupBy(rows, (row) => row.bucket);
  return buckets.map((bucket) => toSums(addRows(byBucket.get(bucket) ?? [])));
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

async function readLabels(tx: Tx, group: UsageGroup, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0 || group === 'alias' || group === 'model') return new Map();
  const rows =
    group === 'key'
      ? await tx.$queryRaw<{ id: string; label: string | null }[]>`SELECT id, name AS label FROM api_key WHERE id IN (${Prisma.join(ids)})`
      : await tx.$queryRaw<{ id: string; label: string | null }[]>`SELECT id, label FROM provider WHERE id IN (${Prisma.join(ids)})`;
  return new Map(rows.map((row) => [row.id, row.label ?? row.id]));
}
