import { createHash } from 'node:crypto';
import { decodeForm } from './contract/decode-form';
import { validateRequest } from './contract/validate-request';
import { expand } from './expand';
import { matchRoute, type Route } from './routes';
import type { Simulator } from './simulator';
import { StripeFault } from './stripe-fault';

export interface ApiRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: { authorization?: string | undefined; stripeVersion?: string | undefined; idempotencyKey?: string | undefined };
}

export interface ApiAnswer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** Answers one call of the API as Stripe would: key, version, idempotency, contract, effect, expansion. */
export function serveApi(sim: Simulator, secretKey: string, request: ApiRequest, requestId: string): ApiAnswer {
  try {
    checkCaller(sim, secretKey, request);
    const route = matchRoute(sim.contract, request.method, request.path);
    if (!route) throw new StripeFault(404, 'invalid_request_error', `Unrecognized request URL (${request.method}: ${request.path}).`);
    return request.method === 'POST' ? serveOnce(sim, route, request, requestId) : { status: 200, body: run(sim, route, request) };
  } catch (error) {
    return faultAnswer(sim, request, error, requestId);
  } finally {
    sim.commit();
  }
}

function checkCaller(sim: Simulator, secretKey: string, request: ApiRequest): void {
  const { authorization, stripeVersion } = request.headers;
  const key = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? decodeBasic(authorization);
  if (key !== secretKey) throw new StripeFault(401, 'authentication_error', 'Invalid API Key provided.', { code: 'api_key_invalid' });
  const version = sim.contract.info.version;
  if (stripeVersion !== undefined && stripeVersion !== version)
    throw new StripeFault(400, 'invalid_request_error', `Invalid Stripe API version: ${stripeVersion}; the simulator plays ${version}.`, {
      param: 'Stripe-Version',
    });
}

function decodeBasic(authorization: string | undefined): string | undefined {
  const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  return encoded ? Buffer.from(encoded, 'base64').toString().split(':')[0] : undefined;
}

/** A repeated Idempotency-Key gets the first answer again, as long as the request is the same. */
function serveOnce(sim: Simulator, route: Route, request: ApiRequest, requestId: string): ApiAnswer {
  const key = request.headers.idempotencyKey;
  if (!key) return { status: 200, body: run(sim, route, request) };
  if (key.length > 255) throw new StripeFault(400, 'invalid_request_error', 'Idempotency keys may have up to 255 characters.', { param: 'Idempotency-Key' });
  const fingerprint = createHash('sha256').update(`${request.path}\n${request.body}`).digest('hex');
  const stored = sim.state.idempotency[key];
  if (stored) {
    if (stored.fingerprint !== fingerprint) {
      throw new StripeFault(
        400,
        'idempotency_error',
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    return { status: stored.status, body: stored.body, headers: { 'idempotent-replayed': 'true' } };
  }
  let answer: ApiAnswer;
  try {
    answer = { status: 200, body: run(sim, route, request) };
  } catch (error) {
    // A request that failed validation never began, so its key stays free.
    if (!(error instanceof StripeFault) || error.status < 402) throw error;
    answer = faultAnswer(sim, request, error, requestId);
  }
  sim.state.idempotency[key] = { fingerprint, status: answer.status, body: structuredClone(answer.body), createdS: sim.nowS() };
  sim.touch();
  return answer;
}

function run(sim: Simulator, route: Route, request: ApiRequest): object {
  const form = decodeForm(request.method === 'POST' ? request.body : request.query);
  const replaced = form.has('payment_method_types') && /^\/v1\/(payment_intents|setup_intents)/.test(request.path);
  if (replaced)
    throw new StripeFault(400, 'invalid_request_error', '`payment_method_types` is no longer supported.', {
      code: 'payment_method_types_no_longer_supported',
      param: 'payment_method_types',
    });
  const params = validateRequest(sim.contract, route.operation, request.method, form);
  if (!route.handler) throw new StripeFault(501, 'api_error', `The simulator does not play ${request.method} ${request.path}.`);
  const { expand: paths = [], ...rest } = params as { expand?: string[] };
  return expand(sim, route.handler(sim, rest, route.id), paths);
}

function faultAnswer(sim: Simulator, request: ApiRequest, error: unknown, requestId: string): ApiAnswer {
  const fault =
    error instanceof StripeFault ? error : new StripeFault(500, 'api_error', `The simulator failed: ${error instanceof Error ? error.message : String(error)}`);
  if (fault.isContractViolation || fault.status >= 500 || (fault.status === 404 && fault.extras.code === undefined)) {
    sim.reportViolation({ method: request.method, path: request.path, message: fault.message });
  }
  return {
    status: fault.status,
    body: fault.body(requestId),
    headers: fault.extras.shouldRetry === undefined ? {} : { 'stripe-should-retry': String(fault.extras.shouldRetry) },
  };
}
