import { isDatabaseTrouble } from '@/lib/kernel/errors';
import type { GatewayPool } from '@/lib/store';
import type { Journal } from './journal';
import { LabelBounds } from './roll-ups';
import type { RowEncoders } from './row-text';
import { type Sent, SentBatches, type Waiting } from './sent-batches';
import { buildBatch, SETTLE, SETTLE_UNFLUSHED, settleValues, type Settlement } from './settlement';
import type { SliceBook } from './slice-book';
import type { RequestRow } from './types';
import { storeWriteOff } from './write-off';

/** More in one batch only makes the first of it wait. */
const MAX_BATCH = 512;
/** From here on a batch is followed so closely that its commit does not wait for the disk; a smaller one is cheaper with its own flush. */
const UNFLUSHED_FROM = 24;
/** What is not stored after this goes to the journal, and its answer with it. */
const JOURNAL_AFTER_MS = 400;
const JOURNAL_CHECK_MS = 100;
const REPORT_MS = 100;
const NOTHING_WAITS = { oldestMs: 0, failing: false };

/**
 * Stores what calls begin with and end with. While one batch is executed, what comes meanwhile gathers and leaves as the
 * next; none waits for the disk. Beside them one flush at a time reads how far the database got and puts that on disk:
 * only then are calls told. Batches are numbered and follow one another without a gap, so what a crash of the database
 * took is noticed and sent again in order, and nothing is settled twice.
 */
export class Settler {
  private queue: Waiting[] = [];
  private readonly sent = new SentBatches();
  private running = false;
  private flushing = false;
  private reportDue = false;
  private failures = 0;
  /** Numbers leave room between them for the calls of a batch that has to be split. */
  private lastNumber = 0;
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
      /** First pause after trouble with the database; it doubles. */
      pauseMs?: number;
      onLost(owner: string): Promise<void>;
      onError(error: unknown, what: string): void;
    },
  ) {
    this.timers = [setInterval(() => this.reportHolds(), REPORT_MS), setInterval(() => this.moveToJournal(), JOURNAL_CHECK_MS)];
    for (const timer of this.timers) timer.unref();
  }

  /** Resolves when the row of a running call is stored, or in the journal. */
  open(row: RequestRow): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ owner: row.process_id, call: { row }, since: this.deps.monotonic(), journaled: false, resolve, reject });
      this.run();
    });
  }

  /** Resolves when the settlement is stored, or in the journal. A call whose row still waits is written once, complete. */
  add(settlement: Settlement): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { owner: settlement.owner, call: settlement, since: this.deps.monotonic(), journaled: false, resolve, reject };
      const opening = settlement.opened && this.queue.findLast(({ call }) => call.row.id === settlement.id);
      if (opening) supersede(opening, waiting);
      else this.queue.push(waiting);
      this.run();
    });
  }

  /** Sends what slices gave back, and the holds of running calls, even if nothing settles. */
  settleSoon(): void {
    this.reportDue = true;
    this.run();
  }

  /** Age of the oldest call that is not stored, and whether the last batch failed. */
  backlog(): { oldestMs: number; failing: boolean } {
    const oldest = this.sent.first?.calls[0] ?? this.queue[0];
    return oldest ? { oldestMs: this.deps.monotonic() - oldest.since, failing: this.failures > 0 } : NOTHING_WAITS;
  }

  drained(): Promise<void> {
    return this.isQuiet() ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }

  /** The number of the last batch, or null while one is on its way. */
  quietAt(): number | null {
    return this.isQuiet() ? this.lastNumber : null;
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private isQuiet(): boolean {
    return !this.running && this.sent.size === 0;
  }

  private run(): void {
    if (this.running) return;
    this.running = true;
    void this.loop();
  }

  private async loop(): Promise<void> {
    // One turn of the event loop lets calls that ended together leave together.
    await new Promise(setImmediate);
    for (;;) {
      const again = this.sent.nextToSend();
      if (again) await this.send(again);
      else if (this.queue.length > 0 || this.reportDue) await this.sendNext();
      else break;
    }
    this.running = false;
    this.tellQuiet();
  }

  private tellQuiet(): void {
    if (!this.isQuiet()) return;
    if (this.inJournal) {
      this.inJournal = false;
      this.deps.journal?.clear().catch((error: unknown) => this.deps.onError(error, 'journal'));
    }
    for (const resolve of this.idle.splice(0)) resolve();
  }

  private async sendNext(): Promise<void> {
    const { owner } = this.deps.book;
    const first = this.queue[0]?.owner ?? owner;
    // Calls admitted under leases that were lost since travel apart.
    const mixed = this.queue.findIndex((waiting) => waiting.owner !== first);
    const calls = this.queue.splice(0, Math.min(MAX_BATCH, mixed === -1 ? MAX_BATCH : mixed));
    this.lastNumber += MAX_BATCH;
    if (first === owner) this.reportDue = false;
    const sent = this.batchOf(first, this.lastNumber, calls);
    this.sent.push(sent);
    await (first === owner ? this.send(sent) : this.writeOff([sent]));
  }

  private batchOf(owner: string, number: number, calls: Waiting[]): Sent {
    const { book, encoders } = this.deps;
    const settlements = calls.flatMap(({ call }) => (isSettlement(call) ? [call] : []));
    const opened = calls.flatMap(({ call }) => (isSettlement(call) ? [] : [call.row]));
    return { number, calls, batch: buildBatch(owner, settlements, opened, owner === book.owner ? reportsOf(book) : [], this.labelBounds, encoders), executed: false, resent: false };
  }

  private async send(sent: Sent): Promise<void> {
    const { owner } = sent.batch;
    const { resent } = sent;
    sent.resent = true;
    const waits = sent.calls.length < UNFLUSHED_FROM;
    const statement = waits ? { name: 'ledger-settle', text: SETTLE } : { name: 'ledger-settle-unflushed', text: SETTLE_UNFLUSHED };
    try {
      const { rows } = await this.deps.pool.query<{ settled: string | null }>({ ...statement, values: settleValues(sent.batch, sent.number, this.sent.numberBefore(sent)) });
      this.failures = 0;
      const settled = rows[0]?.settled ?? null;
      if (settled === null) {
        await this.deps.onLost(owner);
        await this.writeOff(this.sent.of(owner));
      } else if (Number(settled) >= sent.number) {
        sent.executed = true;
        // A commit that waited for the disk put everything before it there too.
        if (waits && !resent) this.prove(owner, sent.number);
        else this.flush();
      } else {
        if (sent === this.sent.first) this.deps.onError(new Error(this.sent.goBackTo(owner, Number(settled))), 'settle');
        this.doubt();
      }
    } catch (error) {
      if (!isDatabaseTrouble(error)) return this.split(sent, error);
      this.doubt();
      await this.pause(error, 'settle');
    }
  }

  private doubt(): void {
    this.sent.doubt();
    this.run();
  }

  private flush(): void {
    if (this.flushing) return;
    this.flushing = true;
    void this.flushLoop();
  }

  private async flushLoop(): Promise<void> {
    while (this.sent.first?.executed) {
      const { owner } = this.sent.first.batch;
      const expected = this.sent.executedThrough(owner);
      try {
        const { rows } = await this.deps.pool.query<{ settled: string }>({ name: 'ledger-flush', text: FLUSH, values: [owner] });
        const through = Number(rows[0]?.settled ?? -1);
        this.prove(owner, through);
        if (through < expected) this.doubt();
      } catch (error) {
        this.doubt();
        await this.pause(error, 'flush');
      }
    }
    this.flushing = false;
    this.tellQuiet();
  }

  /** Tells calls whose batches are on disk. */
  private prove(owner: string, through: number): void {
    for (const { batch, calls } of this.sent.prove(owner, through)) {
      for (const { slice, spent, returned } of batch.given) slice.settling -= spent + returned;
      for (const call of calls) call.resolve();
    }
  }

  /** One call that the database refuses must not keep all others from settling; it alone fails, loudly, and costs nothing. */
  private split(sent: Sent, reason: unknown): void {
    const { calls, number, batch } = sent;
    const [call] = calls;
    const alone = calls.length <= 1;
    for (const { slice, spent, returned } of batch.given) {
      slice.settling -= alone ? spent + returned : returned;
      slice.returning += returned;
      if (alone) slice.free += spent;
      slice.changed = true;
    }
    // Which of them are stored already is the database's to say from here on.
    for (const one of calls) if (isSettlement(one.call)) one.call.opened = true;
    const parts = alone ? [] : calls.map((one, index) => this.batchOf(batch.owner, number - MAX_BATCH + 1 + index, [one]));
    this.sent.replace(sent, parts);
    if (!alone) return;
    this.deps.onError(reason, call ? `${isSettlement(call.call) ? 'settlement' : 'row'} of ${call.call.row.id} of ${call.call.row.org_id}` : 'report of holds');
    call?.reject(reason);
  }

  /** The leases of these were swept. */
  private async writeOff(lost: Sent[]): Promise<void> {
    const { encoders, pool } = this.deps;
    for (;;) {
      try {
        await storeWriteOff(pool, encoders, lost.flatMap(({ batch }) => batch.settlements), lost.flatMap(({ batch }) => batch.opened));
        this.failures = 0;
        break;
      } catch (error) {
        await this.pause(error, 'write_off');
      }
    }
    this.sent.remove(lost);
    for (const call of lost.flatMap(({ calls }) => calls)) call.resolve();
    this.flush();
  }

  private async pause(error: unknown, what: string): Promise<void> {
    this.failures += 1;
    this.deps.onError(error, what);
    await new Promise((resolve) => setTimeout(resolve, Math.min((this.deps.pauseMs ?? 50) * 2 ** Math.min(this.failures, 6), 1_000)));
  }

  /** The holds of running calls are shown to people: reported with every batch, and at the latest after a moment. */
  private reportHolds(): void {
    if (this.running) return;
    for (const slice of this.deps.book.all()) if (slice.changed) return this.settleSoon();
  }

  private moveToJournal(): void {
    const { journal } = this.deps;
    if (!journal || this.backlog().oldestMs < JOURNAL_AFTER_MS) return;
    const waiting = [...this.sent.calls(), ...this.queue].filter(({ journaled }) => !journaled);
    if (waiting.length === 0) return;
    for (const call of waiting) call.journaled = true;
    this.inJournal = true;
    // Taken now: a settlement that takes the place of an opening meanwhile is not in the journal yet.
    const tell = waiting.map(({ resolve }) => resolve);
    journal.keep(waiting.map(({ call }) => (isSettlement(call) ? { settled: call } : { opened: call.row }))).then(
      () => {
        for (const resolve of tell) resolve();
      },
      (error: unknown) => {
        for (const call of waiting) call.journaled = false;
        this.deps.onError(error, 'journal');
      },
    );
  }
}

/** How far this process's batches got, as this statement sees it; its own commit puts all of that on disk. */
const FLUSH = `SELECT settled_batch::text AS settled, pg_logical_emit_message(true, 'fairlead', '') FROM heartbeat WHERE process_id = $1`;

function isSettlement(call: Waiting['call']): call is Settlement {
  return 'legs' in call;
}

/** The call ended while its opening still waited: its settlement takes that place, and answers for both. */
function supersede(opening: Waiting, settlement: Waiting & { call: Settlement }): void {
  const { resolve, reject } = opening;
  opening.call = { ...settlement.call, opened: false };
  opening.journaled = false;
  opening.resolve = () => {
    resolve();
    settlement.resolve();
  };
  opening.reject = (error) => {
    reject(error);
    settlement.reject(error);
  };
}

function* reportsOf(book: SliceBook) {
  for (const slice of book.all()) if (slice.changed || slice.returning > 0n || slice.recalled) yield slice;
}
