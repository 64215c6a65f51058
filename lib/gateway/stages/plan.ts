import type { GatewayDeps } from '../deps';
import { learn } from '../learn';
import { orderCandidates } from '../routing';
import type { NonEmpty, Planned, Reserved } from '../types';

/** Orders the targets by the alias's strategy for this call, and sets the deadline over all attempts. */
export function plan(deps: GatewayDeps, reserved: Reserved): Planned {
  const { alias, candidates, facts, call, receivedAtMs } = reserved;
  const { latency, pins, random } = deps.routing;
  const route = orderCandidates(alias, candidates, { facts, latency, pins, stream: call.stream, nowMs: receivedAtMs, random });
  let totalMs = alias?.totalMs ?? 0;
  if (totalMs === 0) {
    for (const { target, model } of candidates) totalMs = Math.max(totalMs, target.timeouts.totalMs ?? model.provider.timeouts.totalMs);
  }
  const stickyId = alias?.sticky === 'user' ? facts.user : alias?.sticky === 'session' ? facts.session : null;
  return learn(reserved, { route: route as NonEmpty<(typeof route)[number]>, stickyId, deadlineAt: deps.clock.monotonic() + totalMs });
}
