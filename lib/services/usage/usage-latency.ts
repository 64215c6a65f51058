import { bucketNames } from '@/lib/format/time-range';
import { type Ctx, requireRight } from '@/lib/services/context';
import { readTimeZone } from '@/lib/services/requests/request-span';
import { tagSql } from '@/lib/services/requests/request-where';
import { Prisma, withOrg } from '@/lib/store';
import type { UsageGroup } from './usage-groups';
import type { UsageQuery } from './usage-query';
import { usageSpan } from './usage-span';

export interface Percentiles {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface LatencyPoint {
  answered: number;
  duration: Percentiles;
  ttft: Percentiles;
}

/** The answers of one model, key, alias, provider, member, tag or end user. */
export interface LatencyGroup extends LatencyPoint {
  id: string;
}

export interface UsageLatency {
  interval: 'hour' | 'day';
  buckets: string[];
  points: LatencyPoint[];
  total: LatencyPoint;
  /** By what the query groups by, most answers first. */
  groups: LatencyGroup[];
}

const GROUP_VALUE: Record<UsageGroup, Prisma.Sql> = {
  model: Prisma.sql`r.model_id`,
  key: Prisma.sql`r.key_id`,
  alias: Prisma.sql`r.alias`,
  provider: Prisma.sql`r.provider_id`,
  member: Prisma.sql`coalesce((SELECT k.created_by_id FROM api_key k WHERE k.id = r.key_id), '')`,
  tag: Prisma.sql`t.label`,
  end_user: Prisma.sql`r.user_tag`,
};
/** A call with several tags counts under each of them. */
const TAGS = Prisma.sql`CROSS JOIN LATERAL (SELECT CASE WHEN e.value = '' THEN e.key ELSE e.key || '=' || e.value END AS label FROM jsonb_each_text(r.tags) e) t`;
const MOST_GROUPS = 50;

interface LatencyRow {
  bucket: string | null;
  answered: bigint;
  duration: number[] | null;
  ttft: number[] | null;
}

/** Percentiles of answered requests. They cannot be summed, so they come from the request rows and reach back as far as those are kept. */
export async function usageLatency({ ctx, input }: { ctx: Ctx; input: UsageQuery }): Promise<UsageLatency> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.orgId);
    const { span, interval } = usageSpan(input, timeZone, Date.now());
    const shape = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
    const filters = [
      [Prisma.sql`r.model_id`, input.model],
      [Prisma.sql`r.alias`, input.alias],
      [Prisma.sql`r.provider_id`, input.provider],
      [Prisma.sql`r.key_id`, input.key_id],
      [Prisma.sql`(SELECT k.created_by_id FROM api_key k WHERE k.id = r.key_id)`, input.member],
    ] as const;
    const extra = filters.flatMap(([column, value]) => (value ? [Prisma.sql`AND ${column} IN (${Prisma.join(value.split(','))})`] : []));
    if (input.user) extra.push(Prisma.sql`AND r.user_tag = ${input.user}`);
    if (input.tag) extra.push(Prisma.sql`AND ${tagSql(input.tag)}`);
    const where = Prisma.sql`r.org_id = ${ctx.orgId} AND r.status IN ('completed', 'truncated') AND r.created_at >= ${span.from} AND r.created_at < ${span.to}
      AND r.day BETWEEN ${day(span.from)}::date AND ${day(span.to)}::date ${extra.length > 0 ? Prisma.join(extra, ' ') : Prisma.empty}`;
    const rows = await tx.$queryRaw<LatencyRow[]>`
      SELECT bucket, count(*) AS answered,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_ms) AS duration,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ttft_ms) AS ttft
      FROM (
        SELECT to_char(r.created_at AT TIME ZONE ${timeZone}, ${shape}) AS bucket, r.duration_ms, r.ttft_ms FROM logs.request r
        WHERE ${where}
      ) answered GROUP BY GROUPING SETS ((bucket), ())`;
    const groups = await tx.$queryRaw<(Omit<LatencyRow, 'bucket'> & { id: string | null })[]>`
      SELECT ${GROUP_VALUE[input.group]} AS id, count(*) AS answered,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY r.duration_ms) AS duration,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY r.ttft_ms) AS ttft
      FROM logs.request r ${input.group === 'tag' ? TAGS : Prisma.empty} WHERE ${where} GROUP BY 1 ORDER BY 2 DESC LIMIT ${MOST_GROUPS}`;
    const byBucket = new Map(rows.map((row) => [row.bucket, row]));
    const buckets = bucketNames(span, interval, timeZone);
    return { interval, buckets, points: buckets.map((bucket) => toPoint(byBucket.get(bucket))), total: toPoint(byBucket.get(null)), groups: groups.map((row) => ({ id: row.id ?? '', ...toPoint(row) })) };
  });
}

function toPoint(row: Omit<LatencyRow, 'bucket'> | undefined): LatencyPoint {
  return { answered: Number(row?.answered ?? 0), duration: toPercentiles(row?.duration), ttft: toPercentiles(row?.ttft) };
}

function toPercentiles(values: number[] | null | undefined): Percentiles {
  const [p50 = null, p95 = null, p99 = null] = values ?? [];
  return { p50, p95, p99 };
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
