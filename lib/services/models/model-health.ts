import { asSystem } from '@/lib/store';

/** How a model did over the last 24 hours, over all who called it. */
export interface ModelHealthJson {
  attempts: number;
  /** Share of attempts that got an answer, 0 … 1; null where nobody asked. */
  uptime: number | null;
  /** Milliseconds to the first token of answers. */
  ttft_p50_ms: number | null;
  ttft_p95_ms: number | null;
  /** Milliseconds to the end of answers. */
  duration_p50_ms: number | null;
}

const KEPT_MS = 15_000;
/** Faults that are the call's own: they say nothing about the model. */
const OWN_FAULTS = ['cancelled', 'interrupted', 'bad_request', 'context_length', 'content_filter'];

let kept: { atMs: number; health: Promise<Map<string, ModelHealthJson>> } | null = null;

/** Measured from attempts, model by model; a quarter of a minute old at most. No counts of anybody in particular. */
export function readModelHealth(nowMs = Date.now()): Promise<Map<string, ModelHealthJson>> {
  if (!kept || nowMs - kept.atMs > KEPT_MS) {
    const health = measure(nowMs);
    kept = { atMs: nowMs, health };
    health.catch(() => {
      kept = null;
    });
  }
  return kept.health;
}

async function measure(nowMs: number): Promise<Map<string, ModelHealthJson>> {
  const from = new Date(nowMs - 86_400_000);
  const rows = await asSystem(
    (tx) => tx.$queryRaw<{ model_id: string; attempts: bigint; failed: bigint; ttft: number[] | null; duration: number[] | null }[]>`
      SELECT model_id, count(*) AS attempts, count(*) FILTER (WHERE outcome NOT IN ('completed', 'truncated')) AS failed,
        percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ttft_ms) FILTER (WHERE outcome = 'completed') AS ttft,
        percentile_cont(ARRAY[0.5]) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE outcome = 'completed') AS duration
      FROM logs.attempt WHERE day >= ${from.toISOString().slice(0, 10)}::date AND started_at >= ${from} AND NOT (outcome = ANY (${OWN_FAULTS})) GROUP BY 1`,
  );
  return new Map(
    rows.map(({ model_id, attempts, failed, ttft, duration }) => [
      model_id,
      {
        attempts: Number(attempts),
        uptime: attempts > 0n ? 1 - Number(failed) / Number(attempts) : null,
        ttft_p50_ms: ttft?.[0] ?? null,
        ttft_p95_ms: ttft?.[1] ?? null,
        duration_p50_ms: duration?.[0] ?? null,
      },
    ]),
  );
}
