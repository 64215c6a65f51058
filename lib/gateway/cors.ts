import type { Exchange } from './exchange';
import { ForwardingExchange } from './forwarding-exchange';

/** A browser may call with a key of its own: there are no cookies here that a page could misuse. `*` does not cover Authorization. */
export const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, x-api-key, anthropic-version, anthropic-beta, anthropic-dangerous-direct-browser-access, idempotency-key, openai-organization, openai-project, x-fairlead-tags, x-fairlead-user, x-fairlead-session, *',
  'access-control-max-age': '86400',
};

const EXPOSED =
  'x-request-id, request-id, retry-after, x-should-retry, openai-processing-ms, server-timing, x-fairlead-alias, x-fairlead-model, x-fairlead-provider, x-fairlead-attempts, x-fairlead-cost-usd, x-fairlead-mapped, x-fairlead-clamped, x-fairlead-error-source, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens';

/** The same exchange, whose answer a page of another origin may read. A call without an Origin passes as it is. */
export function withCors(exchange: Exchange): Exchange {
  return exchange.headers.origin === undefined ? exchange : new CorsExchange(exchange);
}

class CorsExchange extends ForwardingExchange {
  override head(status: number, headers: Record<string, string>): void {
    this.inner.head(status, { ...headers, 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED });
  }
}
