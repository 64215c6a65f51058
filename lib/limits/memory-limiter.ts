import type { Clock } from '@/lib/kernel/clock';
import { brokenLimit, limitError, rateHeaders } from './rate-headers';
import { type Count, type Limiter, type LimitScope, type RateHeaders, type ShownScopes, type Slot, WINDOW_MS } from './types';

interface Counter {
  windowStart: number;
  requests: number;
  tokens: number;
  running: number;
}

/** A limiter that answers at once. */
export interface MemoryLimiter extends Limiter {
  admit(scopes: readonly LimitScope[], estimatedTokens: number, shown: ShownScopes): Slot;
}

/** Counters in this process's memory: the one-machine form. */
export function createMemoryLimiter(clock: Pick<Clock, 'monotonic'>): MemoryLimiter {
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

  const headersOf = (shown: ShownScopes, now: number): RateHeaders =>
    rateHeaders(shown, countOf(counterOf(shown.requests, now), now), countOf(counterOf(shown.tokens, now), now));

  return {
    headersFor: (shown) => headersOf(shown, clock.monotonic()),
    admit(scopes, estimatedTokens, shown) {
      const now = clock.monotonic();
      if (now >= nextSweep) sweep(now);
      const held = scopes.map((scope) => ({ scope, counter: counterOf(scope, now) }));
      for (const { scope, counter } of held) {
        const broken = brokenLimit(scope, countOf(counter, now), estimatedTokens);
        if (broken) throw limitError(scope, broken, countOf(counter, now).resetMs);
      }
      for (const { counter } of held) {
        counter.requests += 1;
        counter.tokens += estimatedTokens;
        counter.running += 1;
      }
      const windows = held.map(({ counter }) => counter.windowStart);
      let released = false;
      return {
        headers: headersOf(shown, now),
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
    close: () => Promise.resolve(),
  };
}

function countOf(counter: Counter, now: number): Count {
  return { requests: counter.requests, tokens: counter.tokens, running: counter.running, resetMs: Math.max(0, counter.windowStart + WINDOW_MS - now) };
}
