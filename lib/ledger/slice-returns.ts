import type { GatewayPool } from '@/lib/store';
import type { Slice, SliceBook } from './slice-book';
import { SCARCE_MS, type SliceKeeper } from './slice-keeper';

const RECALL_POLL_MS = 100;
const IDLE_CHECK_MS = 2_000;
const IDLE_MS = 10_000;

/** Gives back what is idle or recalled, and finds slices again whose lease this process did not hear of. */
export class SliceReturns {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly deps: {
      pool: GatewayPool;
      book: SliceBook;
      keeper: SliceKeeper;
      monotonic(): number;
      /** What is given back travels with the next batch of settlements; this asks for one. */
      settleSoon(): void;
      /** A number that changes with every batch of settlements; null while one is on its way. */
      quietAt(): number | null;
      onError(error: unknown, what: string): void;
    },
  ) {}

  start(): void {
    this.timers.push(
      setInterval(() => void this.answerRecalls().catch((error: unknown) => this.deps.onError(error, 'recall')), RECALL_POLL_MS),
      setInterval(() => this.returnIdle(), IDLE_CHECK_MS),
    );
    for (const timer of this.timers) timer.unref();
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private async answerRecalls(): Promise<void> {
    const { pool, book, keeper } = this.deps;
    if (keeper.inDoubt) await keeper.whileQuiet(() => this.findLost());
    const { rows } = await pool.query<{ account_id: string }>({
      name: 'ledger-recalls',
      text: 'SELECT account_id FROM lease WHERE process_id = $1 AND recalled_at IS NOT NULL',
      values: [book.owner],
    });
    if (rows.length === 0) return;
    for (const { account_id: id } of rows) {
      const slice = book.find(id);
      if (!slice) continue;
      giveBack(slice);
      slice.recalled = true;
      slice.askAt = this.deps.monotonic() + SCARCE_MS;
    }
    this.deps.settleSoon();
  }

  /** Compares what the database leased to us with what we know, at a moment when nothing moves. */
  private async findLost(): Promise<void> {
    const { pool, book, keeper, quietAt } = this.deps;
    const { owner } = book;
    const before = quietAt();
    if (before === null) return;
    const { rows } = await pool.query<{ account_id: string; amount: string }>('SELECT account_id, amount_nano::text AS amount FROM lease WHERE process_id = $1', [owner]);
    if (quietAt() !== before || book.owner !== owner) return;
    for (const { account_id: id, amount } of rows) {
      const slice = book.find(id);
      const known = slice ? slice.free + slice.held + slice.settling + slice.returning : 0n;
      if (BigInt(amount) > known) book.add(id, BigInt(amount) - known);
    }
    keeper.inDoubt = false;
  }

  private returnIdle(): void {
    const before = this.deps.monotonic() - IDLE_MS;
    let any = false;
    for (const slice of this.deps.book.all()) {
      if (slice.usedAt > before || slice.leasedAt > before || slice.held > 0n) continue;
      if (slice.free > 0n) {
        giveBack(slice);
        any = true;
      } else if (slice.settling === 0n && slice.returning === 0n && !slice.changed) {
        this.deps.book.forget(slice);
      }
    }
    if (any) this.deps.settleSoon();
  }
}

/** The whole idle part, and a smaller appetite from here on. */
function giveBack(slice: Slice): void {
  slice.returning += slice.free;
  slice.free = 0n;
  slice.stock = 0n;
}
