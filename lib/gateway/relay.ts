import type { EncodedRequest, RequestNote, UpstreamFault } from '@/lib/providers/contract';
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

const MAX_MAPPED = 2_000;

/** What was asked and reaches the target in another form: `x-fairlead-mapped`, in characters a header may hold. */
export function mappedHeaders({ candidate }: AttemptRun, encoded: EncodedRequest | null): Record<string, string> {
  const notes: RequestNote[] = [...candidate.carried.notes, ...(encoded?.notes ?? [])];
  if (notes.length === 0) return {};
  const text = notes.map(({ param, did }) => `${param}=${did}`).join('; ');
  return { 'x-fairlead-mapped': text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_MAPPED) };
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

/** A deadline that passed, as a fault. Only the total one leaves no time for another target. */
export function deadlineFault(kind: 'first_token_timeout' | 'idle_timeout' | 'total_timeout'): UpstreamFault {
  return { kind, retry: kind === 'total_timeout' ? 'never' : 'next', message: `no answer within the ${kind.replace('_timeout', '').replace('_', ' ')} deadline` };
}
