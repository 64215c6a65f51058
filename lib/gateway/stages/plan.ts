import type { GatewayDeps } from '../deps';
import type { AttemptPlan, Candidate, NonEmpty, Planned, Reserved } from '../types';

/** Orders the attempts: each candidate with its retries, in the order of the alias's strategy. */
export function plan(deps: GatewayDeps, reserved: Reserved): Planned {
  const ordered = orderCandidates(reserved);
  const attempts: AttemptPlan[] = ordered.flatMap((candidate, position) =>
    Array.from({ length: candidate.target.retries + 1 }, (_, attempt): AttemptPlan => ({
      candidate,
      reason: attempt > 0 ? 'retry' : position === 0 ? 'primary' : 'fallback',
    })),
  );
  const totalMs = Math.max(...ordered.map(({ target, model }) => target.timeouts.totalMs ?? model.provider.timeouts.totalMs));
  return { ...reserved, attempts: attempts as NonEmpty<AttemptPlan>, deadlineAt: deps.clock.monotonic() + totalMs };
}

function orderCandidates({ alias, candidates }: Reserved): Candidate[] {
  if (!alias || candidates.length === 1) return candidates;
  if (alias.strategy === 'weighted') return byWeight(candidates);
  if (alias.strategy === 'cheapest') {
    return [...candidates].sort((a, b) => Number((a.card?.outputRate ?? 0n) - (b.card?.outputRate ?? 0n)));
  }
  return candidates;
}

/** Draws by weight without replacement, so that what remains is the fallback order. */
function byWeight(candidates: readonly Candidate[]): Candidate[] {
  const rest = [...candidates];
  const drawn: Candidate[] = [];
  while (rest.length > 0) {
    let ticket = Math.random() * rest.reduce((sum, { target }) => sum + target.weight, 0);
    const index = rest.findIndex(({ target }) => (ticket -= target.weight) < 0);
    drawn.push(...rest.splice(index === -1 ? 0 : index, 1));
  }
  return drawn;
}
