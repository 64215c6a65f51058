import { inputBoundOf, outputBoundOf } from '@/lib/wire';
import type { LimitScope, ShownScopes } from '@/lib/limits';
import type { GatewayDeps } from '../deps';
import { learn } from '../learn';
import type { Admitted, Identified, Permitted } from '../types';

/** The demo provider's own limits per organization (contract §8), beside the plan's. */
const DEMO_RPM = 120;
const DEMO_CONCURRENCY = 8;
/** Bytes of prompt per token when tokens a minute are estimated at admission. */
const BYTES_PER_TOKEN = 4;

/** Counts the call against requests, tokens and concurrency of key, plan and, for demo models, the demo. Throws `rate_limit_exceeded`. */
export async function admit(deps: GatewayDeps, permitted: Permitted): Promise<Admitted> {
  const startedAt = deps.clock.monotonic();
  const { caller, plan, candidates } = permitted;
  const { call } = candidates[0].carried;
  const scopes = limitScopes(permitted);
  if (candidates[0].model.provider.demo) {
    scopes.push({ id: `demo:${caller.org.id}`, label: 'The demo provider', rpm: DEMO_RPM, tpm: null, concurrency: DEMO_CONCURRENCY });
  }
  const estimate =
    plan.limits.tpm === null && caller.key.limits.tpm === null
      ? 0
      : Math.ceil(inputBoundOf(call) / BYTES_PER_TOKEN) + Math.min(outputBoundOf(call, { maxOutputTokens: candidates[0].model.maxOutputTokens }), 1_000);
  const counted = deps.limiter.admit(scopes, estimate, shownOf(scopes));
  const slot = counted instanceof Promise ? await counted : counted;
  permitted.timings.limits = deps.clock.monotonic() - startedAt;
  return learn(permitted, { slot });
}

/** x-ratelimit-* show the key's own limit where it has one, else the plan's; requests and tokens each for themselves. */
export function shownScopes(stage: Pick<Identified, 'caller' | 'plan'>): ShownScopes {
  return shownOf(limitScopes(stage));
}

function shownOf([key, plan]: KeyAndPlan): ShownScopes {
  return { requests: key.rpm === null ? plan : key, tokens: key.tpm === null ? plan : key };
}

type KeyAndPlan = [key: LimitScope, plan: LimitScope, ...more: LimitScope[]];

function limitScopes({ caller, plan }: Pick<Identified, 'caller' | 'plan'>): KeyAndPlan {
  return [
    { id: `key:${caller.key.lineId}`, label: `The key ${caller.key.name}`, ...caller.key.limits },
    { id: `org:${caller.org.id}`, label: `The plan ${plan.name}`, ...plan.limits },
  ];
}
