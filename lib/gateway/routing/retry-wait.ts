import type { UpstreamFault } from '@/lib/providers/contract';

const BASE_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 2_000;
/** Where another target waits, nobody waits longer than this for the same one. */
const PATIENCE_WITH_ALTERNATIVE_MS = 3_000;
/** Where none does, an answer late is better than none. */
const PATIENCE_ALONE_MS = 20_000;

/**
 * How long to wait before the same target is asked again, or null when it is not worth it: what the provider asked for
 * within the route's remaining time, else a growing pause with jitter. `tries` counts from 1.
 */
export function retryWait(fault: Pick<UpstreamFault, 'retryAfterMs'>, tries: number, route: { remainingMs: number; hasAlternative: boolean; random(): number }): number | null {
  const asked = fault.retryAfterMs;
  const pause = Math.min(BASE_BACKOFF_MS * 2 ** (tries - 1), MAX_BACKOFF_MS);
  const backoff = pause * (0.5 + route.random() * 0.5);
  const wait = asked === undefined ? backoff : Math.max(asked, Math.min(backoff, BASE_BACKOFF_MS));
  const patience = Math.min(route.hasAlternative ? PATIENCE_WITH_ALTERNATIVE_MS : PATIENCE_ALONE_MS, route.remainingMs);
  return wait > patience ? null : wait;
}
