import type { StreamPart } from '@/lib/providers/contract';
import type { StreamBudget } from './stream-budget';

/** What a relay does with parts once it is known whether they are covered. */
interface Relay {
  /** The provider should send no more for now. */
  pause(): void;
  /** Parts that waited, now that the ledger has answered. */
  goOn(parts: readonly StreamPart[]): void;
  /** The upstream had closed behind them. */
  ended(): void;
  /** Nothing more is set aside: the answer ends here. */
  cut(): void;
}

/** The parts of a stream that its hold covers. While the ledger is asked for a larger hold, everything behind waits. */
export class CoveredParts {
  private waiting: StreamPart[] | null = null;
  private endWaits = false;

  constructor(
    /** Null: the hold covers whatever this stream may say. */
    private readonly budget: StreamBudget | null,
    private readonly relay: Relay,
  ) {}

  /** Whether these have to wait behind others. */
  queue(parts: readonly StreamPart[]): boolean {
    this.waiting?.push(...parts);
    return this.waiting !== null;
  }

  /** Whether the end of the stream has to wait behind parts of it. */
  queueEnd(): boolean {
    if (this.waiting) this.endWaits = true;
    return this.waiting !== null;
  }

  /** Whether one more piece is covered. If not the answer was cut here, or it waits with what follows it in `parts`. */
  covers(part: Extract<StreamPart, { kind: 'content' }>, parts: readonly StreamPart[]): boolean {
    const verdict = this.budget?.take(part.text, part.reasoning) ?? 'go';
    if (verdict === 'cut') this.relay.cut();
    else if (verdict === 'wait') {
      this.waiting = parts.slice(parts.indexOf(part));
      this.relay.pause();
      this.budget?.whenAnswered(() => this.answered());
    }
    return verdict === 'go';
  }

  private answered(): void {
    const parts = this.waiting ?? [];
    this.waiting = null;
    this.relay.goOn(parts);
    // Without a new question on its way what came is all there is.
    if (this.endWaits && this.waiting === null) this.relay.ended();
  }
}
