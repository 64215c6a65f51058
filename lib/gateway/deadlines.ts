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
 * Two timers per attempt: the wait for what comes next (a connection, the first token, another token) and the total over
 * all attempts. The wait for the first token begins when the request has left, so that a slow connection takes none of it.
 */
export class Deadlines {
  private waiting: NodeJS.Timeout;
  private readonly total: NodeJS.Timeout;
  private state: 'connecting' | 'first' | 'flowing' | 'closing' = 'connecting';

  constructor(
    private readonly limits: AttemptLimits,
    private readonly onDeadline: (fault: UpstreamFault) => void,
  ) {
    // The socket has its own connect deadline; this one ends the wait for a socket where all of them are taken.
    this.waiting = setTimeout(() => this.missed('connect_timeout'), limits.connectMs + limits.firstTokenMs);
    this.total = setTimeout(() => this.missed('total_timeout'), Math.max(0, limits.totalMs));
  }

  /** The request left on a connected socket. */
  connected(): void {
    if (this.state !== 'connecting') return;
    this.state = 'first';
    this.wait('first_token_timeout', this.limits.firstTokenMs);
  }

  /** Content arrived: from now on the idle limit counts, from each arrival anew. */
  progress(): void {
    if (this.state === 'flowing') return void this.waiting.refresh();
    this.state = 'flowing';
    this.wait('idle_timeout', this.limits.idleMs);
  }

  /** The model has finished: what may still come (its usage, its last word) is not waited for as long as content. */
  closing(): void {
    this.state = 'closing';
    this.wait('idle_timeout', Math.min(this.limits.idleMs, CLOSING_MS));
  }

  clear(): void {
    clearTimeout(this.waiting);
    clearTimeout(this.total);
  }

  private wait(kind: DeadlineKind, ms: number): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.missed(kind), ms);
  }

  /** The total deadline of a target may still leave the route time for the next. */
  private missed(kind: DeadlineKind): void {
    this.onDeadline({ kind, retry: 'next', message: MISSED[kind](this.limits) });
  }
}
