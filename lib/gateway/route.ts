import { asFairleadError, FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Surface } from '@/lib/providers/contract';
import type { GatewayPool } from '@/lib/store';
import { renderError } from '@/lib/wire';
import { PREFLIGHT, withCors } from './cors';
import { countTokens } from './count-tokens';
import type { GatewayDeps } from './deps';
import type { Exchange } from './exchange';
import { getModel, listModels } from './list-models';
import { handleInference } from './pipeline';
import { readCredits, readKey } from './read-key';

export type RouteDeps = GatewayDeps & { pool: GatewayPool };

const INFERENCE: ReadonlyMap<string, Surface> = new Map([
  ['/v1/chat/completions', 'chat'],
  ['/v1/completions', 'completions'],
  ['/v1/embeddings', 'embeddings'],
  ['/v1/images/generations', 'images'],
  ['/v1/audio/speech', 'speech'],
  ['/v1/audio/transcriptions', 'transcriptions'],
  ['/v1/moderations', 'moderations'],
  ['/v1/rerank', 'rerank'],
  ['/v1/messages', 'messages'],
  ['/v1/responses', 'responses'],
]);

const READS: ReadonlyMap<string, (deps: RouteDeps, exchange: Exchange) => Promise<unknown>> = new Map([
  ['/v1/models', listModels],
  ['/v1/key', readKey],
  ['/v1/credits', readCredits],
]);

const COUNT_TOKENS = '/v1/messages/count_tokens';

/** Answers any `/v1/*` exchange: the one list of what the data plane serves. Never rejects. */
export async function routeExchange(deps: RouteDeps, called: Exchange): Promise<void> {
  const exchange = withCors(called);
  const surface = INFERENCE.get(exchange.path);
  if (surface && exchange.method === 'POST') return handleInference(deps, exchange, surface);
  if (exchange.method === 'OPTIONS') {
    exchange.head(204, PREFLIGHT);
    return exchange.end();
  }
  // Clients that look for a gateway before they call it ask this much.
  if (exchange.path === '/' && exchange.method === 'HEAD') {
    exchange.head(200, { 'cache-control': 'no-store' });
    return exchange.end();
  }
  const requestId = newId('req', deps.clock.now());
  try {
    if (surface) throw new FairleadError('method_not_allowed', `${exchange.path} takes POST.`);
    if (exchange.path === COUNT_TOKENS && exchange.method === 'POST') {
      const { json, headers } = await countTokens(deps, exchange);
      return sendJson(exchange, requestId, json, headers);
    }
    if (exchange.method !== 'GET' && exchange.method !== 'HEAD') throw unsupported(exchange);
    const read = READS.get(exchange.path);
    const model = /^\/v1\/models\/(.+)$/.exec(exchange.path)?.[1];
    if (!read && !model) throw unsupported(exchange);
    sendJson(exchange, requestId, read ? await read(deps, exchange) : await getModel(deps, exchange, decodeURIComponent(model as string)));
  } catch (thrown) {
    refuseRead(deps, exchange, requestId, thrown);
  }
}

function sendJson(exchange: Exchange, requestId: string, json: unknown, more: Record<string, string> = {}): void {
  const body = JSON.stringify(json);
  const named = speaksAnthropic(exchange) ? { 'request-id': requestId } : null;
  exchange.head(200, { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': requestId, ...named, ...more, 'content-length': String(Buffer.byteLength(body)) });
  exchange.end(exchange.method === 'HEAD' ? undefined : body);
}

function speaksAnthropic(exchange: Exchange): boolean {
  return exchange.path.startsWith('/v1/messages') || exchange.headers['anthropic-version'] !== undefined;
}

function unsupported(exchange: Exchange): FairleadError {
  const hint = exchange.path.startsWith('/v1/v1/') ? ' The base URL already ends in /v1.' : exchange.path.startsWith('/v1/responses/') ? ' Responses are not stored: send the whole conversation with each call.' : '';
  return new FairleadError('unsupported_endpoint', `${exchange.method} ${exchange.path.slice(0, 200)} is not served here.${hint}`);
}

function refuseRead(deps: RouteDeps, exchange: Exchange, requestId: string, thrown: unknown): void {
  const error = asFairleadError(thrown);
  if (error.code === 'internal_error') deps.log.error({ err: thrown, request_id: requestId }, 'a read failed inside the gateway');
  const rendered = renderError(error, { requestId, surface: speaksAnthropic(exchange) ? 'messages' : 'chat' });
  deps.contacts.add({
    at: deps.clock.now(),
    keyId: null,
    last4: last4(exchange),
    method: exchange.method,
    path: exchange.path,
    status: rendered.status,
    code: error.code,
    message: error.message.slice(0, 500),
    model: null,
    client: typeof exchange.headers['user-agent'] === 'string' ? exchange.headers['user-agent'] : null,
    requestId,
  });
  if (exchange.left) return;
  exchange.head(rendered.status, { ...rendered.headers, 'x-request-id': requestId, 'content-length': String(Buffer.byteLength(rendered.body)) });
  exchange.end(rendered.body);
}

function last4(exchange: Exchange): string | null {
  const sent = exchange.headers.authorization ?? exchange.headers['x-api-key'];
  return typeof sent === 'string' ? sent.replace(/["'\s]+$/, '').slice(-4) : null;
}
