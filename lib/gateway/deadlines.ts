import type { FaultKind } from '@/lib/providers/contract';

type Deadline = Extract<FaultKind, 'first_token_timeout' | 'idle_timeout' | 'total_timeout'>;

/** Two timers per attempt: the wait for the next token (first, then idle) and the total over all attempts. */
export class Deadlines {
  private waiting: NodeJS.Timeout;
  private readonly total: NodeJS.Timeout;
  private first = true;

  constructor(
    private readonly limits: { firstTokenMs: number; idleMs: number; totalMs: number },
    private readonly onDeadline: (kind: Deadline) => void,
  ) {
    this.waiting = setTimeout(() => this.onDeadline('first_token_timeout'), limits.firstTokenMs);
    this.total = setTimeout(() => this.onDeadline('total_timeout'), Math.max(0, limits.totalMs));
  }

  /** Content arrived: from now on the idle limit counts, from each arrival anew. */
  progress(): void {
    if (this.first) {
      this.first = false;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.onDeadline('idle_timeout'), this.limits.idleMs);
    } else {
      this.waiting.refresh();
    }
  }

  clear(): void {
    clearTimeout(this.waiting);
    clearTimeout(this.total);
  }
}
