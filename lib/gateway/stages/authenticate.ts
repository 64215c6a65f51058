import { FairleadError } from '@/lib/kernel/errors';
import { hashKey, parseKey } from '@/lib/auth/api-key';
import type { Caller, CompiledPlan } from '@/lib/policy';
import { clientAddress } from '../client-address';
import type { GatewayDeps } from '../deps';
import { type Exchange, headerOf } from '../exchange';
import { learn } from '../learn';
import type { Identified, Received } from '../types';

const MAX_KEY_LENGTH = 256;

/** Finds who calls. Needs nothing of the body, so a stranger's upload is never read. Throws `invalid_api_key`. */
export async function authenticate(deps: GatewayDeps, received: Received): Promise<Identified> {
  // Asked before as well: nobody is looked up while what is known may be out of date.
  deps.policy.current();
  const caller = await identify(deps, received.exchange);
  const policy = deps.policy.current();
  const sold = policy.plans.get(caller.planId);
  if (!sold) throw new FairleadError('internal_error', undefined, { internal: `organization ${caller.org.id} is on the unknown plan ${caller.planId}` });
  deps.keyUse.note(caller.key.id, received.receivedAtMs, headerOf(received.exchange, 'user-agent'));
  received.timings.auth = deps.clock.monotonic() - received.startedAt;
  return learn(received, { caller, plan: withOwnLimits(sold, caller), policy });
}

/** The plan as this organization has it: the operator's own limits for it stand in the place of the plan's. */
function withOwnLimits(plan: CompiledPlan, { org: { limits } }: Caller): CompiledPlan {
  if (!limits) return plan;
  return { ...plan, limits: { rpm: limits.rpm ?? plan.limits.rpm, tpm: limits.tpm ?? plan.limits.tpm, concurrency: limits.concurrency ?? plan.limits.concurrency } };
}

/** The caller of an exchange: `Authorization: Bearer`, or `x-api-key`. Two different keys are refused. */
export async function identify(deps: Pick<GatewayDeps, 'policy' | 'clock' | 'trustedProxies'>, exchange: Pick<Exchange, 'headers' | 'remoteAddress'>): Promise<Caller> {
  const presented = presentedKey(exchange);
  if (presented === null) {
    throw new FairleadError('invalid_api_key', 'No API key was given. Send it as "Authorization: Bearer sk-fl-…".');
  }
  const kind = parseKey(presented);
  if (kind === null) {
    throw new FairleadError('invalid_api_key', `Incorrect API key provided: ${maskKey(presented)}. Copy it again, without quotes or spaces.`);
  }
  if (kind === 'management') {
    throw new FairleadError('invalid_api_key', 'This is a management key; it works on /api/v1 only. Use an inference key here.');
  }
  const hash = hashes.get(presented) ?? hashKey(presented);
  const caller = await deps.policy.caller(hash);
  if (!caller) throw new FairleadError('invalid_api_key', `Incorrect API key provided: ${maskKey(presented)}. It does not exist or was revoked.`);
  remember(presented, hash);
  if (caller.key.expiresAtMs !== null && caller.key.expiresAtMs <= deps.clock.now()) {
    throw new FairleadError('invalid_api_key', `The API key ${maskKey(presented)} has expired.`);
  }
  if (caller.key.allowedFrom !== null) {
    const address = clientAddress(exchange, deps.trustedProxies);
    if (!caller.key.allowedFrom.has(address)) throw new FairleadError('forbidden', `The API key ${maskKey(presented)} may not be used from ${address || 'an unknown address'}.`);
  }
  if (caller.org.suspended !== null) {
    throw new FairleadError('forbidden', `The organization is suspended${caller.org.suspended ? `: ${caller.org.suspended}` : ''}.`);
  }
  return caller;
}

/** Hashes of keys that exist and called lately: hashing a key costs as much as most stages. In memory only, as the request that brings it. */
const hashes = new Map<string, string>();
const MOST_HASHES = 2_000;

function remember(key: string, hash: string): void {
  if (hashes.has(key)) return;
  if (hashes.size >= MOST_HASHES) hashes.clear();
  hashes.set(key, hash);
}

/** The key as the client sent it, or null. Throws when two headers disagree. */
export function presentedKey(exchange: Pick<Exchange, 'headers'>): string | null {
  const authorization = headerOf(exchange, 'authorization');
  const bearer = authorization && /^bearer[ \t]+/i.test(authorization) ? authorization.replace(/^bearer[ \t]+/i, '').trim() : null;
  const apiKey = headerOf(exchange, 'x-api-key')?.trim() || null;
  if (bearer && apiKey && bearer !== apiKey) {
    throw new FairleadError('invalid_api_key', 'Two different keys were sent, in Authorization and in x-api-key. Send one.');
  }
  const key = bearer || apiKey;
  return key && key.length <= MAX_KEY_LENGTH ? key : key ? key.slice(0, MAX_KEY_LENGTH) : null;
}

/** Enough of a key to recognize it, never enough to use it. */
export function maskKey(key: string): string {
  const printable = key.replace(/[^\x21-\x7e]/g, '?');
  return printable.length <= 8 ? '…' : `${printable.slice(0, printable.startsWith('sk-fl-') ? 6 : 3)}…${printable.slice(-4)}`;
}
