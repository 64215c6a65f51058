import { bucketNames, resolveRange } from '@/lib/format/time-range';
import type { Tx } from '@/lib/store';

/** The last 24 hours, hour by hour, in UTC. Sample data counts nowhere. */
export interface Traffic {
  /** "2026-11-25T14" */
  hours: string[];
  /** Calls a minute, whatever became of them. */
  perMinute: number[];
  /** The gateway's own time in milliseconds, of the calls that were answered; null in an hour without any. */
  gatewayP50: (number | null)[];
  gatewayP99: (number | null)[];
}

interface Row {
  hour: string;
  calls: bigint;
  gateway: [number, number] | null;
}

/** How much went through, and how long the gateway itself took for it. */
export async function readTraffic(tx: Tx, nowMs = Date.now()): Promise<Traffic> {
  const span = resolveRange('24h', nowMs, 'UTC');
  const rows = await tx.$queryRaw<Row[]>`
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24') AS hour, count(*) AS calls,
      percentile_cont(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY gateway_ms) FILTER (WHERE status IN ('completed', 'truncated')) AS gateway
    FROM logs.request WHERE day >= ${span.from}::date AND created_at >= ${span.from} AND NOT sample GROUP BY 1`;
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  const hours = bucketNames(span, 'hour', 'UTC');
  return {
    hours,
    perMinute: hours.map((hour) => Number(byHour.get(hour)?.calls ?? 0n) / 60),
    gatewayP50: hours.map((hour) => byHour.get(hour)?.gateway?.[0] ?? null),
    gatewayP99: hours.map((hour) => byHour.get(hour)?.gateway?.[1] ?? null),
  };
}
