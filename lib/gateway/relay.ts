import { safetyName } from '@/lib/policy';
import type { EncodedRequest, UpstreamFault, WireCall } from '@/lib/providers/contract';
import { type SafetyField, withSafetyIdentifier } from '@/lib/providers/safety-identifier';
import type { AnswerContext } from '@/lib/surfaces';
import type { AttemptLimits } from './deadlines';
import type { AttemptRun } from './stages/attempt';
import type { Outcome, Planned } from './types';

/** What both relays do alike. */

/** The request as the target of an attempt takes it; what had to change is noted on the run. Throws when its dialect cannot say it. */
export function encodeFor(planned: Planned, run: AttemptRun): EncodedRequest {
  const { model, carried } = run.candidate;
  const encoded = model.provider.dialect.encode(namedCall(planned, model.provider.adapter.safety, carried.call), {
    upstreamModel: model.upstreamModel,
    quirks: model.provider.adapter.quirks ?? {},
    outputLimit: planned.clampedTo ?? undefined,
    maxOutputTokens: model.maxOutputTokens,
  });
  run.notes = encoded.notes ? [...carried.notes, ...encoded.notes] : carried.notes;
  return encoded;
}

/** The call with the hashed name of its tenant, where the provider takes one and the operator sends it. */
function namedCall({ policy, caller }: Planned, field: SafetyField | undefined, call: WireCall): WireCall {
  const { safetySalt } = policy;
  if (field === undefined || safetySalt === null) return call;
  return withSafetyIdentifier(call, field, (own) => safetyName(safetySalt, caller.org.id, own));
}

/** What the surface's writer needs to know of the call. */
export function answerContext(planned: Planned, { candidate }: AttemptRun): AnswerContext {
  return {
    requestId: planned.requestId,
    model: candidate.model.id,
    createdAtS: Math.floor(planned.receivedAtMs / 1_000),
    call: planned.call,
    native: candidate.carried.native,
  };
}

export function failed(fault: UpstreamFault): Outcome {
  return { kind: 'failed', fault, answer: null };
}

/** The deadlines of an attempt: its target's own, the total one bounded by what the route has left. */
export function attemptLimits(planned: Planned, { candidate }: AttemptRun, startedAt: number): AttemptLimits {
  const limits = { ...candidate.model.provider.timeouts, ...candidate.target.timeouts };
  return { ...limits, totalMs: Math.min(limits.totalMs, planned.deadlineAt - startedAt) };
}

/** The same for an answer that comes whole: nothing of it shows before all of it is made, so only a limit that somebody set ends the wait early. */
export function wholeLimits(planned: Planned, run: AttemptRun, startedAt: number): AttemptLimits {
  const { target, model } = run.candidate;
  const limits = attemptLimits(planned, run, startedAt);
  const isSet = target.timeouts.firstTokenMs !== undefined || model.provider.hasOwnFirstToken;
  return { ...limits, firstTokenMs: isSet ? Math.max(limits.firstTokenMs, limits.idleMs) : Math.max(limits.firstTokenMs, DEFAULT_WHOLE_MS) };
}

/** As long as a proxy of a provider commonly waits for a whole answer. */
const DEFAULT_WHOLE_MS = 300_000;

/** This process may no longer spend (its leases ran out or were swept): the call ends, and nobody else can take it over. */
export const LEASES_LOST: UpstreamFault = { kind: 'server', retry: 'never', message: 'the ledger lost its leases', code: 'ledger_unavailable' };
