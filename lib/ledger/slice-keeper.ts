import type { GatewayPool } from '@/lib/store';
import { fundAccount } from './accounts';
import type { Hold, Slice, SliceBook } from './slice-book';
import type { HoldRequest, HoldVerdict, HoldWindow } from './types';

/** How long a call waits for other processes to give back what they do not use. */
const RECALL_WAIT_MS = 250;
/** Calls that are admitted from memory meanwhile may take what was fetched for a waiting one; it asks again, but not for ever. */
const STARVED_MS = 3_000;
const RETRY_MS = 20;
/** A slice that could not be filled to its stock is not asked for again before. */
const SCARCE_MS = 100;
/** First stock, in holds; doubles while it is used up within a second. */
const FIRST_STOCK = 8n;
const MAX_STOCK = 1n << 50n;
const RECALL_POLL_MS = 100;
const IDLE_CHECK_MS = 2_000;
const IDLE_MS = 10_000;

interface Ask {
  n: number;
  id: string;
  need: bigint;
  want: bigint;
  group: string | null;
  /** Counted only: the account must exist, nothing is leased. */
  tally: boolean;
  window: (HoldWindow & { org: string }) | null;
}

interface Answer {
  id: string;
  granted: string;
  limit: string;
  spent: string;
  elsewhere: boolean;
}

interface Waiting {
  request: HoldRequest;
  /** Set for a running call that wants more. */
  extend: { hold: Hold; more: bigint } | null;
  until: number;
  resolve(verdict: HoldVerdict): void;
  reject(error: unknown): void;
}

/**
 * Fetches slices: for calls that found too little (they wait), and ahead of need in the background. One question is on its
 * way at a time and carries everything that was lacking meanwhile. Gives back what is idle or recalled.
 */
export class SliceKeeper {
  private waiting: Waiting[] = [];
  private readonly wanted = new Set<Slice>();
  private running = false;
  private readonly timers: NodeJS.Timeout[] = [];
  /** An answer was lost: slices may have been leased to us that we do not know of. */
  private inDoubt = false;
  /** Questions sent so far: calls admitted from memory add none. */
  roundTrips = 0;

  constructor(
    private readonly deps: {
      pool: GatewayPool;
      book: SliceBook;
      monotonic(): number;
      /** The database says that our leases are gone. */
      onLost(owner: string): Promise<void>;
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

  /** Waits until the request fits, or it is certain that it does not. Rejects when the database cannot answer. */
  wait(request: HoldRequest, extend: Waiting['extend'] = null): Promise<HoldVerdict> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, extend, until: this.deps.monotonic() + RECALL_WAIT_MS, resolve, reject });
      this.run();
    });
  }

  /** Orders more in the background where a hold left less than half of the stock. */
  refillAfter(hold: Hold): void {
    for (const { slice } of hold.windows) this.refill(slice);
    for (const { slice } of hold.funds ?? []) this.refill(slice);
  }

  private refill(slice: Slice): void {
    if (slice.free * 2n >= slice.stock || slice.askAt > this.deps.monotonic()) return;
    this.wanted.add(slice);
    this.run();
  }

  private run(): void {
    if (this.running) return;
    this.running = true;
    void this.loop().finally(() => {
      this.running = false;
      if (this.waiting.length > 0 || this.wanted.size > 0) this.run();
    });
  }

  private async loop(): Promise<void> {
    // One turn of the event loop lets calls that arrived together ask together.
    await new Promise(setImmediate);
    while (this.waiting.length > 0 || this.wanted.size > 0) {
      const { book, pool } = this.deps;
      const { owner } = book;
      const asks = this.collect();
      let answers: Answer[] | null = [];
      if (asks.length > 0) {
        this.roundTrips += 1;
        try {
          const result = await pool.query<{ answers: Answer[] | null }>({
            name: 'ledger-take-slices',
            text: 'SELECT ledger.take_slices($1, $2::jsonb) AS answers',
            values: [owner, JSON.stringify(asks, bigintsAsText)],
          });
          answers = result.rows[0]?.answers ?? null;
        } catch (error) {
          this.inDoubt = true;
          this.deps.onError(error, 'take_slices');
          for (const waiting of this.waiting.splice(0)) waiting.reject(error);
          return;
        }
      }
      if (owner !== book.owner) continue;
      if (answers === null) {
        await this.deps.onLost(owner);
        continue;
      }
      this.take(asks, answers);
      this.serve(new Map(answers.map((answer) => [answer.id, answer])), new Map(asks.map((entry) => [entry.id, entry.need])));
      if (this.waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** What all waiting calls lack together, and the stocks that ran low. */
  private collect(): Ask[] {
    const { book } = this.deps;
    const asks = new Map<string, Ask>();
    const lacking = new Map<string, { total: bigint; most: bigint }>();
    const ask = (id: string, group: string | null, window: Ask['window'], tally = false): Ask => {
      let found = asks.get(id);
      if (!found) asks.set(id, (found = { n: asks.size, id, need: 0n, want: 0n, group, tally, window: book.find(id) ? null : window }));
      return found;
    };
    const need = (name: string, amount: bigint) => {
      const sum = lacking.get(name) ?? { total: 0n, most: 0n };
      lacking.set(name, { total: sum.total + amount, most: amount > sum.most ? amount : sum.most });
    };
    for (const { request, extend } of this.waiting) {
      const amount = extend ? extend.more : (request.ceilings[0] as bigint);
      const { org } = request;
      for (const window of request.windows) {
        ask(window.id, null, { org, ...window });
        need(window.id, amount);
      }
      for (const window of request.tallies) if (!book.knowsTally(window.id)) ask(window.id, null, { org, ...window }, true);
      if (!request.funds) continue;
      const group = `${org}/${request.funds[0]}`;
      for (const fund of request.funds) ask(fundAccount(org, fund), group, null);
      need(group, amount);
    }
    for (const slice of this.wanted) ask(slice.id, null, null).want = slice.stock;
    this.wanted.clear();
    const free = new Map<string, bigint>();
    for (const { id, group } of asks.values()) free.set(group ?? id, (free.get(group ?? id) ?? 0n) + (book.find(id)?.free ?? 0n));
    for (const entry of asks.values()) {
      const sum = lacking.get(entry.group ?? entry.id);
      if (!sum) continue;
      const missing = sum.total - (free.get(entry.group ?? entry.id) ?? 0n);
      entry.need = missing > 0n ? missing : 0n;
      const stock = book.find(entry.id)?.stock ?? 0n;
      entry.want = max(entry.need + sum.most * FIRST_STOCK, stock);
    }
    return [...asks.values()];
  }

  private take(asks: Ask[], answers: Answer[]): void {
    const { book } = this.deps;
    const now = this.deps.monotonic();
    const asked = new Map(asks.map((entry) => [entry.id, entry]));
    for (const answer of answers) {
      const { want, need, tally } = asked.get(answer.id) as Ask;
      if (tally) {
        book.addTally(answer.id);
        continue;
      }
      const granted = BigInt(answer.granted);
      const slice = book.add(answer.id, granted);
      if (slice.stock === 0n) slice.stock = max(want - need, 1n);
      else if (granted >= want && now - slice.leasedAt < 1_000 && slice.stock < MAX_STOCK) slice.stock *= 2n;
      if (granted < want) slice.askAt = now + SCARCE_MS;
      slice.leasedAt = now;
    }
  }

  private serve(answers: Map<string, Answer>, needs: Map<string, bigint>): void {
    const { book } = this.deps;
    const now = this.deps.monotonic();
    const still: Waiting[] = [];
    for (const waiting of this.waiting.splice(0)) {
      const { request, extend } = waiting;
      const hold = extend ? (book.tryExtend(extend.hold, extend.more) ? extend.hold : null) : book.tryHold(request);
      if (hold) waiting.resolve({ ok: true, hold });
      else {
        const refusal = refusalOf(request, extend ? extend.more : (request.ceilings[request.ceilings.length - 1] as bigint), book, answers, needs);
        if (refusal.final || (refusal.scarce && now >= waiting.until) || now >= waiting.until + STARVED_MS) waiting.resolve({ ok: false, reason: refusal.reason, account: refusal.account });
        else still.push(waiting);
      }
    }
    this.waiting.push(...still);
  }

  private async answerRecalls(): Promise<void> {
    const { pool, book } = this.deps;
    if (this.inDoubt) await this.findLost();
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
    const { pool, book, quietAt } = this.deps;
    const { owner } = book;
    const before = quietAt();
    if (before === null || this.running) return;
    this.running = true;
    try {
      const { rows } = await pool.query<{ account_id: string; amount: string }>('SELECT account_id, amount_nano::text AS amount FROM lease WHERE process_id = $1', [owner]);
      if (quietAt() !== before || book.owner !== owner) return;
      for (const { account_id: id, amount } of rows) {
        const slice = book.find(id);
        const known = slice ? slice.free + slice.held + slice.settling + slice.returning : 0n;
        if (BigInt(amount) > known) book.add(id, BigInt(amount) - known);
      }
      this.inDoubt = false;
    } finally {
      this.running = false;
      if (this.waiting.length > 0 || this.wanted.size > 0) this.run();
    }
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

interface Refusal {
  reason: 'empty' | 'held';
  account: string | null;
  /** The database had less than was asked for: what there is left is held. */
  scarce: boolean;
  final: boolean;
}

/**
 * Why a request that does not fit is refused: for good where a limit is spent up, naming the scope with the least left;
 * else because running calls hold what is left. Not final while other processes may still give back, or when all that was
 * asked for came and went to others.
 */
function refusalOf(request: HoldRequest, least: bigint, book: SliceBook, answers: Map<string, Answer>, needs: Map<string, bigint>): Refusal {
  let tightest: { account: string | null; left: bigint } | null = null;
  let lacking: string | null = null;
  let scarce = false;
  let elsewhere = false;
  const look = (account: string | null, left: bigint, free: bigint, isScarce: boolean, others: boolean) => {
    if (left < least && (tightest === null || left < tightest.left)) tightest = { account, left };
    if (free >= least || !isScarce) return;
    if (!scarce) lacking = account;
    scarce = true;
    elsewhere ||= others;
  };
  for (const { id } of request.windows) {
    const answer = answers.get(id);
    if (answer) look(id, BigInt(answer.limit) - BigInt(answer.spent), book.find(id)?.free ?? 0n, BigInt(answer.granted) < (needs.get(id) ?? 0n), answer.elsewhere);
  }
  if (request.funds) {
    let left = 0n;
    let free = 0n;
    let granted = 0n;
    let need = 0n;
    let others = false;
    for (const fund of request.funds) {
      const id = fundAccount(request.org, fund);
      const answer = answers.get(id);
      free += book.find(id)?.free ?? 0n;
      need = max(need, needs.get(id) ?? 0n);
      if (!answer) continue;
      left += BigInt(answer.limit) - BigInt(answer.spent);
      granted += BigInt(answer.granted);
      others ||= answer.elsewhere;
    }
    // An organization that was never given credit has no fund accounts at all.
    const known = request.funds.some((fund) => answers.has(fundAccount(request.org, fund))) || !request.funds.some((fund) => book.find(fundAccount(request.org, fund)));
    if (known) look(null, left, free, granted < need, others);
  }
  if (tightest) return { reason: 'empty', account: (tightest as { account: string | null }).account, scarce: true, final: true };
  return { reason: 'held', account: lacking, scarce, final: scarce && !elsewhere };
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function bigintsAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
