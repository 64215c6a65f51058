import type { FaultKind, Quirks, UpstreamFault } from '../../contract';
import { type ErrorBody, readErrorBody, readErrorValue } from './error-body';
import { type ProviderHeaders, readRetryAfter } from './retry-after';

/** Codes and types that mean the same at every provider of this family, in lower case. */
const COMMON: Record<string, FaultKind> = {
  invalid_api_key: 'auth',
  invalidapikey: 'auth',
  authentication_error: 'auth',
  invalid_authentication_error: 'auth',
  incorrect_api_key_error: 'auth',
  permission_error: 'auth',
  permission_denied_error: 'auth',
  unauthenticated: 'auth',
  permission_denied: 'auth',
  api_key_invalid: 'auth',
  accessdeniedexception: 'auth',
  unrecognizedclientexception: 'auth',
  insufficient_quota: 'quota_exhausted',
  credit_balance_exhausted: 'quota_exhausted',
  servicequotaexceededexception: 'quota_exhausted',
  organization_spend_limit_exceeded: 'quota_exhausted',
  project_spend_limit_exceeded: 'quota_exhausted',
  organization_usage_limit_exceeded: 'quota_exhausted',
  exceeded_current_quota_error: 'quota_exhausted',
  billing_hard_limit_reached: 'quota_exhausted',
  billing_error: 'quota_exhausted',
  arrearage: 'quota_exhausted',
  accountoverdueerror: 'quota_exhausted',
  insufficient_balance: 'quota_exhausted',
  insufficient_credits: 'quota_exhausted',
  enforced_spend_limit_reached: 'quota_exhausted',
  quota_per_day: 'quota_exhausted',
  rate_limit_exceeded: 'rate_limit',
  rate_limit_error: 'rate_limit',
  rate_limit_reached_error: 'rate_limit',
  rate_limited: 'rate_limit',
  slow_down: 'rate_limit',
  throttlingexception: 'rate_limit',
  resource_exhausted: 'rate_limit',
  server_is_overloaded: 'overloaded',
  overloaded_error: 'overloaded',
  engine_overloaded_error: 'overloaded',
  service_unavailable_error: 'overloaded',
  capacity_exceeded: 'overloaded',
  unavailable: 'overloaded',
  modelnotreadyexception: 'overloaded',
  serviceunavailableexception: 'overloaded',
  timeout_error: 'first_token_timeout',
  deadline_exceeded: 'first_token_timeout',
  modeltimeoutexception: 'first_token_timeout',
  server_error: 'server',
  internal: 'server',
  modelerrorexception: 'server',
  internalserverexception: 'server',
  context_length_exceeded: 'context_length',
  request_too_large: 'context_length',
  content_filter: 'content_filter',
  content_policy_violation: 'content_filter',
  model_not_found: 'not_found',
  not_found_error: 'not_found',
  resourcenotfoundexception: 'not_found',
  resource_not_found_error: 'not_found',
};

/** The loop tries `same` up to its limit and then the next candidate; `never` goes back to the client as it is. */
const RETRY: Record<FaultKind, UpstreamFault['retry']> = {
  auth: 'next',
  quota_exhausted: 'next',
  rate_limit: 'same',
  overloaded: 'same',
  server: 'same',
  bad_request: 'never',
  context_length: 'next',
  content_filter: 'never',
  not_found: 'next',
  connect: 'same',
  connect_timeout: 'same',
  first_token_timeout: 'next',
  idle_timeout: 'next',
  total_timeout: 'never',
  malformed: 'same',
  interrupted: 'same',
};

const WAITING = new Set<FaultKind>(['rate_limit', 'overloaded', 'server']);

/** Classifies a non-2xx answer by code and type first, by status second, by its words only as a last resort. */
export function fault(status: number, headers: ProviderHeaders, bytes: Uint8Array, quirks: Quirks): UpstreamFault {
  const body = readErrorBody(bytes);
  // AWS names its errors in a header, sometimes with a namespace after a colon.
  const named = headers['x-amzn-errortype'];
  if (typeof named === 'string') body.names.unshift(named.replace(/:.*$/s, ''));
  return faultOf(body, status, headers, quirks);
}

/** An error object found in a 2xx answer or inside a stream; a numeric code in it stands for the status. */
export function faultInBody(value: unknown, quirks: Quirks): UpstreamFault {
  const body = readErrorValue(value);
  const status = Number(body.code);
  return faultOf(body, status >= 400 && status <= 599 ? status : 200, {}, quirks);
}

/** A fault of our own finding: no words of the provider explain it. */
export function faultOfKind(kind: FaultKind, message: string, status?: number): UpstreamFault {
  return { kind, retry: RETRY[kind], message, ...(status === undefined ? {} : { status }) };
}

function faultOf(body: ErrorBody, status: number, headers: ProviderHeaders, quirks: Quirks): UpstreamFault {
  const kind = kindOf(body, status, quirks);
  const retryAfterMs = WAITING.has(kind) ? readRetryAfter(headers, body.retryDelay, body.message) : undefined;
  return {
    kind,
    retry: RETRY[kind],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === 200 ? {} : { status }),
    message: body.message === '' ? `The provider answered ${status === 200 ? 'with an error' : status} and no message.` : body.message,
    type: body.type,
    code: body.code,
    param: body.param,
  };
}

function kindOf(body: ErrorBody, status: number, quirks: Quirks): FaultKind {
  return kindByName(body.names, status, quirks) ?? kindByWords(body.message, status) ?? kindByStatus(status);
}

function kindByName(names: string[], status: number, quirks: Quirks): FaultKind | undefined {
  const own = quirks.faults;
  if (own) {
    for (const name of names) {
      const kind = own[name] ?? own[name.replace(/\..*$/s, '')];
      if (kind) return kind;
    }
    const kind = own[String(status)];
    if (kind) return kind;
  }
  for (const name of names) {
    const kind = COMMON[name.toLowerCase()];
    if (kind) return kind;
  }
  return undefined;
}

/** Some say "bad request" and mean something else, with no code that tells. */
function kindByWords(message: string, status: number): FaultKind | undefined {
  if (status !== 400 && status !== 422) return undefined;
  if (/maximum context length|context window|(?:prompt|input) is too long|input token count .{0,40}exceeds|exceeds? the (?:model'?s )?(?:max(?:imum)? )?context/i.test(message)) return 'context_length';
  if (/incorrect api key|invalid api key/i.test(message)) return 'auth';
  if (/credit balance is too low/i.test(message)) return 'quota_exhausted';
  return undefined;
}

function kindByStatus(status: number): FaultKind {
  switch (status) {
    case 401:
    case 403:
      return 'auth';
    case 402:
      return 'quota_exhausted';
    case 404:
    case 405:
    case 410:
      return 'not_found';
    case 408:
    case 504:
    case 524:
      return 'first_token_timeout';
    case 413:
      return 'context_length';
    // Conflicts, misdirected and early calls and a proxy that lost its patience say nothing about the request itself.
    case 407:
    case 409:
    case 421:
    case 423:
    case 424:
    case 425:
    case 499:
      return 'server';
    case 429:
      return 'rate_limit';
    case 498:
    case 503:
    case 529:
      return 'overloaded';
    default:
      return status >= 400 && status < 500 ? 'bad_request' : 'server';
  }
}
