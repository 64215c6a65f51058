import { resolveRange, type TimeSpan } from '@/lib/format/time-range';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { queryTerms, type RequestQuery } from './request-filters';
import { readTimeZone, requestSpan } from './request-span';
import { requestWhere } from './request-where';

export interface HistogramBar {
  /** Start of the bar. */
  at: string;
  ok: number;
  client_error: number;
  server_error: number;
}

export interface RequestHistogram {
  from: string;
  to: string;
  step_ms: number;
  bars: HistogramBar[];
  total: number;
}

const MINUTE_MS = 60_000;
const STEPS_MS = [1, 2, 5, 15, 30, 60, 180, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS);
/** Each bar can be pressed, so it is at least 24 pixels wide on a full page. */
const MAX_BARS = 36;

/** How many requests of a filter answered, were refused (4xx) or failed (5xx), over its span. */
export async function requestHistogram({ ctx, input }: { ctx: Ctx; input: RequestQuery }): Promise<RequestHistogram> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, async (tx) => {
    const timeZone = await readTimeZone(tx, ctx.orgId);
    const now = Date.now();
    const open = requestSpan(input, timeZone, now);
    const span = { from: open.from ?? resolveRange('7d', now, timeZone).from, to: open.to ?? new Date(now) };
    const stepMs = stepFor(span);
    const where = requestWhere(ctx.orgId, queryTerms(input), span);
    const rows = await tx.$queryRaw<{ at: Date; ok: bigint; client_error: bigint; server_error: bigint }[]>`
      SELECT date_bin(make_interval(secs => ${stepMs / 1_000}::float8), r.created_at, ${span.from}) AS at,
        count(*) FILTER (WHERE r.status IN ('completed', 'truncated', 'running')) AS ok,
        count(*) FILTER (WHERE r.status IN ('refused', 'failed', 'interrupted') AND coalesce(r.http_status, 500) < 500) AS client_error,
        count(*) FILTER (WHERE r.status IN ('refused', 'failed', 'interrupted') AND coalesce(r.http_status, 500) >= 500) AS server_error
      FROM logs.request r WHERE ${where} GROUP BY 1`;
    const byTime = new Map(rows.map((row) => [row.at.getTime(), row]));
    const bars: HistogramBar[] = [];
    let total = 0;
    for (let at = span.from.getTime(); at < span.to.getTime(); at += stepMs) {
      const row = byTime.get(at);
      const bar = {
        at: new Date(at).toISOString(),
        ok: Number(row?.ok ?? 0),
        client_error: Number(row?.client_error ?? 0),
        server_error: Number(row?.server_error ?? 0),
      };
      total += bar.ok + bar.client_error + bar.server_error;
      bars.push(bar);
    }
    return { from: span.from.toISOString(), to: span.to.toISOString(), step_ms: stepMs, bars, total };
  });
}

function stepFor(span: TimeSpan): number {
  const length = span.to.getTime() - span.from.getTime();
  return STEPS_MS.find((step) => length / step <= MAX_BARS) ?? Math.ceil(length / MAX_BARS / 86_400_000) * 86_400_000;
}
