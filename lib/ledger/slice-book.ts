import type { FundClass, HoldRequest } from './types';
import { fundAccount } from './accounts';

/** What this process may spend of one account without asking: leased = free + held + settling + returning. */
export interface Slice {
  readonly id: string;
  free: bigint;
  /** Set aside for running calls. */
  held: bigint;
  /** Charged or given back, on its way to the database. */
  settling: bigint;
  /** To be given back with the next batch. */
  returning: bigint;
  /** How much to lease at a time: grows with use, forgotten when idle. */
  stock: bigint;
  /** Monotonic times. */
  usedAt: number;
  leasedAt: number;
  /** No asking in the background before: the account had nothing more to give. */
  askAt: number;
  /** `held` changed since it was last reported. */
  changed: boolean;
  /** Another process, or a lowered limit, wants the idle part. */
  recalled: boolean;
}

/** Money set aside for one running call, in every scope that limits it. */
export interface Hold {
  /** The process, and its time of holding leases, that admitted the call. */
  readonly owner: string;
  readonly request: HoldRequest;
  /** Index of the ceiling that was taken. */
  readonly taken: number;
  /** Nano-USD held in every window, and over the funds together. */
  amount: bigint;
  readonly windows: { slice: Slice; model: string | null; meter?: 'provider_cost' }[];
  readonly funds: { slice: Slice; fund: FundClass; amount: bigint }[] | null;
  closed: boolean;
}

/** What a closed call takes from one account. `slice` is null where the account is only counted. */
export interface Move {
  account: string;
  slice: Slice | null;
  spent: bigint;
}

/** One fund's part of a charge. */
export interface Leg {
  fund: FundClass | 'postpaid';
  account: string;
  amount: bigint;
}

/**
 * The slices of this process, in memory. Everything here is synchronous: between looking and taking nothing else runs, so
 * a call is admitted in all its scopes or in none.
 */
export class SliceBook {
  private slices = new Map<string, Slice>();
  /** Accounts that are only counted exist once the database was told of them. */
  private tallies = new Set<string>();

  constructor(
    public owner: string,
    private readonly monotonic: () => number,
  ) {}

  /** Starts anew: every lease was lost. Holds of before settle as write-offs. */
  reset(owner: string): void {
    this.owner = owner;
    this.slices = new Map();
    this.tallies = new Set();
  }

  find(id: string): Slice | undefined {
    return this.slices.get(id);
  }

  all(): IterableIterator<Slice> {
    return this.slices.values();
  }

  /** Books what the database leased to us. */
  add(id: string, granted: bigint): Slice {
    let slice = this.slices.get(id);
    const now = this.monotonic();
    if (!slice) {
      slice = { id, free: 0n, held: 0n, settling: 0n, returning: 0n, stock: 0n, usedAt: now, leasedAt: now, askAt: 0, changed: false, recalled: false };
      this.slices.set(id, slice);
    }
    slice.free += granted;
    return slice;
  }

  addTally(id: string): void {
    if (this.tallies.size > 50_000) this.tallies.clear();
    this.tallies.add(id);
  }

  knowsTally(id: string): boolean {
    return this.tallies.has(id);
  }

  forget(slice: Slice): void {
    this.slices.delete(slice.id);
  }

  /** Takes the first ceiling that fits every scope, or nothing. Null: something is lacking. */
  tryHold(request: HoldRequest): Hold | null {
    for (let taken = 0; taken < request.ceilings.length; taken++) {
      const amount = request.ceilings[taken] as bigint;
      if (this.fits(request, amount)) return this.take(request, amount, taken);
    }
    return null;
  }

  /** Adds to a running call's hold. False, and nothing taken, when it does not fit everywhere. */
  tryExtend(hold: Hold, more: bigint): boolean {
    if (hold.closed || hold.owner !== this.owner || !this.fits(hold.request, more)) return false;
    const added = this.take(hold.request, more, hold.taken);
    hold.amount += more;
    for (const part of added.funds ?? []) {
      const known = hold.funds?.find(({ slice }) => slice === part.slice);
      if (known) known.amount += part.amount;
      else hold.funds?.push(part);
    }
    return true;
  }

  /** How much could be added to a hold right now. */
  roomFor({ request }: Pick<Hold, 'request'>): bigint {
    let room: bigint | null = null;
    for (const { id } of request.windows) {
      const free = this.slices.get(id)?.free ?? 0n;
      if (room === null || free < room) room = free;
    }
    if (request.funds) {
      const free = this.fundsFree(request);
      if (room === null || free < room) room = free;
    }
    return room ?? 0n;
  }

  /** Ends a hold: what is charged waits for its settlement, the rest is free again at once. */
  close(hold: Hold, charge: bigint, answeredBy: readonly string[], providerCost = charge): { moves: Move[]; legs: Leg[] } {
    hold.closed = true;
    const counts = (model: string | null) => model === null || answeredBy.includes(model);
    const moves: Move[] = [];
    const legs: Leg[] = [];
    for (const { slice, model, meter } of hold.windows) {
      const spent = !counts(model) ? 0n : meter === undefined ? charge : providerCost < hold.amount ? providerCost : hold.amount;
      moves.push(release(slice, hold.amount, spent));
    }
    for (const { id, model, meter } of hold.request.tallies) {
      const spent = meter === undefined ? charge : providerCost;
      if (spent > 0n && counts(model)) moves.push({ account: id, slice: null, spent });
    }
    let rest = charge;
    for (const { slice, fund, amount } of hold.funds ?? []) {
      const spent = rest < amount ? rest : amount;
      rest -= spent;
      moves.push(release(slice, amount, spent));
      if (spent > 0n) legs.push({ fund, account: slice.id, amount: spent });
    }
    if (!hold.funds && charge > 0n) legs.push(postpaidLeg(hold.request.org, charge));
    return { moves, legs };
  }

  private fits(request: HoldRequest, amount: bigint): boolean {
    for (const { id } of request.windows) {
      const slice = this.slices.get(id);
      if (!slice || slice.free < amount) return false;
    }
    for (const { id } of request.tallies) if (!this.tallies.has(id)) return false;
    return request.funds === null || this.fundsFree(request) >= amount;
  }

  private fundsFree({ org, funds }: HoldRequest): bigint {
    let free = 0n;
    for (const fund of funds ?? []) free += this.slices.get(fundAccount(org, fund))?.free ?? 0n;
    return free;
  }

  private take(request: HoldRequest, amount: bigint, taken: number): Hold {
    const usedAt = this.monotonic();
    const set = (slice: Slice, part: bigint) => {
      slice.free -= part;
      slice.held += part;
      slice.usedAt = usedAt;
      slice.changed = true;
    };
    const windows = request.windows.map(({ id, model, meter }) => {
      const slice = this.slices.get(id) as Slice;
      set(slice, amount);
      return meter === undefined ? { slice, model } : { slice, model, meter };
    });
    let funds: Hold['funds'] = null;
    if (request.funds) {
      funds = [];
      let rest = amount;
      for (const fund of request.funds) {
        const slice = this.slices.get(fundAccount(request.org, fund));
        if (!slice || slice.free === 0n) continue;
        const part = rest < slice.free ? rest : slice.free;
        set(slice, part);
        funds.push({ slice, fund, amount: part });
        rest -= part;
        if (rest === 0n) break;
      }
    }
    return { owner: this.owner, request, taken, amount, windows, funds, closed: false };
  }
}

export function postpaidLeg(org: string, amount: bigint): Leg {
  return { fund: 'postpaid', account: `${org}/postpaid`, amount };
}

function release(slice: Slice, amount: bigint, spent: bigint): Move {
  slice.held -= amount;
  slice.free += amount - spent;
  slice.settling += spent;
  slice.changed = true;
  return { account: slice.id, slice, spent };
}
