import { isoTime } from '@/lib/kernel/iso-time';
import type { AttemptRow } from '@/lib/ledger';
import { upstreamUrl } from './dispatch';
import type { AttemptEnd, AttemptRun } from './stages/attempt';
import type { Candidate, Planned } from './types';

/** The row of one attempt, as it is logged. */
export function attemptRow(
  planned: Planned,
  candidate: Candidate,
  run: AttemptRun,
  why: { reason: AttemptRow['reason']; chosen: string },
  end: AttemptEnd,
  time: { startedAtMs: number; offsetMs: number; durationMs: number },
): AttemptRow {
  const { model } = candidate;
  const { outcome } = end;
  const usage = outcome.kind === 'failed' ? null : outcome.usage;
  const fault = outcome.kind === 'completed' ? null : outcome.fault;
  return {
    class: planned.plan.retentionClass,
    day: isoTime(planned.receivedAtMs).slice(0, 10),
    request_id: planned.requestId,
    index: run.index,
    org_id: planned.caller.org.id,
    started_at: isoTime(time.startedAtMs),
    model_id: model.id,
    upstream_model: model.upstreamModel,
    provider_id: model.provider.id,
    credential_last4: run.credential?.last4 ?? '',
    reason: why.reason,
    chosen: why.chosen,
    outcome: outcome.kind === 'failed' ? outcome.fault.kind : outcome.kind,
    status: end.status ?? undefined,
    provider_request_id: end.providerRequestId ?? undefined,
    connect_ms: end.connectMs ?? undefined,
    ttft_ms: end.ttftMs ?? undefined,
    duration_ms: time.durationMs,
    offset_ms: time.offsetMs,
    input_tokens: usage?.input,
    cached_tokens: usage?.cacheRead,
    output_tokens: usage?.output,
    reasoning_tokens: usage?.reasoning ?? undefined,
    cost_nano: '0',
    error_message: fault?.message,
    url: model.provider.demo ? undefined : upstreamUrl(candidate, '').toString(),
    mapped: run.notes.length > 0 ? [...run.notes] : undefined,
    bad_chunks: run.badChunks > 0 ? run.badChunks : undefined,
  };
}
