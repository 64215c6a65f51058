import type { Clock } from '@/lib/kernel/clock';
import type { GatewayPool } from '@/lib/store';
import { FairShare } from './fair-share';
import { Health } from './health';
import { startHealthSync } from './health-sync';
import { LatencyBook } from './latency-book';
import { RetryBudget } from './retry-budget';
import { Pins } from './stickiness';

export { CallFacts } from './call-facts';
export { missingCapability, unmetCondition } from './conditions';
export { isCredentialFault } from './breaker';
export { type PickedCredential, pickCredential } from './credentials';
export type { Admission, HealthEntry } from './health';
export { estimateCost, orderCandidates, type RouteStep } from './order';
export { retryWait } from './retry-wait';

/** What routing knows and remembers: one per process. */
export interface Routing {
  health: Health;
  /** Between organizations, where a provider's own limit is the bottleneck. */
  shares: FairShare;
  latency: LatencyBook;
  budget: RetryBudget;
  pins: Pins;
  /** Bytes of answers that are held back right now, over all streams. */
  held: { bytes: number };
  random(): number;
  stop(): Promise<void>;
}

export function startRouting(deps: { pool: GatewayPool; clock: Clock; processId: string; liveProcesses(): number; onProblem(error: unknown): void }): Routing {
  const { clock, liveProcesses } = deps;
  const health = new Health(clock, liveProcesses);
  const sync = startHealthSync({ ...deps, health });
  return {
    health,
    shares: new FairShare(() => clock.monotonic()),
    latency: new LatencyBook(),
    budget: new RetryBudget(() => clock.monotonic(), liveProcesses),
    pins: new Pins(),
    held: { bytes: 0 },
    random: Math.random,
    stop: sync.stop,
  };
}
