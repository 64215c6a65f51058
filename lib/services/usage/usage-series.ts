import { bucketNames, type TimeSpan } from '@/lib/format/time-range';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { Prisma, type Tx, withOrg } from '@/lib/store';
import type { UsageGroup } from './usage-groups';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';
import { addRows, GROUP_COLUMN, SUMS, type SumsRow, toSums, type UsageSums, usageFrom } from './usage-sums';

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

/** Usage over time per model, key, alias, provider, member, tag or end user. Days are the organization's own. */
export async function usageSeries({ ctx, input }: { ctx: Ctx; input: UsageQuery }): Promise<UsageSeries> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, (tx) => readUsageSeries(tx, ctx.orgId, input));
}

/** The series inside a transaction that is scoped to `orgId` already; of every organization, by days in UTC, where it is null. */
export async function readUsageSeries(tx: Tx, orgId: string | null, query: UsageQuery): Promise<UsageSeries> {
  const timeZone = await readTimeZone(tx, orgId);
  const { span, previous, interval } = usageSpan(query, timeZone, Date.now());
  const read = (during: TimeSpan): Promise<BucketRow[]> => {
    const shape = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
    return tx.$queryRaw<BucketRow[]>`
      SELECT to_char(u.bucket AT TIME ZONE ${timeZone}, ${shape}) AS bucket, ${GROUP_COLUMN[query.group]} AS id, ${SUMS}
      FROM ${usageFrom(orgId, query, during)} GROUP BY 1, 2`;
  };
  /** A call counts under each of its tags, and under no end user where it names none: sums of all are read by themselves. */
  const labelled = query.group === 'tag' || query.group === 'end_user';
  const readAll = (during: TimeSpan): Promise<SumsRow[]> =>
    tx.$queryRaw<SumsRow[]>`SELECT ${SUMS} FROM ${usageFrom(orgId, { ...query, group: undefined }, during)}`;
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
    totals: toSums(addRows(labelled ? await readAll(span) : now)),
    previous: toSums(addRows(labelled ? await readAll(previous) : before)),
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
  const named = ids.filter((id) => id !== '');
  if (named.length === 0) return new Map();
  const list = Prisma.join(named);
  const read = (sql: Prisma.Sql) => tx.$queryRaw<{ id: string; label: string | null }[]>(sql);
  const rows =
    group === 'key'
      ? await read(Prisma.sql`SELECT id, name AS label FROM api_key WHERE id IN (${list})`)
      : group === 'provider'
        ? await read(Prisma.sql`SELECT id, label FROM provider WHERE id IN (${list})`)
        : group === 'member'
          ? await read(Prisma.sql`SELECT id, coalesce(nullif(name, ''), email) AS label FROM app_user WHERE id IN (${list})`)
          : [];
  return new Map(rows.map((row) => [row.id, row.label ?? row.id]));
}
