import type { EncodedRequest, UpstreamFault } from '@/lib/providers/contract';
import type { AnswerContext } from '@/lib/surfaces';
import type { AttemptRun } from './stages/attempt';
import type { Outcome, Planned } from './types';

/** What both relays do alike. */

/** The request as the target of an attempt takes it; what had to change is noted on the run. Throws when its dialect cannot say it. */
export function encodeFor(planned: Planned, run: AttemptRun): EncodedRequest {
  const { model, carried } = run.candidate;
  const encoded = model.provider.dialect.encode(carried.call, {
    upstreamModel: model.upstreamModel,
    quirks: model.provider.adapter.quirks ?? {},
    outputLimit: planned.clampedTo ?? undefined,
    maxOutputTokens: model.maxOutputTokens,
  });
  run.notes = encoded.notes ? [...carried.notes, ...encoded.notes] : carried.notes;
  return encoded;
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

/** A deadline that passed, as a fault. The total one of a target may still leave the route time for the next. */
export function deadlineFault(kind: 'first_token_timeout' | 'idle_timeout' | 'total_timeout'): UpstreamFault {
  return { kind, retry: 'next', message: `no answer within the ${kind.replace('_timeout', '').replace('_', ' ')} deadline` };
}

/** The deadlines of an attempt: its target's own, the total one bounded by what the route has left. */
export function attemptLimits(planned: Planned, { candidate }: AttemptRun, startedAt: number) {
  const limits = { ...candidate.model.provider.timeouts, ...candidate.target.timeouts };
  return { ...limits, totalMs: Math.min(limits.totalMs, planned.deadlineAt - startedAt) };
}

/** This process may no longer spend (its leases ran out or were swept): the call ends, and nobody else can take it over. */
export const LEASES_LOST: UpstreamFault = { kind: 'server', retry: 'never', message: 'the ledger lost its leases', code: 'ledger_unavailable' };
