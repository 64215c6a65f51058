import { ERRORS, FairleadError } from '@/lib/kernel/errors';
import { ZERO } from '@/lib/kernel/money';
import type { AttemptRow } from '@/lib/ledger';
import { codecOf } from '@/lib/surfaces';
import { renderError } from '@/lib/wire';
import { bodyRows } from '../bodies';
import type { GatewayDeps } from '../deps';
import { headerOf } from '../exchange';
import { errorRow } from '../request-row';
import { rateLimitHeaders } from '../response-headers';
import type { Admitted, Called, Identified, Permitted, Planned, Received, Reserved } from '../types';
import { maskKey } from './authenticate';
import { shownScopes } from './admit';

/** Refused rate-limited calls per key and minute that get a row each; the rest are counted by the limiter only. */
const LIMITED_ROWS_PER_MINUTE = 10;
const limitedRows = new Map<string, { minute: number; rows: number }>();

export type Reached = Received | Identified | Called | Permitted | Admitted | Reserved | Planned;

/**
 * Ends a call that no upstream answered: frees what it held, writes its row where a valid key stands behind it, and
 * answers in the surface's envelope. Callers without a valid key leave a trace in the ring buffer and no row.
 */
export async function refuse(deps: GatewayDeps, stage: Reached, error: FairleadError, attempts: AttemptRow[] = []): Promise<void> {
  if ('slot' in stage) stage.slot.release('route' in stage && attempts.length > 0 ? null : 0);
  noteContact(deps, stage, error);
  if ('caller' in stage && worthARow(deps, stage, error)) {
    const reserved = 'hold' in stage;
    if (reserved) stage.stored.ended();
    const row = { ...errorRow(deps, stage, error, attempts.length > 0 ? 'failed' : 'refused'), attempt_count: attempts.length };
    const last = attempts[attempts.length - 1];
    if (last) Object.assign(row, { model_id: last.model_id, provider_id: last.provider_id, fallback: last.reason === 'fallback' });
    const close = deps.ledger.close({
      id: stage.requestId,
      org: stage.caller.org.id,
      charge: ZERO,
      hold: reserved && stage.hold.kind === 'held' ? stage.hold.hold : null,
      admittedBy: reserved ? stage.admittedBy : deps.processId,
      answeredBy: [],
      row,
      opened: reserved && stage.stored.opened,
      attempts,
      bodies: reserved ? bodyRows(stage, '') : [],
    });
    // The refusal of a call that reached a provider waits for its row, like an answer; database trouble must not block it.
    if (reserved && error.code !== 'database_unavailable' && error.code !== 'ledger_unavailable') await close;
    else close.catch(() => undefined);
  }
  answer(deps, stage, error, attempts);
}

function answer(deps: GatewayDeps, stage: Reached, error: FairleadError, attempts: AttemptRow[]): void {
  const { exchange } = stage;
  if (exchange.left) return;
  if (exchange.started) return 'call' in stage && !codecOf(stage.surface).opaque ? exchange.end(inBand(stage, error, attempts)) : exchange.destroy();
  const rendered = renderError(error, { requestId: stage.requestId, surface: stage.surface });
  const headers: Record<string, string> = { ...rendered.headers, 'x-request-id': stage.requestId };
  if ('caller' in stage) Object.assign(headers, rateLimitHeaders('slot' in stage ? stage.slot.headers : deps.limiter.headersFor(shownScopes(stage))));
  if ('alias' in stage && stage.alias) headers['x-fairlead-alias'] = stage.alias.name;
  if (attempts.length > 0) headers['x-fairlead-attempts'] = String(attempts.length);
  exchange.head(rendered.status, { ...headers, 'content-length': String(Buffer.byteLength(rendered.body)) });
  exchange.end(rendered.body);
}

/** An error of a stream that has begun, if only with a comment: the surface's own kind of ending, with what its head could not say. */
function inBand(stage: Called, error: FairleadError, attempts: AttemptRow[]): string {
  const { requestId, requestedModel, receivedAtMs, call, surface } = stage;
  const last = attempts[attempts.length - 1];
  const interrupted = error.extras.source === 'provider' ? new FairleadError('upstream_stream_interrupted', error.message, { source: 'provider' }) : error;
  return codecOf(surface)
    .stream({ requestId, model: requestedModel, createdAtS: Math.floor(receivedAtMs / 1_000), call, native: false })
    .fail(interrupted, last ? { provider: last.provider_id, model: last.model_id, attempts: attempts.length } : null);
}

function noteContact(deps: GatewayDeps, stage: Reached, error: FairleadError): void {
  const { exchange } = stage;
  deps.contacts.add({
    at: deps.clock.now(),
    keyId: 'caller' in stage ? stage.caller.key.id : null,
    last4: 'caller' in stage ? stage.caller.key.last4 : last4Of(exchange.headers),
    method: exchange.method,
    path: exchange.path,
    status: error.extras.as?.status ?? ERRORS[error.code].status,
    code: error.extras.as?.code ?? error.code,
    message: error.message.slice(0, 500),
    model: 'requestedModel' in stage ? stage.requestedModel : null,
    client: headerOf(exchange, 'user-agent'),
    requestId: stage.requestId,
  });
}

function last4Of(headers: Received['exchange']['headers']): string | null {
  const sent = headerOf({ headers }, 'authorization') ?? headerOf({ headers }, 'x-api-key');
  return sent ? maskKey(sent.replace(/["'\s]+$/, '')).slice(-4) : null;
}

function worthARow(deps: GatewayDeps, stage: Identified, error: FairleadError): boolean {
  if (error.code === 'database_unavailable' && !('hold' in stage)) return false;
  if (error.code !== 'rate_limit_exceeded') return true;
  const minute = Math.floor(deps.clock.now() / 60_000);
  const seen = limitedRows.get(stage.caller.key.id);
  if (!seen || seen.minute !== minute) {
    if (limitedRows.size > 10_000) limitedRows.clear();
    limitedRows.set(stage.caller.key.id, { minute, rows: 1 });
    return true;
  }
  seen.rows += 1;
  return seen.rows <= LIMITED_ROWS_PER_MINUTE;
}
