/** Retries an upstream takes at most: this share of the requests sent to it, and a few a second for quiet times. */
const SHARE = 0.2;
const PER_SECOND = 10;
/** What was saved up in the last seconds counts, not what an idle hour would have saved. */
const WINDOW_MS = 10_000;

interface Account {
  tokens: number;
  at: number;
  /** Requests of this window and the one before. */
  requests: number;
  before: number;
  windowAt: number;
}

/** Keeps retries from multiplying an outage: per upstream, divided by the processes that live. */
export class RetryBudget {
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly monotonic: () => number,
    private readonly liveProcesses: () => number,
  ) {}

  /** A first attempt goes to this upstream. */
  deposit(upstream: string): void {
    const account = this.account(upstream);
    account.requests += 1;
    account.tokens = Math.min(account.tokens + SHARE, this.most(account));
  }

  /** Whether a retry may go to this upstream; if so it is counted. */
  withdraw(upstream: string): boolean {
    const account = this.account(upstream);
    if (account.tokens < 1) return false;
    account.tokens -= 1;
    return true;
  }

  private account(upstream: string): Account {
    const now = this.monotonic();
    let account = this.accounts.get(upstream);
    if (!account) this.accounts.set(upstream, (account = { tokens: this.rate(), at: now, requests: 0, before: 0, windowAt: now }));
    if (now - account.windowAt >= WINDOW_MS) {
      account.before = now - account.windowAt >= 2 * WINDOW_MS ? 0 : account.requests;
      account.requests = 0;
      account.windowAt = now;
    }
    account.tokens = Math.min(account.tokens + ((now - account.at) / 1_000) * this.rate(), this.most(account));
    account.at = now;
    return account;
  }

  private rate(): number {
    return PER_SECOND / Math.max(1, this.liveProcesses());
  }

  private most(account: Account): number {
    return this.rate() + SHARE * (account.requests + account.before);
  }
}
