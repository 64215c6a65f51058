import { ERRORS, type FairleadError } from '@/lib/kernel/errors';
import type { Surface } from './call';

export interface ErrorContext {
  requestId: string | null;
  /** Decides the envelope: Anthropic's for `messages`, OpenAI's for all others. */
  surface: Surface;
}

export interface RenderedError {
  status: number;
  headers: Record<string, string>;
  /** JSON text. */
  body: string;
}

/** Status, headers and body of an error, in the envelope of its surface. */
export function renderError(error: FairleadError, { requestId, surface }: ErrorContext): RenderedError {
  const envelope = surface === 'messages' ? anthropicErrorBody(error, requestId) : errorBody(error, requestId);
  return { status: statusOf(error), headers: errorHeaders(error, { requestId, surface }), body: JSON.stringify(envelope) };
}

/** The contract's envelope; also the frame that ends a stream which broke after its first content. */
export function errorBody(error: FairleadError, requestId: string | null) {
  const { extras } = error;
  return {
    error: {
      message: error.message,
      type: extras.as?.type ?? ERRORS[error.code].type,
      param: extras.param ?? null,
      code: extras.as?.code === undefined ? error.code : extras.as.code,
      request_id: requestId,
      doc_url: `/docs/errors#${error.code}`,
      ...extras.more,
    },
  };
}

/** The same as Anthropic's SDKs read it, with our code and the field at fault beside what they look at. */
export function anthropicErrorBody(error: FairleadError, requestId: string | null) {
  return { type: 'error', error: { type: anthropicType(statusOf(error)), message: error.message, code: error.extras.as?.code === undefined ? error.code : error.extras.as.code, param: error.extras.param ?? null }, request_id: requestId };
}

function errorHeaders({ code, extras }: FairleadError, { requestId, surface }: ErrorContext): Record<string, string> {
  const row = ERRORS[code];
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'x-fairlead-error-source': extras.source ?? 'gateway',
  };
  if (requestId !== null) {
    headers['x-request-id'] = requestId;
    if (surface === 'messages') headers['request-id'] = requestId;
  }
  if (extras.retryAfterS !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(extras.retryAfterS)));
  if ((extras.shouldRetry ?? !('shouldRetry' in row)) === false) headers['x-should-retry'] = 'false';
  return headers;
}

function statusOf(error: FairleadError): number {
  return error.extras.as?.status ?? ERRORS[error.code].status;
}

function anthropicType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error';
    case 402:
      return 'billing_error';
    case 403:
      return 'permission_error';
    case 404:
      return 'not_found_error';
    case 413:
      return 'request_too_large';
    case 429:
      return 'rate_limit_error';
    case 503:
    case 529:
      return 'overloaded_error';
    case 504:
      return 'timeout_error';
    default:
      return status < 500 ? 'invalid_request_error' : 'api_error';
  }
}
