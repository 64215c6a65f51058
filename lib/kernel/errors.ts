export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

interface ErrorRow {
  status: number;
  type: string;
  level: LogLevel;
  /** What a stranger may read when the thrower says nothing better. */
  message: string;
  /** The official SDKs retry 408, 409, 429 and 5xx by themselves; `false` stops them (contract §5). */
  shouldRetry?: false;
}

/** The one table of errors: every code a client of the gateway, the management API or the console can see. */
export const ERRORS = {
  invalid_api_key: { status: 401, type: 'invalid_request_error', level: 'info', message: 'Incorrect API key provided.' },
  unauthenticated: { status: 401, type: 'invalid_request_error', level: 'info', message: 'Sign in first.' },
  forbidden: { status: 403, type: 'invalid_request_error', level: 'info', message: 'Your role does not allow this.' },
  not_found: { status: 404, type: 'invalid_request_error', level: 'info', message: 'There is no such thing, or it is not yours.' },
  model_not_found: { status: 404, type: 'invalid_request_error', level: 'info', message: 'The model does not exist or your key may not use it.' },
  unsupported_endpoint: { status: 404, type: 'invalid_request_error', level: 'info', message: 'This endpoint is not served here.' },
  method_not_allowed: { status: 405, type: 'invalid_request_error', level: 'info', message: 'This method is not allowed here.' },
  invalid_request: { status: 400, type: 'invalid_request_error', level: 'info', message: 'The request is malformed.' },
  invalid_json: { status: 400, type: 'invalid_request_error', level: 'info', message: 'The request body is not valid JSON.' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error', level: 'info', message: 'A parameter is not supported here.' },
  model_unpriced: { status: 400, type: 'invalid_request_error', level: 'warn', message: 'The model has no price, so a dollar limit cannot be kept.' },
  context_length_exceeded: { status: 400, type: 'invalid_request_error', level: 'info', message: 'The prompt is longer than the model takes.' },
  request_too_large: { status: 413, type: 'invalid_request_error', level: 'info', message: 'The request body is too large.' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', level: 'info', message: 'The content type or encoding is not supported.' },
  conflict: { status: 409, type: 'invalid_request_error', level: 'info', message: 'The change conflicts with what is already there.' },
  idempotency_conflict: { status: 409, type: 'invalid_request_error', level: 'info', message: 'This Idempotency-Key was used with another request.' },
  plan_limit: { status: 403, type: 'invalid_request_error', level: 'info', message: 'Your plan does not include this.' },
  signup_closed: { status: 403, type: 'invalid_request_error', level: 'info', message: 'Sign-up is closed on this installation.' },
  email_taken: { status: 409, type: 'invalid_request_error', level: 'info', message: 'An account with this e-mail exists already.' },
  billing_off: { status: 400, type: 'invalid_request_error', level: 'info', message: 'Billing is off on this installation.' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error', level: 'info', message: 'Rate limit reached.' },
  insufficient_quota: { status: 429, type: 'insufficient_quota', level: 'info', message: 'The budget or balance is used up.', shouldRetry: false },
  funds_held: { status: 429, type: 'insufficient_quota', level: 'info', message: 'The remaining funds are held by running requests.' },
  upstream_error: { status: 502, type: 'api_error', level: 'warn', message: 'The provider failed.', shouldRetry: false },
  upstream_timeout: { status: 504, type: 'api_error', level: 'warn', message: 'The provider did not answer in time.', shouldRetry: false },
  upstream_stream_interrupted: { status: 502, type: 'api_error', level: 'warn', message: 'The provider ended the answer early.', shouldRetry: false },
  ledger_unavailable: { status: 503, type: 'api_error', level: 'error', message: 'The ledger cannot record calls right now.' },
  database_unavailable: { status: 503, type: 'service_unavailable', level: 'error', message: 'The database is away; try again shortly.' },
  draining: { status: 503, type: 'service_unavailable', level: 'info', message: 'The gateway is restarting; try again shortly.' },
  internal_error: { status: 500, type: 'api_error', level: 'error', message: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorExtras {
  /** The request field at fault, such as `messages[2].role`. */
  param?: string | null;
  /** Seconds a client should wait; becomes Retry-After. */
  retryAfterS?: number;
  /** More public fields for the envelope (`did_you_mean`, `scope`). */
  more?: Record<string, unknown>;
  /** For our logs only. */
  internal?: unknown;
  /** Overrides of the table where a provider's own answer is passed on. */
  as?: { status?: number; type?: string; code?: string | null };
  source?: 'gateway' | 'provider';
  shouldRetry?: boolean;
}

/**
 * The one error class. `message` is public; `extras.internal` is for logs. Module graphs are compiled apart
 * (console and gateway), so test with `isFairleadError`, never with `instanceof`.
 */
export class FairleadError extends Error {
  readonly fairlead = true;
  constructor(
    readonly code: ErrorCode,
    message?: string,
    readonly extras: ErrorExtras = {},
  ) {
    super(message ?? ERRORS[code].message);
    this.name = 'FairleadError';
  }
}

export function isFairleadError(error: unknown): error is FairleadError {
  return typeof error === 'object' && error !== null && (error as { fairlead?: unknown }).fairlead === true;
}

/** Any thrown thing as a FairleadError; database trouble becomes 503, everything unknown `internal_error`. */
export function asFairleadError(error: unknown): FairleadError {
  if (isFairleadError(error)) return error;
  return new FairleadError(isDatabaseTrouble(error) ? 'database_unavailable' : 'internal_error', undefined, { internal: error, retryAfterS: 2 });
}

const DATABASE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '53300', 'P1001', 'P1002', 'P1008', 'P1017', 'P2024']);

export function isDatabaseTrouble(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (DATABASE_CODES.has(code) || code.startsWith('08'))) return true;
  return typeof message === 'string' && /Connection terminated|timeout exceeded when trying to connect|Can't reach database/.test(message);
}
