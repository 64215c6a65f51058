import type { GatewayPool } from '@/lib/store';
import { fundAccount } from './accounts';
import { type Answer, max, refusalOf } from './refusal';
import type { Hold, Slice, SliceBook } from './slice-book';
import type { HoldRequest, HoldVerdict, HoldWindow } from './types';

/** How long a call waits for other processes to give back what they do not use. */
const RECALL_WAIT_MS = 250;
/** Calls that are admitted from memory meanwhile may take what was fetched for a waiting one; it asks again, but not for ever. */
const STARVED_MS = 3_000;
const RETRY_MS = 20;
/** A slice that could not be filled to its stock is not asked for again before. */
export const SCARCE_MS = 100;
/** First stock, in holds; doubles while it is used up within a second. */
const FIRST_STOCK = 8n;
const MAX_STOCK = 1n << 50n;

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
 * way at a time and carries everything that was lacking meanwhile.
 */
export class SliceKeeper {
  private waiting: Waiting[] = [];
  private readonly wanted = new Set<Slice>();
  private running = false;
  /** An answer was lost: slices may have been leased to us that we do not know of. */
  inDoubt = false;
  /** Questions sent so far: calls admitted from memory add none. */
  roundTrips = 0;

  constructor(
    private readonly deps: {
      pool: GatewayPool;
      book: SliceBook;
      monotonic(): number;
      /** The database says that our leases are gone. */
      onLost(owner: string): Promise<void>;
      onError(error: unknown, what: string): void;
    },
  ) {}

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

  /** Runs something while no question is on its way, and lets none leave meanwhile. Nothing runs while one is. */
  async whileQuiet(work: () => Promise<void>): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await work();
    } finally {
      this.running = false;
      if (this.waiting.length > 0 || this.wanted.size > 0) this.run();
    }
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
}

function bigintsAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
