import type { Tx } from '@/lib/store';

/** Rates out of fewer calls say nothing. */
export const MIN_REQUESTS = 20;

/** What an organization spent in the last minutes, nano-USD, out of the ledger's charges. */
export async function readSpend(tx: Tx, orgId: string, since: Date): Promise<bigint> {
  const [row] = await tx.$queryRaw<{ spent: bigint }[]>`
    SELECT coalesce(sum(cost_nano), 0)::bigint AS spent FROM usage_rollup WHERE org_id = ${orgId} AND bucket >= ${floorToQuarter(since)} AND NOT EXISTS (
      SELECT FROM provider p WHERE p.id = provider_id AND p.adapter = 'demo')`;
  return row?.spent ?? 0n;
}

export interface CallMeasures {
  requests: number;
  /** Failed for reasons that are not the caller's: of the provider or of the gateway. */
  failed: number;
  /** 95th percentile of the whole duration; null without a finished call. */
  p95Ms: number | null;
}

/** The calls of the last minutes, out of the logs. */
export async function readCalls(tx: Tx, orgId: string, since: Date, sinceId: string): Promise<CallMeasures> {
  const [row] = await tx.$queryRaw<{ requests: bigint; failed: bigint; p95: number | null }[]>`
    SELECT count(*) FILTER (WHERE status <> 'running') AS requests,
      count(*) FILTER (WHERE status IN ('failed', 'interrupted')) AS failed,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE status = 'completed') AS p95
    FROM logs.request WHERE org_id = ${orgId} AND id >= ${sinceId} AND created_at >= ${since} AND NOT sample`;
  return { requests: Number(row?.requests ?? 0), failed: Number(row?.failed ?? 0), p95Ms: row?.p95 == null ? null : Math.round(row.p95) };
}

/** Roll-ups are kept by quarters of an hour. */
function floorToQuarter(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 900_000) * 900_000);
}
