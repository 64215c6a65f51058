import { isObject, type JsonObject } from '@/lib/wire/call';

const MAX_MESSAGE_BYTES = 2000;

/** What a provider's error body says, whatever its shape. */
export interface ErrorBody {
  message: string;
  type: string | null;
  code: string | null;
  param: string | null;
  /** Everything that names the error, the most specific first. */
  names: string[];
  /** Google's own form of Retry-After ("34.4s"). */
  retryDelay: string | null;
}

/** Reads an object with `error`, a flat object, an array of one, a bare string, HTML or nothing. */
export function readErrorBody(bytes: Uint8Array): ErrorBody {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim();
  if (text === '') return plain('');
  if (text.startsWith('<')) return plain(textOfHtml(text));
  try {
    return readErrorValue(JSON.parse(text));
  } catch {
    return plain(text);
  }
}

/** The same for a body that is parsed already, such as an error inside a stream. */
export function readErrorValue(value: unknown): ErrorBody {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return readErrorValue(value[0] ?? '');
  if (!isObject(value)) return plain('');
  if (isObject(value.error)) return readFields(value.error);
  // MiniMax answers 200 with its verdict in base_resp.
  if (isObject(value.base_resp)) return readFields({ code: value.base_resp.status_code, message: value.base_resp.status_msg });
  if (typeof value.error === 'string') return readFields({ ...value, message: value.error });
  return readFields(value);
}

function readFields(error: JsonObject): ErrorBody {
  const nested = nestedError(error.message);
  const metadata = isObject(error.metadata) ? error.metadata : undefined;
  const code = name(error.code);
  const type = name(error.type);
  const names = [...namesInDetails(error.details), code, type, name(metadata?.error_type), name(error.status), ...(nested?.names ?? [])].filter((value) => value !== null);
  return {
    message: nested?.message ?? (messageOf(error.message) || messageOf(error.detail) || names.join(' ')),
    type: type ?? nested?.type ?? null,
    code: code ?? nested?.code ?? null,
    param: typeof error.param === 'string' && error.param !== '' ? error.param : null,
    names,
    retryDelay: retryDelayOf(error.details),
  };
}

/** DashScope passes some third-party errors on as JSON text inside `message`. */
function nestedError(message: unknown): ErrorBody | null {
  if (typeof message !== 'string' || !message.startsWith('{')) return null;
  try {
    const body = readErrorValue(JSON.parse(message));
    return body.message === '' ? null : body;
  } catch {
    return null;
  }
}

/** Anthropic says more in an object; Google in a list of typed details, where a quota per day is told apart by its id only. */
function namesInDetails(details: unknown): (string | null)[] {
  if (isObject(details)) return [name(details.error_code)];
  if (!Array.isArray(details)) return [];
  return details.filter(isObject).flatMap((detail) => {
    const perDay = Array.isArray(detail.violations) && detail.violations.some((violation: unknown) => isObject(violation) && String(violation.quotaId).includes('PerDay'));
    return [perDay ? 'quota_per_day' : null, name(detail.reason)];
  });
}

function retryDelayOf(details: unknown): string | null {
  if (!Array.isArray(details)) return null;
  for (const detail of details) {
    if (isObject(detail) && typeof detail.retryDelay === 'string') return detail.retryDelay;
  }
  return null;
}

function plain(text: string): ErrorBody {
  return { message: publicMessage(text), type: null, code: null, param: null, names: [], retryDelay: null };
}

function messageOf(value: unknown): string {
  if (typeof value === 'string') return publicMessage(value);
  return value === undefined || value === null ? '' : publicMessage(JSON.stringify(value));
}

function name(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value.slice(0, 128);
  return typeof value === 'number' ? String(value) : null;
}

function textOfHtml(html: string): string {
  const title = /<title[^>]*>([^<]{1,300})<\/title>/i.exec(html)?.[1];
  return (
    title ??
    html
      .slice(0, 4 * MAX_MESSAGE_BYTES)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

const SECRETS = /\b(?:sk|pk|rk|gsk|xai|pplx|ark|fw|AIza|key)[-_][A-Za-z0-9_.-]{8,}|\bAIza[A-Za-z0-9_-]{20,}|\bBearer\s+[A-Za-z0-9_.-]{8,}/g;

/** A provider's words as a tenant may read them: nothing that looks like a credential, at most 2 kB. */
export function publicMessage(text: string): string {
  const safe = text.slice(0, 4 * MAX_MESSAGE_BYTES).replace(SECRETS, '[removed]');
  const bytes = Buffer.from(safe);
  return bytes.length <= MAX_MESSAGE_BYTES
    ? safe
    : bytes
        .subarray(0, MAX_MESSAGE_BYTES - 3)
        .toString('utf8')
        .replace(/\uFFFD+$/, '');
}
