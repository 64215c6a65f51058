import { FairleadError } from '@/lib/kernel/errors';
import { type Money, nano } from '@/lib/kernel/money';
import type { Clock } from '@/lib/kernel/clock';
import { Roster } from '@/lib/kernel/roster';
import type { GatewayPool } from '@/lib/store';
import { Journal } from './journal';
import { Ownership, type ProcessIdentity } from './ownership';
import { recoverPredecessors, replayJournals } from './recover';
import { loadRowEncoders } from './row-text';
import type { Settlement } from './settlement';
import { Settler } from './settler';
import { type Hold, postpaidLeg, SliceBook } from './slice-book';
import { SliceKeeper } from './slice-keeper';
import { SliceReturns } from './slice-returns';
import type { CloseCall, HoldRequest, HoldVerdict, RequestRow } from './types';

/** Past these ages of an unstored row new calls are refused: at once when the database fails, later when it is only slow. */
const FAILING_LIMIT_MS = 250;
const SLOW_LIMIT_MS = 2_000;

export interface Ledger {
  /** Under which this process is known and its running calls are on record. Changes when its leases were lost. */
  readonly processId: string;
  /**
   * Sets money aside in every scope or in none. At once, and without a promise, while this process has leased enough; else
   * after asking. Rejects with `database_unavailable`.
   */
  hold(request: HoldRequest): HoldVerdict | Promise<HoldVerdict>;
  /** Adds to the hold of a running call. False: some scope has no room for it. */
  extend(hold: Hold, more: Money): boolean | Promise<boolean>;
  /** Writes the row of a call that runs. Resolves when it is stored, or in the journal. */
  open(row: RequestRow): Promise<void>;
  /** Settles and completes the row, exactly once. Resolves when that is stored, or in the journal, with what was charged. */
  close(call: CloseCall): Promise<Money>;
  /** Throws `ledger_unavailable` when rows cannot be stored in time or leases may be gone. Ask before dispatching. */
  assertKeepingUp(): void;
  /** Calls back once when this process may no longer spend: running calls must end. */
  onLeasesLost(listener: () => void): () => void;
  /** Questions about slices so far: a call admitted from memory adds none. */
  roundTrips(): number;
  drained(): Promise<void>;
  /** Stores what is left, gives every lease back and leaves. */
  stop(): Promise<void>;
}

export interface LedgerOptions {
  pool: GatewayPool;
  clock: Clock;
  identity: ProcessIdentity;
  /** Folder of the journal, or null to keep none. */
  journalFolder: string | null;
  /** No other process serves this database: what others left behind is taken back at once. */
  alone: boolean;
  onSwept(calls: number): unknown;
  onError(error: unknown, what: string): void;
}

/** The one mover of money of a process: leases in memory, settlements in batches, a journal for when the database is away. */
export async function startLedger({ pool, clock, identity, journalFolder, alone, onSwept, onError }: LedgerOptions): Promise<Ledger> {
  const { monotonic } = clock;
  const encoders = await loadRowEncoders(pool);
  if (journalFolder && !alone) await replayJournals(pool, encoders, journalFolder, (pid) => pid === process.pid || !isAlive(pid));

  const ownership: Ownership = new Ownership({ pool, monotonic, identity, onSwept, onError, onReplaced: (owner) => endRunning(owner) });
  await ownership.start();
  if (journalFolder && alone) onSwept(await recoverPredecessors(pool, journalFolder, ownership.id));
  const book = new SliceBook(ownership.id, monotonic);
  const journal = journalFolder ? new Journal(journalFolder, ownership.id) : null;
  const onLost = (owner: string) => ownership.replace(owner);

  const settler: Settler = new Settler({ pool, book, journal, encoders, monotonic, onLost, onError });
  const keeper = new SliceKeeper({ pool, book, monotonic, onLost, onError });
  const returns = new SliceReturns({ pool, book, keeper, monotonic, onError, settleSoon: () => settler.settleSoon(), quietAt: () => settler.quietAt() });
  returns.start();

  const spenders = new Roster<() => void>();
  const endRunning = (owner: string | null) => {
    if (owner) book.reset(owner);
    for (const end of spenders.dismiss()) end();
  };
  const watch = setInterval(() => {
    if (!ownership.isAlive()) endRunning(null);
  }, 1_000);
  watch.unref();

  const unavailable = (error?: unknown) => new FairleadError('ledger_unavailable', undefined, { retryAfterS: 1, internal: error });

  return {
    get processId() {
      return ownership.id;
    },
    hold(request) {
      const blocked = request.windows.find(({ limit }) => limit === 0n);
      if (blocked) return { ok: false, reason: 'empty', account: blocked.id };
      const hold = book.tryHold(request);
      if (hold && hold.taken === 0) {
        keeper.refillAfter(hold);
        return { ok: true, hold };
      }
      // A smaller ceiling is taken only once the database says that there is no more.
      if (hold) book.close(hold, 0n, []);
      return keeper.wait(request).catch((error: unknown) => {
        throw new FairleadError('database_unavailable', undefined, { retryAfterS: 1, internal: error });
      });
    },
    extend(hold, more) {
      if (book.tryExtend(hold, more)) {
        keeper.refillAfter(hold);
        return true;
      }
      if (hold.owner !== book.owner) return false;
      return keeper.wait(hold.request, { hold, more }).then(
        (verdict) => verdict.ok,
        () => false,
      );
    },
    open: (row) => settler.open(row),
    async close(call) {
      const { settlement, charge } = await settlementOf(call);
      await settler.add(settlement);
      return charge;
    },
    assertKeepingUp() {
      if (!ownership.isAlive()) throw unavailable();
      const { oldestMs, failing } = settler.backlog();
      if (oldestMs > (failing ? FAILING_LIMIT_MS : SLOW_LIMIT_MS)) throw unavailable();
    },
    onLeasesLost: (listener) => spenders.join(listener),
    roundTrips: () => keeper.roundTrips,
    drained: () => settler.drained(),
    async stop() {
      clearInterval(watch);
      returns.stop();
      settler.stop();
      await ownership.stop();
      await journal?.close();
    },
  };

  /** Decides the money of a closed call, in memory. */
  async function settlementOf({ id, org, charge, hold, admittedBy, answeredBy, row, opened = true, attempts, bodies }: CloseCall): Promise<{ settlement: Settlement; charge: Money }> {
    let charged: bigint = charge;
    if (hold && charge > hold.amount) {
      const extra = charge - hold.amount;
      if (!book.tryExtend(hold, extra) && !(await extendFromDatabase(hold, extra))) {
        const room = book.roomFor(hold);
        if (room > 0n && room < extra) book.tryExtend(hold, room);
        charged = hold.amount < charge ? hold.amount : charge;
      }
    }
    const settlement: Settlement = { id, org, owner: hold?.owner ?? admittedBy, row, opened, attempts, bodies, moves: [], legs: [] };
    if (hold) Object.assign(settlement, book.close(hold, charged, answeredBy, BigInt(row.provider_cost_nano)));
    else if (charged > 0n) settlement.legs.push(postpaidLeg(org, charged));
    row.cost_nano = charged.toString();
    row.fund = settlement.legs[0]?.fund;
    return { settlement, charge: nano(charged) };
  }

  async function extendFromDatabase(hold: Hold, more: bigint): Promise<boolean> {
    if (hold.owner !== book.owner) return false;
    return keeper.wait(hold.request, { hold, more }).then(
      (verdict) => verdict.ok,
      () => false,
    );
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
