import type { FairleadError } from '@/lib/kernel/errors';
import { ERRORS } from '@/lib/kernel/errors';
import type { RequestRow } from '@/lib/ledger';
import type { GatewayDeps } from './deps';
import type { Admitted, Identified, Outcome, Permitted, Reserved, Settled } from './types';

type Known = Identified & Partial<Pick<Permitted, 'call' | 'requestedModel' | 'alias' | 'attribution' | 'leftOut'>>;

/** The row of a call that has just been let in. */
export function openRow(deps: Pick<GatewayDeps, 'processId'>, stage: Known): RequestRow {
  const { caller, plan, receivedAtMs, requestId } = stage;
  const created = new Date(receivedAtMs).toISOString();
  return {
    class: plan.retentionClass,
    day: created.slice(0, 10),
    id: requestId,
    org_id: caller.org.id,
    process_id: deps.processId,
    created_at: created,
    finished_at: null,
    status: 'running',
    http_status: null,
    finish_reason: null,
    surface: stage.surface,
    stream: stage.call?.stream ?? false,
    key_id: caller.key.id,
    key_last4: caller.key.last4,
    alias: stage.alias?.name ?? '',
    requested_model: (stage.requestedModel ?? '').replaceAll('\u0000', '').slice(0, 200),
    model_id: '',
    provider_id: '',
    user_tag: stage.attribution?.user ?? null,
    session_tag: stage.attribution?.session ?? null,
    tags: stage.attribution?.tags ?? null,
    client: stage.attribution?.client ?? null,
    input_tokens: null,
    cached_tokens: null,
    cache_write_tokens: null,
    output_tokens: null,
    reasoning_tokens: null,
    usage_source: null,
    usage_suspect: false,
    cost_nano: '0',
    provider_cost_nano: '0',
    price_card_id: null,
    cost_lines: null,
    fund: null,
    hold_nano: null,
    ttft_ms: null,
    duration_ms: null,
    gateway_ms: null,
    timings: null,
    error_code: null,
    error_message: null,
    error_source: null,
    attempt_count: 0,
    fallback: false,
    candidates_left_out: stage.leftOut && stage.leftOut.length > 0 ? stage.leftOut : null,
    clamped: null,
    simulated: false,
    sample: false,
  };
}

/** The row of a call that was refused before an upstream was asked, or failed at all of them. */
export function errorRow(deps: GatewayDeps, stage: Known | Admitted | Reserved, error: FairleadError, status: 'refused' | 'failed'): RequestRow {
  const now = deps.clock.monotonic();
  return {
    ...openRow(deps, stage),
    status,
    http_status: error.extras.as?.status ?? ERRORS[error.code].status,
    finished_at: new Date(deps.clock.now()).toISOString(),
    duration_ms: now - stage.startedAt,
    timings: { ...stage.timings },
    error_code: error.extras.as?.code ?? error.code,
    error_message: error.message.replaceAll('\u0000', '').slice(0, 2_000),
    error_source: error.extras.source ?? 'gateway',
  };
}

/** The row of a call that was answered, wholly or in part. */
export function answeredRow(
  deps: Pick<GatewayDeps, 'processId' | 'clock'>,
  stage: Reserved,
  outcome: Exclude<Outcome, { kind: 'failed' }>,
  settled: Settled,
  priced: Pick<RequestRow, 'price_card_id' | 'cost_lines'>,
  attempts: { count: number; fallback: boolean },
): RequestRow {
  const { usage, answer } = outcome;
  const fault = outcome.kind === 'truncated' ? outcome.fault : null;
  return {
    ...openRow(deps, stage),
    ...priced,
    status: outcome.kind,
    http_status: outcome.kind === 'truncated' && outcome.by === 'client' ? 499 : 200,
    finished_at: new Date(deps.clock.now()).toISOString(),
    finish_reason: outcome.kind === 'completed' ? outcome.finish : outcome.by === 'client' ? 'client_closed' : 'interrupted',
    model_id: answer.candidate.model.id,
    provider_id: answer.candidate.model.provider.id,
    input_tokens: usage.input,
    cached_tokens: usage.cacheRead,
    cache_write_tokens: usage.cacheWrite,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
    usage_source: outcome.usageSource,
    usage_suspect: outcome.usageSuspect,
    cost_nano: settled.charge.toString(),
    provider_cost_nano: settled.providerCost.toString(),
    ttft_ms: answer.ttftMs,
    duration_ms: settled.durationMs,
    gateway_ms: settled.gatewayMs,
    timings: { ...stage.timings },
    error_code: outcome.kind === 'truncated' ? (outcome.by === 'client' ? 'client_closed' : 'upstream_stream_interrupted') : null,
    error_message: fault?.message ?? null,
    error_source: outcome.kind === 'truncated' && outcome.by !== 'client' ? 'provider' : null,
    attempt_count: attempts.count,
    fallback: attempts.fallback,
    hold_nano: stage.hold.kind === 'held' ? stage.hold.ceiling.toString() : null,
    clamped: stage.clampedTo === null ? null : `max_tokens=${stage.clampedTo}`,
  };
}
