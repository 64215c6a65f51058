import { formatUsd } from '@/lib/kernel/money';
import type { RateHeaders } from '@/lib/limits';
import type { RequestNote } from '@/lib/providers/contract';
import type { AttemptRun } from './stages/attempt';
import type { Planned, Settled } from './types';

/** x-ratelimit-* in OpenAI's form; a limit that does not exist has no header. */
export function rateLimitHeaders(rates: RateHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  if (rates.limitRequests !== null) {
    headers['x-ratelimit-limit-requests'] = String(rates.limitRequests);
    headers['x-ratelimit-remaining-requests'] = String(rates.remainingRequests ?? 0);
    headers['x-ratelimit-reset-requests'] = formatReset(rates.resetRequestsMs ?? 0);
  }
  if (rates.limitTokens !== null) {
    headers['x-ratelimit-limit-tokens'] = String(rates.limitTokens);
    headers['x-ratelimit-remaining-tokens'] = String(rates.remainingTokens ?? 0);
    headers['x-ratelimit-reset-tokens'] = formatReset(rates.resetTokensMs ?? 0);
  }
  return headers;
}

/** Headers of a stream whose first keep-alive leaves before anybody answered: what is known of the call alone. */
export function earlyHeaders(planned: Planned): Record<string, string> {
  return {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': planned.requestId,
    ...(planned.surface === 'messages' ? { 'request-id': planned.requestId } : null),
    ...(planned.alias ? { 'x-fairlead-alias': planned.alias.name } : null),
    ...rateLimitHeaders(planned.slot.headers),
  };
}

/** Headers of an answer. `settled` is known before the head for whole answers only; a stream carries its cost in the usage chunk. */
export function answerHeaders(planned: Planned, { candidate, notes, held }: Pick<AttemptRun, 'candidate' | 'notes' | 'held'>, attempts: number, nowMs: number, settled: Settled | null): Record<string, string> {
  const elapsed = Math.max(0, Math.round(nowMs - planned.startedAt));
  const headers: Record<string, string> = {
    'content-type': settled ? 'application/json' : 'text/event-stream; charset=utf-8',
    'cache-control': settled ? 'no-store' : 'no-cache, no-transform',
    'x-request-id': planned.requestId,
    'x-fairlead-model': candidate.model.id,
    'x-fairlead-provider': candidate.model.provider.id,
    'x-fairlead-attempts': String(attempts),
    'openai-processing-ms': String(elapsed),
    ...rateLimitHeaders(planned.slot.headers),
  };
  if (planned.surface === 'messages') headers['request-id'] = planned.requestId;
  if (planned.alias) headers['x-fairlead-alias'] = planned.alias.name;
  if (notes.length > 0) headers['x-fairlead-mapped'] = mappedHeader(notes);
  if (held !== null) headers['x-fairlead-stream-recovery'] = held;
  if (planned.clampedTo !== null) headers['x-fairlead-clamped'] = `max_tokens=${planned.clampedTo}`;
  if (settled) {
    headers['x-fairlead-cost-usd'] = formatUsd(settled.charge);
    headers['server-timing'] = `gateway;dur=${settled.gatewayMs.toFixed(1)}, upstream;dur=${Math.max(0, settled.durationMs - settled.gatewayMs).toFixed(1)}`;
  } else {
    headers['x-accel-buffering'] = 'no';
    // A stream's head leaves with its first content: what the stages did not take until then was the upstream's.
    const gatewayMs = stagesMs(planned);
    headers['server-timing'] = `gateway;dur=${gatewayMs.toFixed(1)}, upstream;dur=${Math.max(0, nowMs - planned.startedAt - gatewayMs).toFixed(1)}`;
  }
  return headers;
}

/** Time our own stages took before dispatch. */
export function stagesMs({ timings }: Pick<Planned, 'timings'>): number {
  return timings.auth + timings.policy + timings.limits + timings.hold;
}

/** Field names come from the client, so only what a header may hold is repeated. */
function mappedHeader(notes: readonly RequestNote[]): string {
  const text = notes.map(({ param, did }) => `${param}: ${did}`).join('; ');
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 1_000);
}

function formatReset(ms: number): string {
  if (ms < 1_000) return `${Math.ceil(ms)}ms`;
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
