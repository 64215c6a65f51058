import { FairleadError } from '@/lib/kernel/errors';
import type { Clock } from '@/lib/kernel/clock';

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

interface Counter {
  windowStart: number;
  requests: number;
  tokens: number;
  running: number;
}

const WINDOW_MS = 60_000;

export interface Limiter {
  /**
   * Counts a call against every scope, or against none: throws `rate_limit_exceeded` with Retry-After.
   * `shown` is the scope whose numbers go into x-ratelimit-*.
   */
  admit(scopes: readonly LimitScope[], estimatedTokens: number, shown: LimitScope): Slot;
  headersFor(scope: LimitScope): RateHeaders;
}

/**
 * Counters in this process's memory: the one-machine form. A window of a minute starts with the first call in it, so
 * within a window exactly `rpm` calls pass.
 */
export function createMemoryLimiter(clock: Clock): Limiter {
  const counters = new Map<string, Counter>();
  let nextSweep = clock.monotonic() + WINDOW_MS;

  const counterOf = (scope: LimitScope, now: number): Counter => {
    let counter = counters.get(scope.id);
    if (!counter) {
      counter = { windowStart: now, requests: 0, tokens: 0, running: 0 };
      counters.set(scope.id, counter);
    } else if (now - counter.windowStart >= WINDOW_MS) {
      counter.windowStart = now;
      counter.requests = 0;
      counter.tokens = 0;
    }
    return counter;
  };

  const sweep = (now: number) => {
    nextSweep = now + WINDOW_MS;
    for (const [id, counter] of counters) if (counter.running === 0 && now - counter.windowStart >= WINDOW_MS) counters.delete(id);
  };

  const headersOf = (scope: LimitScope, counter: Counter, now: number): RateHeaders => {
    const resetMs = Math.max(0, counter.windowStart + WINDOW_MS - now);
    return {
      limitRequests: scope.rpm,
      remainingRequests: scope.rpm === null ? null : Math.max(0, scope.rpm - counter.requests),
      resetRequestsMs: scope.rpm === null ? null : resetMs,
      limitTokens: scope.tpm,
      remainingTokens: scope.tpm === null ? null : Math.max(0, scope.tpm - counter.tokens),
      resetTokensMs: scope.tpm === null ? null : resetMs,
    };
  };

  return {
    headersFor(scope) {
      const now = clock.monotonic();
      return headersOf(scope, counterOf(scope, now), now);
    },
    admit(scopes, estimatedTokens, shown) {
      const now = clock.monotonic();
      if (now >= nextSweep) sweep(now);
      const held = scopes.map((scope) => ({ scope, counter: counterOf(scope, now) }));
      for (const { scope, counter } of held) refuseIfFull(scope, counter, estimatedTokens, now);
      for (const { counter } of held) {
        counter.requests += 1;
        counter.tokens += estimatedTokens;
        counter.running += 1;
      }
      const windows = held.map(({ counter }) => counter.windowStart);
      let released = false;
      return {
        headers: headersOf(shown, counterOf(shown, now), now),
        release(actualTokens) {
          if (released) return;
          released = true;
          held.forEach(({ counter }, index) => {
            counter.running -= 1;
            if (actualTokens !== null && counter.windowStart === windows[index]) counter.tokens += actualTokens - estimatedTokens;
          });
        },
      };
    },
  };
}

function refuseIfFull(scope: LimitScope, counter: Counter, tokens: number, now: number): void {
  const resetS = Math.max(1, Math.ceil((counter.windowStart + WINDOW_MS - now) / 1_000));
  if (scope.rpm !== null && counter.requests >= scope.rpm) {
    throw new FairleadError('rate_limit_exceeded', `${scope.label} allows ${scope.rpm} requests a minute; try again in ${resetS} s.`, { retryAfterS: resetS });
  }
  // A single request larger than the whole window passes when the window is empty; otherwise it never could.
  if (scope.tpm !== null && counter.tokens > 0 && counter.tokens + tokens > scope.tpm) {
    throw new FairleadError('rate_limit_exceeded', `${scope.label} allows ${scope.tpm} tokens a minute; try again in ${resetS} s.`, { retryAfterS: resetS });
  }
  if (scope.concurrency !== null && counter.running >= scope.concurrency) {
    throw new FairleadError('rate_limit_exceeded', `${scope.label} allows ${scope.concurrency} requests at the same time.`, { retryAfterS: 1 });
  }
}
