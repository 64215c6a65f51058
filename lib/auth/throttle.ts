export interface Throttle {
  /** Seconds until another try is taken; 0 when one is taken now. */
  waitS(key: string): number;
  /** Counts one failure. */
  fail(key: string): void;
  /** Forgets a key's failures, after a success. */
  clear(key: string): void;
}

const MAX_KEYS = 20_000;

/**
 * Counts failures per key over a sliding window, in memory: the console is one process, and a restart that forgives a
 * few guesses costs less than a table that every guess writes to. Several consoles count apart.
 */
export function createThrottle({ limit, windowMs, now = Date.now }: { limit: number; windowMs: number; now?: () => number }): Throttle {
  const failures = new Map<string, number[]>();

  function recent(key: string): number[] {
    const since = now() - windowMs;
    const kept = (failures.get(key) ?? []).filter((at) => at > since);
    if (kept.length === 0) failures.delete(key);
    else failures.set(key, kept);
    return kept;
  }

  return {
    waitS(key) {
      const kept = recent(key);
      const oldest = kept[kept.length - limit];
      return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + windowMs - now()) / 1_000));
    },
    fail(key) {
      const kept = recent(key);
      // Oldest first out: a flood of made-up names must not grow the memory.
      failures.delete(key);
      if (failures.size >= MAX_KEYS) failures.delete(failures.keys().next().value as string);
      failures.set(key, [...kept, now()].slice(-limit));
    },
    clear(key) {
      failures.delete(key);
    },
  };
}
