import { FairleadError } from '@/lib/kernel/errors';
import type { Count, LimitScope, RateHeaders, ShownScopes } from './types';

export function rateHeaders({ requests: { rpm }, tokens: { tpm } }: ShownScopes, requests: Count, tokens: Count): RateHeaders {
  return {
    limitRequests: rpm,
    remainingRequests: rpm === null ? null : Math.max(0, rpm - requests.requests),
    resetRequestsMs: rpm === null ? null : requests.resetMs,
    limitTokens: tpm,
    remainingTokens: tpm === null ? null : Math.max(0, tpm - tokens.tokens),
    resetTokensMs: tpm === null ? null : tokens.resetMs,
  };
}

export type LimitKind = 'requests' | 'tokens' | 'concurrency';

/** The first limit that one more call of `tokens` would break, or null. */
export function brokenLimit(scope: LimitScope, count: Count, tokens: number): LimitKind | null {
  if (scope.rpm !== null && count.requests >= scope.rpm) return 'requests';
  // A single request larger than the whole minute passes when the minute is empty; otherwise it never could.
  if (scope.tpm !== null && count.tokens > 0 && count.tokens + tokens > scope.tpm) return 'tokens';
  if (scope.concurrency !== null && count.running >= scope.concurrency) return 'concurrency';
  return null;
}

export function limitError(scope: LimitScope, kind: LimitKind, resetMs: number): FairleadError {
  if (kind === 'concurrency') {
    return new FairleadError('rate_limit_exceeded', `${scope.label} allows ${counted(scope.concurrency, 'requests')} at the same time.`, { retryAfterS: 1 });
  }
  const resetS = Math.max(1, Math.ceil(resetMs / 1_000));
  const allowed = kind === 'requests' ? scope.rpm : scope.tpm;
  return new FairleadError('rate_limit_exceeded', `${scope.label} allows ${counted(allowed, kind)} a minute; try again in ${resetS} s.`, {
    retryAfterS: resetS,
  });
}

function counted(limit: number | null, kind: 'requests' | 'tokens'): string {
  return limit === 1 ? `1 ${kind.slice(0, -1)}` : `${limit} ${kind}`;
}
