import { isDatabaseTrouble } from '@/lib/kernel/errors';
import type { GatewayPool } from '@/lib/store';
import type { Journal } from './journal';
import type { RowEncoders } from './row-text';
import { LabelBounds } from './roll-ups';
import { type Batch, buildBatch, chargesText, labelValues, SETTLE, SETTLE_WITH_LABELS, type Settlement } from './settlement';
import type { SliceBook } from './slice-book';
import { arrayText } from './row-text';

/** More in one batch only makes the first of it wait. */
const MAX_BATCH = 512;
/** A settlement that is not stored after this goes to the journal, and its answer with it. */
const JOURNAL_AFTER_MS = 400;
const JOURNAL_CHECK_MS = 100;
const REPORT_MS = 100;

interface Waiting {
  settlement: Settlement;
  since: number;
  /** Its answer went on: it is in the journal. */
  journaled: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Stores settlements: while one batch is on its way, what ends meanwhile gathers and leaves as the next. Batches of a
 * process are numbered and strictly one after the other, so one whose answer was lost can be sent again. Keeps trying for
 * as long as the database is away; then answers wait for the journal instead.
 */
export class Settler {
  private queue: Waiting[] = [];
  private inFlight: Waiting[] = [];
  private running = false;
  private reportDue = false;
  private failures = 0;
  private batch = 0;
  private idle: (() => void)[] = [];
  private readonly timers: NodeJS.Timeout[];
  private inJournal = false;
  private readonly labelBounds = new LabelBounds();

  constructor(
    private readonly deps: {
      pool: GatewayPool;
      book: SliceBook;
      journal: Journal | null;
      encoders: RowEncoders;
      monotonic(): number;
      /** Whether opened rows still wait for the database: then the journal may be all there is of them. */
      rowsPending(): boolean;
      onLost(owner: string): Promise<void>;
      onError(error: unknown, what: string): void;
    },
  ) {
    this.timers = [setInterval(() => this.reportHolds(), REPORT_MS), setInterval(() => this.moveToJournal(), JOURNAL_CHECK_MS)];
    for (const timer of this.timers) timer.unref();
  }

  /** Resolves when the settlement is stored, or in the journal. */
  add(settlement: Settlement): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ settlement, since: this.deps.monotonic(), journaled: false, resolve, reject });
      this.run();
    });
  }

  /** Sends what slices gave back, and the holds of running calls, even if nothing settles. */
  settleSoon(): void {
    this.reportDue = true;
    this.run();
  }

  /** Age of the oldest settlement that is not stored, and whether the last batch failed. */
  backlog(): { oldestMs: number; size: number; failing: boolean } {
    const oldest = this.inFlight[0] ?? this.queue[0];
    return { oldestMs: oldest ? this.deps.monotonic() - oldest.since : 0, size: this.inFlight.length + this.queue.length, failing: this.failures > 0 };
  }

  drained(): Promise<void> {
    return this.running ? new Promise((resolve) => this.idle.push(resolve)) : Promise.resolve();
  }

  /** A row went to the journal: empty it once everything is stored. */
  noteJournaled(): void {
    this.inJournal = true;
  }

  /** The number of the last batch, or null while one is on its way. */
  quietAt(): number | null {
    return this.running ? null : this.batch;
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private run(): void {
    if (this.running) return;
    this.running = true;
    void this.loop();
  }

  private async loop(): Promise<void> {
    // One turn of the event loop lets calls that ended together leave together.
    await new Promise(setImmediate);
    while (this.queue.length > 0 || this.reportDue) {
      const { owner } = this.deps.book;
      const first = this.queue[0]?.settlement.owner ?? owner;
      // Calls admitted under leases that were lost since travel apart.
      const mixed = this.queue.findIndex(({ settlement }) => settlement.owner !== first);
      this.inFlight = this.queue.splice(0, Math.min(MAX_BATCH, mixed === -1 ? MAX_BATCH : mixed));
      await (first === owner ? this.settle(owner) : this.writeOff());
    }
    this.running = false;
    if (this.inJournal && !this.deps.rowsPending()) {
      this.inJournal = false;
      this.deps.journal?.clear().catch((error: unknown) => this.deps.onError(error, 'journal'));
    }
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async settle(owner: string): Promise<void> {
    this.reportDue = false;
    const { book, encoders } = this.deps;
    const batch = buildBatch(owner, this.inFlight.map(({ settlement }) => settlement), reportsOf(book), encoders);
    const number = ++this.batch;
    for (;;) {
      try {
        const result = await this.send(batch, number);
        this.failures = 0;
        if (result === 'lost') {
          await this.deps.onLost(owner);
          return await this.writeOff();
        }
        stored(batch);
        return this.resolveAll();
      } catch (error) {
        if (!isDatabaseTrouble(error)) return await this.settleOneByOne(owner, batch, error);
        await this.pause(error);
      }
    }
  }

  private async send(batch: Batch, number: number): Promise<string> {
    const labels = labelValues(batch.settlements, this.labelBounds, this.deps.encoders);
    const values = [batch.owner, number, ...batch.values];
    const { rows } = await this.deps.pool.query<{ result: string }>(
      labels ? { name: 'ledger-settle-labels', text: SETTLE_WITH_LABELS, values: [...values, ...labels] } : { name: 'ledger-settle', text: SETTLE, values },
    );
    return rows[0]?.result ?? 'lost';
  }

  /** One call that the database refuses must not keep all others from settling; it alone fails, loudly, and costs nothing. */
  private async settleOneByOne(owner: string, whole: Batch, reason: unknown): Promise<void> {
    const calls = this.inFlight;
    if (calls.length <= 1) {
      for (const { slice, spent } of whole.given) {
        slice.settling -= spent;
        slice.free += spent;
        slice.changed = true;
      }
      const [call] = calls;
      this.inFlight = [];
      this.deps.onError(reason, call ? `settlement of ${call.settlement.id} of ${call.settlement.org}` : 'report of holds');
      call?.reject(reason);
      return;
    }
    for (const { slice, returned } of whole.given) if (returned > 0n) slice.changed = true;
    for (const call of calls) {
      this.inFlight = [call];
      await this.settle(owner);
    }
  }

  private async writeOff(): Promise<void> {
    const settlements = this.inFlight.map(({ settlement }) => settlement);
    const { encoders, pool } = this.deps;
    // Written without a charge: nobody pays for it but the operator.
    const rows = settlements.map(({ row }) => encoders.request({ ...row, cost_nano: '0', fund: undefined }));
    const whole = settlements.map((one) => ({ ...one, legs: one.legs.length === 0 ? [] : [{ fund: 'postpaid' as const, account: 'operator/write_off', amount: one.legs.reduce((sum, { amount }) => sum + amount, 0n) }] }));
    for (;;) {
      try {
        await pool.query('SELECT ledger.write_off($1::ledger.charge[], $2::logs.request[], $3::logs.attempt[])', [
          chargesText(whole),
          arrayText(rows),
          arrayText(settlements.flatMap(({ attempts }) => attempts.map(encoders.attempt))),
        ]);
        this.failures = 0;
        return this.resolveAll();
      } catch (error) {
        await this.pause(error);
      }
    }
  }

  private resolveAll(): void {
    const stored = this.inFlight;
    this.inFlight = [];
    for (const call of stored) call.resolve();
  }

  private async pause(error: unknown): Promise<void> {
    this.failures += 1;
    this.deps.onError(error, 'settle');
    await new Promise((resolve) => setTimeout(resolve, Math.min(50 * 2 ** Math.min(this.failures, 6), 1_000)));
  }

  /** The holds of running calls are shown to people: reported with every batch, and at the latest after a moment. */
  private reportHolds(): void {
    if (this.running) return;
    for (const slice of this.deps.book.all()) if (slice.changed) return this.settleSoon();
  }

  private moveToJournal(): void {
    const { journal } = this.deps;
    if (!journal || this.backlog().oldestMs < JOURNAL_AFTER_MS) return;
    const waiting = [...this.inFlight, ...this.queue].filter(({ journaled }) => !journaled);
    if (waiting.length === 0) return;
    for (const call of waiting) call.journaled = true;
    this.inJournal = true;
    journal.keep(waiting.map(({ settlement }) => settlement)).then(
      () => {
        for (const call of waiting) call.resolve();
      },
      (error: unknown) => {
        for (const call of waiting) call.journaled = false;
        this.deps.onError(error, 'journal');
      },
    );
  }
}

function* reportsOf(book: SliceBook) {
  for (const slice of book.all()) if (slice.changed || slice.returning > 0n || slice.recalled) yield slice;
}

function stored(batch: Batch): void {
  for (const { slice, spent, returned } of batch.given) {
    slice.settling -= spent;
    slice.returning -= returned;
  }
}
