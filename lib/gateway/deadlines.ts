import type { FaultKind, UpstreamFault } from '@/lib/providers/contract';

export type DeadlineKind = Extract<FaultKind, 'connect_timeout' | 'first_token_timeout' | 'idle_timeout' | 'total_timeout'>;

/** Milliseconds an attempt may take, and may be silent. */
export interface AttemptLimits {
  connectMs: number;
  firstTokenMs: number;
  idleMs: number;
  totalMs: number;
}

const MISSED: Record<DeadlineKind, (limits: AttemptLimits) => string> = {
  connect_timeout: ({ connectMs }) => `no connection within the connect deadline of ${connectMs} ms`,
  first_token_timeout: ({ firstTokenMs }) => `no token within the first token deadline of ${firstTokenMs} ms`,
  idle_timeout: ({ idleMs }) => `nothing more within the idle deadline of ${idleMs} ms`,
  total_timeout: ({ totalMs }) => `no end within the total deadline of ${Math.max(0, Math.round(totalMs))} ms`,
};

/** Providers send the usage of an answer within milliseconds of its finish. */
const CLOSING_MS = 3_000;

/**
 * The wait for what comes next (a connection, the first token, another token) and the total over all attempts. The wait for
 * the first token begins when the request has left, so that a slow connection takes none of it. One timer looks at both, and
 * never later than an idle limit from now: so what a call does on its way need not move it.
 */
export class Deadlines {
  private waitsFor: DeadlineKind = 'connect_timeout';
  private waitEndsAt: number;
  private readonly totalEndsAt: number;
  private timer: NodeJS.Timeout;

  constructor(
    private readonly limits: AttemptLimits,
    private readonly onDeadline: (fault: UpstreamFault) => void,
  ) {
    const now = performance.now();
    // The socket has its own connect deadline; this one ends the wait for a socket where all of them are taken.
    this.waitEndsAt = now + limits.connectMs + limits.firstTokenMs;
    this.totalEndsAt = now + Math.max(0, limits.totalMs);
    this.timer = this.lookIn(Math.min(limits.firstTokenMs, limits.totalMs));
  }

  /** The request left on a connected socket. */
  connected(): void {
    if (this.waitsFor !== 'connect_timeout') return;
    this.wait('first_token_timeout', this.limits.firstTokenMs);
  }

  /** Content arrived: from now on the idle limit counts, from each arrival anew. */
  progress(): void {
    this.wait('idle_timeout', this.limits.idleMs);
  }

  /** The model has finished: what may still come (its usage, its last word) is not waited for as long as content. */
  closing(): void {
    const ms = Math.min(this.limits.idleMs, CLOSING_MS);
    this.wait('idle_timeout', ms);
    clearTimeout(this.timer);
    this.timer = this.lookIn(Math.min(ms, this.totalEndsAt - performance.now()));
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  private wait(kind: DeadlineKind, ms: number): void {
    this.waitsFor = kind;
    this.waitEndsAt = performance.now() + ms;
  }

  private lookIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.look(), Math.ceil(Math.max(0, Math.min(ms, this.limits.idleMs))));
  }

  private look(): void {
    const now = performance.now();
    if (now >= this.totalEndsAt) return this.missed('total_timeout');
    if (now >= this.waitEndsAt) return this.missed(this.waitsFor);
    this.timer = this.lookIn(Math.min(this.totalEndsAt, this.waitEndsAt) - now);
  }

  /** The total deadline of a target may still leave the route time for the next. */
  private missed(kind: DeadlineKind): void {
    this.onDeadline({ kind, retry: 'next', message: MISSED[kind](this.limits) });
  }
}
