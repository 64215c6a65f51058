/** One set of limits that a call counts against. Null: no limit of that kind. */
export interface LimitScope {
  /** `key:key_…`, `org:org_…`, `demo:org_…`. */
  id: string;
  /** Named in the refusal. */
  label: string;
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
}

/** Whose numbers x-ratelimit-* show: a key may have one limit of its own and take the other from its plan. */
export interface ShownScopes {
  requests: LimitScope;
  tokens: LimitScope;
}

export interface RateHeaders {
  limitRequests: number | null;
  remainingRequests: number | null;
  resetRequestsMs: number | null;
  limitTokens: number | null;
  remainingTokens: number | null;
  resetTokensMs: number | null;
}

/** What an admitted call holds until it ends. */
export interface Slot {
  headers: RateHeaders;
  /** Frees the concurrency slot and replaces the estimated tokens by the real ones. Safe to call twice. */
  release(actualTokens: number | null): void;
}

/** What is counted of one scope in the minute that runs. */
export interface Count {
  requests: number;
  tokens: number;
  running: number;
  /** Milliseconds until the minute is over. */
  resetMs: number;
}

/** A minute starts with the first call in it, so within a minute exactly `rpm` calls pass. */
export const WINDOW_MS = 60_000;

/** Where calls are counted: this process's memory, or a Redis that all processes share. */
export interface Limiter {
  /**
   * Counts a call against every scope, or against none: throws or rejects with `rate_limit_exceeded` and Retry-After.
   * `shown` are the scopes whose numbers go into x-ratelimit-*. Answers at once where no other process has to be asked.
   */
  admit(scopes: readonly LimitScope[], estimatedTokens: number, shown: ShownScopes): Slot | Promise<Slot>;
  /** What x-ratelimit-* would say now, as far as this process knows. */
  headersFor(shown: ShownScopes): RateHeaders;
  close(): Promise<void>;
}
