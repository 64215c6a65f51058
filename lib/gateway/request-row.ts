import type { FairleadError } from '@/lib/kernel/errors';
import { ERRORS } from '@/lib/kernel/errors';
import { PRESET_PREFIX } from '@/lib/kernel/preset';
import { isoTime } from '@/lib/kernel/iso-time';
import type { RequestRow } from '@/lib/ledger';
import type { GatewayDeps } from './deps';
import { interruption } from './fault-error';
import type { Admitted, Identified, Outcome, Permitted, Reserved, Settled } from './types';

type Known = Identified & Partial<Pick<Permitted, 'call' | 'requestedModel' | 'preset' | 'alias' | 'attribution' | 'leftOut'>>;

/** The row of a call that has just been let in. */
export function openRow(deps: Pick<GatewayDeps, 'processId'>, stage: Known): RequestRow {
  const { caller, plan, receivedAtMs, requestId } = stage;
  const created = isoTime(receivedAtMs);
  return {
    class: plan.retentionClass,
    day: created.slice(0, 10),
    id: requestId,
    org_id: caller.org.id,
    process_id: deps.processId,
    created_at: created,
    status: 'running',
    surface: stage.surface,
    stream: stage.call?.stream ?? false,
    key_id: caller.key.id,
    key_last4: caller.key.last4,
    alias: stage.alias?.name ?? '',
    requested_model: (stage.preset ? PRESET_PREFIX + stage.preset.name : (stage.requestedModel ?? '')).replaceAll('\u0000', '').slice(0, 200),
    model_id: '',
    provider_id: '',
    user_tag: stage.attribution?.user ?? undefined,
    session_tag: stage.attribution?.session ?? undefined,
    tags: stage.attribution?.tags ?? undefined,
    client: stage.attribution?.client ?? undefined,
    usage_suspect: false,
    cost_nano: '0',
    provider_cost_nano: '0',
    attempt_count: 0,
    fallback: false,
    candidates_left_out: stage.leftOut && stage.leftOut.length > 0 ? stage.leftOut : undefined,
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
    finished_at: isoTime(deps.clock.now()),
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
  // Assigned one by one: a spread of so many fields costs more than everything else here.
  const row = openRow(deps, stage);
  row.price_card_id = priced.price_card_id;
  row.cost_lines = priced.cost_lines;
  row.status = outcome.kind;
  row.http_status = 200;
  row.finished_at = isoTime(deps.clock.now());
  row.model_id = answer.candidate.model.id;
  row.provider_id = answer.candidate.model.provider.id;
  row.input_tokens = usage.input;
  row.cached_tokens = usage.cacheRead;
  row.cache_write_tokens = usage.cacheWrite;
  row.output_tokens = usage.output;
  row.reasoning_tokens = usage.reasoning ?? undefined;
  row.usage_source = outcome.usageSource;
  row.usage_suspect = outcome.usageSuspect;
  row.cost_nano = settled.charge.toString();
  row.provider_cost_nano = settled.providerCost.toString();
  row.ttft_ms = answer.ttftMs ?? undefined;
  row.duration_ms = settled.durationMs;
  row.gateway_ms = settled.gatewayMs;
  row.timings = stage.timings;
  row.attempt_count = attempts.count;
  row.fallback = attempts.fallback;
  if (stage.hold.kind === 'held') row.hold_nano = stage.hold.hold.amount.toString();
  if (stage.clampedTo !== null) row.clamped = `max_tokens=${stage.clampedTo}`;
  if (outcome.kind === 'completed') row.finish_reason = outcome.finish ?? undefined;
  else describeTruncation(row, outcome);
  return row;
}

function describeTruncation(row: RequestRow, { by, fault }: Extract<Outcome, { kind: 'truncated' }>): void {
  if (by === 'budget') {
    row.finish_reason = 'length';
    return;
  }
  const client = by === 'client';
  if (client) row.http_status = 499;
  row.finish_reason = client ? 'client_closed' : 'interrupted';
  const error = interruption(fault);
  row.error_code = client ? 'client_closed' : error.code;
  row.error_message = fault?.message;
  if (!client) row.error_source = error.extras.source ?? 'gateway';
}
