import { bucketNames, resolveRange } from '@/lib/format/time-range';
import { formatUsd } from '@/lib/kernel/money';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';
import { type Attention, readAttention } from './attention';
import { type ProviderHealth, readProviderHealth } from './provider-health';
import { readTraffic, type Traffic } from './read-traffic';

export interface OperatorSums {
  /** What tenants were charged. */
  revenue_usd: string;
  /** What the providers charge us. */
  cost_usd: string;
  margin_usd: string;
  requests: number;
  errors: number;
}

export interface Percentiles {
  p50: number;
  p99: number;
}

export interface OperatorOverview {
  /** Since the first of the month, UTC. Demo models and sample data count nowhere on this page. */
  month: OperatorSums;
  /** The last thirty days, a bucket each, "2026-11-25". */
  days: string[];
  daily: OperatorSums[];
  organizations: { all: number; active: number };
  /** Of the calls answered in the last 24 hours, in milliseconds; null when there was none. */
  latency: { calls: number; gateway: Percentiles; upstream: Percentiles } | null;
  traffic: Traffic;
  providers: ProviderHealth[];
  attention: Attention[];
}

interface SumRow {
  day: string;
  revenue: bigint;
  cost: bigint;
  requests: bigint;
  errors: bigint;
}

/** Money, traffic and health of the whole installation, as its operator sees them first. */
export async function readOverview(_args: { ctx: OperatorCtx }): Promise<OperatorOverview> {
  return asSystem(async (tx) => {
    const span = resolveRange('30d', Date.now(), 'UTC');
    const month = resolveRange('month', Date.now(), 'UTC');
    const byDay = new Map((await sumByDay(tx, span.from)).map((row) => [row.day, row]));
    const inMonth = (await sumByDay(tx, month.from)).reduce(add, NOTHING);
    const days = bucketNames(span, 'day', 'UTC');
    const [organizations] = await tx.$queryRaw<{ all: bigint; active: bigint }[]>`
      SELECT (SELECT count(*) FROM organization) AS all, (SELECT count(DISTINCT org_id) FROM usage_rollup WHERE bucket >= ${span.from}) AS active`;
    return {
      month: toSums(inMonth),
      days,
      daily: days.map((day) => toSums(byDay.get(day) ?? NOTHING)),
      organizations: { all: Number(organizations?.all ?? 0), active: Number(organizations?.active ?? 0) },
      latency: await readLatency(tx),
      traffic: await readTraffic(tx),
      providers: await readProviderHealth(tx),
      attention: await readAttention(tx),
    };
  });
}

const NOTHING: SumRow = { day: '', revenue: 0n, cost: 0n, requests: 0n, errors: 0n };

function add(a: SumRow, b: SumRow): SumRow {
  return { day: '', revenue: a.revenue + b.revenue, cost: a.cost + b.cost, requests: a.requests + b.requests, errors: a.errors + b.errors };
}

function sumByDay(tx: Tx, from: Date): Promise<SumRow[]> {
  return tx.$queryRaw<SumRow[]>`
    SELECT to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(cost_nano)::bigint AS revenue, sum(provider_cost_nano)::bigint AS cost,
      sum(requests)::bigint AS requests, coalesce(sum(requests) FILTER (WHERE status IN ('refused', 'failed', 'interrupted')), 0)::bigint AS errors
    FROM usage_rollup WHERE bucket >= ${from} AND provider_id NOT IN (SELECT id FROM provider WHERE adapter = 'demo')
    GROUP BY 1`;
}

function toSums({ revenue, cost, requests, errors }: SumRow): OperatorSums {
  return { revenue_usd: formatUsd(revenue), cost_usd: formatUsd(cost), margin_usd: formatUsd(revenue - cost), requests: Number(requests), errors: Number(errors) };
}

/** The gateway's own time apart from the time spent waiting for providers: only the first is ours to mend. */
async function readLatency(tx: Tx): Promise<OperatorOverview['latency']> {
  const [row] = await tx.$queryRaw<{ calls: bigint; gateway: number[] | null; upstream: number[] | null }[]>`
    SELECT count(*) AS calls, percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY gateway_ms) AS gateway,
      percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY greatest(duration_ms - gateway_ms, 0)) AS upstream
    FROM logs.request
    WHERE day >= (now() - interval '24 hours')::date AND created_at > now() - interval '24 hours'
      AND status IN ('completed', 'truncated') AND gateway_ms IS NOT NULL AND NOT sample`;
  if (!row?.gateway || !row.upstream) return null;
  const pair = ([p50 = 0, p99 = 0]: number[]): Percentiles => ({ p50, p99 });
  return { calls: Number(row.calls), gateway: pair(row.gateway), upstream: pair(row.upstream) };
}
