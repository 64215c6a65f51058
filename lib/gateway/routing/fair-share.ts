/** How long attempts are counted before shares are drawn anew. */
const WINDOW_MS = 10_000;
/** Without a refusal by the provider for so long its limit is no bottleneck any more. */
const RELAXED_MS = 60_000;
/** Fewer refusals in a window are a moment of the provider's, not a bottleneck. */
const BOTTLENECK = 3;
/** What a window without a refusal shows is a lower bound: the next may try that much more. */
const PROBE = 1.25;

/** A target whose provider refused calls for its own limit. */
interface Tight {
  lastRefusalAt: number;
  windowStart: number;
  /** Attempts of this window that the provider took, and those it refused. */
  taken: number;
  refused: number;
  /** What the provider takes in a window, as the last ones showed; null until one is over. */
  capacity: number | null;
  /** What each organization wanted in this window, what of it is running or was taken; and what it wanted in the last. */
  wanted: Map<string, number>;
  passed: Map<string, number>;
  wantedBefore: Map<string, number>;
}

/**
 * Shares what a provider takes between organizations while its own limit is the bottleneck. Nothing is counted until it
 * refuses a call for its limit. From then on each organization may use as much as every other: who wants less leaves its
 * rest to those who want more (max-min fairness). One process knows only its own calls, and shares what came through it.
 */
export class FairShare {
  private readonly targets = new Map<string, Tight>();

  constructor(private readonly monotonic: () => number) {}

  /** Whether an organization may try a target now; counts that it wants to. */
  mayTry(target: string, org: string): boolean {
    if (this.targets.size === 0) return true;
    const tight = this.current(target);
    if (!tight) return true;
    tight.wanted.set(org, (tight.wanted.get(org) ?? 0) + 1);
    const passed = tight.passed.get(org) ?? 0;
    if (passed >= levelOf(tight, org)) return false;
    tight.passed.set(org, passed + 1);
    return true;
  }

  /** Milliseconds until shares are drawn anew. */
  retryAfterMs(target: string): number {
    const tight = this.targets.get(target);
    return tight ? Math.max(0, tight.windowStart + WINDOW_MS - this.monotonic()) : 0;
  }

  /** How an attempt went: whether the provider refused it for its own limit. */
  ended(target: string, org: string, refused: boolean): void {
    if (!refused && this.targets.size === 0) return;
    const now = this.monotonic();
    let tight = this.current(target);
    if (!tight) {
      if (!refused) return;
      tight = { lastRefusalAt: now, windowStart: now, taken: 0, refused: 0, capacity: null, wanted: new Map([[org, 1]]), passed: new Map(), wantedBefore: new Map() };
      this.targets.set(target, tight);
    }
    if (refused) {
      tight.lastRefusalAt = now;
      tight.refused += 1;
      // It used nothing of what there is.
      tight.passed.set(org, Math.max(0, (tight.passed.get(org) ?? 0) - 1));
    } else tight.taken += 1;
  }

  private current(target: string): Tight | null {
    const tight = this.targets.get(target);
    if (!tight) return null;
    const now = this.monotonic();
    if (now - tight.lastRefusalAt >= RELAXED_MS) {
      this.targets.delete(target);
      return null;
    }
    if (now - tight.windowStart >= WINDOW_MS) {
      const idle = now - tight.windowStart >= 2 * WINDOW_MS;
      // The provider's windows begin when they like: what ours saw is right on average only.
      if (tight.refused >= BOTTLENECK) tight.capacity = tight.capacity === null ? tight.taken : Math.ceil((tight.capacity + tight.taken) / 2);
      else if (tight.capacity !== null) tight.capacity = Math.ceil(Math.max(tight.capacity, tight.taken) * PROBE);
      Object.assign(tight, { windowStart: now, taken: 0, refused: 0, wantedBefore: idle ? new Map() : tight.wanted, wanted: new Map(), passed: new Map() });
    }
    return tight;
  }
}

/** How many attempts of this window each organization may have: the water level at which all their wishes fill the capacity. */
function levelOf({ capacity, wanted, wantedBefore }: Tight, org: string): number {
  if (capacity === null) return Number.POSITIVE_INFINITY;
  const orgs = new Set([...wantedBefore.keys(), ...wanted.keys()]);
  // Alone, it is the provider that says how much.
  if (orgs.size <= 1) return Number.POSITIVE_INFINITY;
  const wishes = [...orgs].map((id) => (id === org ? Number.POSITIVE_INFINITY : Math.max(wantedBefore.get(id) ?? 0, wanted.get(id) ?? 0))).sort((a, b) => a - b);
  let left = capacity;
  for (const [index, wish] of wishes.entries()) {
    const equal = left / (wishes.length - index);
    if (wish > equal) return Math.max(1, Math.ceil(equal));
    left -= wish;
  }
  return Number.POSITIVE_INFINITY;
}
