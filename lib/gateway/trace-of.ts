import type { AttemptRow } from '@/lib/ledger';
import { headerOf } from './exchange';
import type { Reached } from './stages/refuse';
import type { CallTrace } from './traces';

/** A finished call as its trace tells it, from as far as the call got. */
export function traceOf(
  reached: Reached,
  ended: { durationMs: number; status: string; provider: string; inputTokens: number; outputTokens: number },
  errorCode: string | null,
  attempts: readonly AttemptRow[],
): CallTrace {
  return {
    requestId: reached.requestId,
    surface: reached.surface,
    traceparent: headerOf(reached.exchange, 'traceparent'),
    startedAtMs: reached.receivedAtMs,
    durationMs: ended.durationMs,
    status: ended.status,
    errorCode,
    org: 'caller' in reached ? reached.caller.org.id : null,
    alias: 'alias' in reached ? (reached.alias?.name ?? null) : null,
    requestedModel: 'requestedModel' in reached ? reached.requestedModel : null,
    model: attempts[attempts.length - 1]?.model_id ?? null,
    provider: ended.provider || (attempts[attempts.length - 1]?.provider_id ?? null),
    inputTokens: ended.inputTokens,
    outputTokens: ended.outputTokens,
    attempts,
  };
}
