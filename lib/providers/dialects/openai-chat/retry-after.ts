export type ProviderHeaders = Record<string, string | string[] | undefined>;

const DAY_MS = 86_400_000;

/**
 * How long a provider asks us to wait, or undefined when it does not say or says nonsense (negative, not a
 * number). Bounded by a day; the route's own budget bounds it further.
 */
export function readRetryAfter(headers: ProviderHeaders, retryDelay: string | null, message: string, nowMs = Date.now()): number | undefined {
  const millis = numeric(header(headers, 'retry-after-ms'));
  if (millis !== undefined) return bound(millis);
  const after = header(headers, 'retry-after');
  if (after !== undefined) {
    const seconds = numeric(after);
    if (seconds !== undefined) return bound(seconds * 1000);
    const date = /[A-Za-z]{3}/.test(after) ? Date.parse(after) : Number.NaN;
    if (!Number.isNaN(date)) return bound(Math.max(0, date - nowMs));
  }
  const delay = retryDelay === null ? undefined : numeric(retryDelay.replace(/s$/, ''));
  if (delay !== undefined) return bound(delay * 1000);
  const words = /(?:try again|retry) (?:in|after) (\d+(?:\.\d+)?)\s*(ms|s|seconds?|milliseconds?)\b/i.exec(message);
  return words ? bound(Number(words[1]) * (words[2]?.startsWith('m') ? 1 : 1000)) : undefined;
}

function header(headers: ProviderHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim();
}

function numeric(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?(?:e\d+)?$/i.test(text) ? Number(text) : undefined;
}

function bound(ms: number): number {
  return Math.min(Math.ceil(ms), DAY_MS);
}
