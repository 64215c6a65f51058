import { formatUsd } from '@/lib/kernel/money';

export interface Forecast {
  /** What the window comes to at the pace so far; null where a pace says nothing yet, or where the window has no end. */
  endUsd: string | null;
  /** When the limit is reached at that pace; null when it is not before the window ends. */
  runsOutAt: string | null;
}

/** A pace out of less than this says nothing. */
const MIN_MS = { day: 30 * 60_000, week: 6 * 3_600_000, month: 6 * 3_600_000, total: 6 * 3_600_000 } as const;
/** A limit that is reached later than this is not worth a date. */
const HORIZON_MS = 365 * 86_400_000;

/** Spend so far stretched over the rest of a window. `sinceMs`: when counting began, the window's start or the first call in it. */
export function forecast(window: {
  spent: bigint;
  limit: bigint;
  period: keyof typeof MIN_MS;
  sinceMs: number;
  endMs: number | null;
  nowMs: number;
}): Forecast {
  const { spent, limit, period, sinceMs, endMs, nowMs } = window;
  const elapsedMs = nowMs - sinceMs;
  if (elapsedMs < MIN_MS[period] || spent <= 0n) return { endUsd: null, runsOutAt: null };
  const endUsd = endMs === null ? null : formatUsd(spent + (spent * BigInt(Math.max(0, endMs - nowMs))) / BigInt(elapsedMs));
  if (spent >= limit) return { endUsd, runsOutAt: null };
  const leftMs = Number(((limit - spent) * BigInt(elapsedMs)) / spent);
  const isBefore = leftMs < HORIZON_MS && (endMs === null || nowMs + leftMs < endMs);
  return { endUsd, runsOutAt: isBefore ? new Date(nowMs + leftMs).toISOString() : null };
}
