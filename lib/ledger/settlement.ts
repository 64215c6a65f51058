import { newId } from '@/lib/kernel/ids';
import { attemptSums, type LabelBounds, labelSums, usageSums } from './roll-ups';
import { arrayText, type RowEncoders, tupleText } from './row-text';
import type { Leg, Move, Slice } from './slice-book';
import type { AttemptRow, BodyRow, RequestRow } from './types';

/** A closed call on its way to the database: its money is decided, only the moving is left. */
export interface Settlement {
  id: string;
  org: string;
  /** Under whose leases it was admitted. */
  owner: string;
  row: RequestRow;
  /** The row may be stored already, as one of a running call. */
  opened: boolean;
  attempts: AttemptRow[];
  bodies: BodyRow[];
  moves: Move[];
  legs: Leg[];
}

/** Arguments of `ledger.settle` behind process and batch number, and what to do once it is stored. */
export interface Batch {
  owner: string;
  settlements: Settlement[];
  /** Rows of calls that run. */
  opened: RequestRow[];
  values: unknown[];
  /** Money that leaves memory with this batch. */
  given: { slice: Slice; spent: bigint; returned: bigint }[];
}

interface AccountSum {
  slice: Slice | null;
  spent: bigint;
  returned: bigint;
}

/**
 * Puts settlements, rows of calls that run, and the slices to report into the fewest rows: one per account, one per roll-up.
 * What slices give back leaves them here, so that the next batch does not give it back again.
 */
export function buildBatch(owner: string, settlements: Settlement[], opened: RequestRow[], reports: Iterable<Slice>, bounds: LabelBounds, encode: RowEncoders): Batch {
  const accounts = new Map<string, AccountSum>();
  const sumOf = (id: string, slice: Slice | null): AccountSum => {
    let sum = accounts.get(id);
    if (!sum) accounts.set(id, (sum = { slice, spent: 0n, returned: 0n }));
    return sum;
  };
  for (const slice of reports) {
    sumOf(slice.id, slice).returned += slice.returning;
    slice.settling += slice.returning;
    slice.returning = 0n;
    slice.changed = false;
  }
  for (const { moves } of settlements) {
    for (const { account, slice, spent } of moves) {
      sumOf(account, slice).spent += spent;
      if (slice) slice.changed = false;
    }
  }
  const ids = [...accounts.keys()].sort();
  const sums = ids.map((id) => accounts.get(id) as AccountSum);
  const seen = sums.flatMap(({ slice }) => (slice?.recalled ? [slice.id] : []));
  for (const { slice } of sums) if (slice) slice.recalled = false;
  return {
    owner,
    settlements,
    opened,
    given: sums.flatMap(({ slice, spent, returned }) => (slice ? [{ slice, spent, returned }] : [])),
    values: [
      ids,
      sums.map(({ spent }) => spent.toString()),
      sums.map(({ slice, spent, returned }) => (slice ? (spent + returned).toString() : '0')),
      sums.map(({ slice }) => (slice ? slice.held.toString() : null)),
      seen,
      chargesText(settlements),
      arrayText([...settlements.flatMap((one) => (one.opened ? [] : [encode.request(one.row)])), ...opened.map(encode.request)]),
      arrayText(settlements.flatMap((one) => (one.opened ? [encode.request(one.row)] : []))),
      arrayText(settlements.flatMap(({ attempts }) => attempts.map(encode.attempt))),
      arrayText(settlements.flatMap(({ bodies }) => bodies.map(encode.body))),
      arrayText(usageSums(settlements).map(encode.rollup)),
      arrayText(labelSums(settlements, bounds).map(encode.label)),
      arrayText(attemptSums(settlements).map(encode.attempts)),
    ],
  };
}

/** `after`: the number of the batch before. The database takes a batch only behind that one. */
export function settleValues({ owner, values }: Batch, number: number | bigint, after: number | bigint): unknown[] {
  return [owner, number, after, ...values];
}

/** Settles a batch. */
export const SETTLE =
  'SELECT ledger.settle($1, $2, $3, $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::ledger.charge[], $10::logs.request[], $11::logs.request[], $12::logs.attempt[], $13::logs.body[], $14::usage_rollup[], $15::usage_label[], $16::attempt_rollup[]) AS settled';
/** The same, and its commit does not wait for the disk: who sends it has to flush before anybody is told. */
export const SETTLE_UNFLUSHED = `${SETTLE}, set_config('synchronous_commit', 'off', true)`;

/** Rows of `ledger.charge`, one per leg; `after` is what later legs of the batch take from the same account. */
export function chargesText(settlements: Settlement[]): string {
  const after = new Map<string, bigint>();
  const rows: string[] = [];
  for (let index = settlements.length - 1; index >= 0; index--) {
    const { org, id, legs } = settlements[index] as Settlement;
    for (let leg = legs.length - 1; leg >= 0; leg--) {
      const { fund, account, amount } = legs[leg] as Leg;
      const later = after.get(account) ?? 0n;
      after.set(account, later + amount);
      rows.push(tupleText([newId('ent'), org, fund, account, amount, later, id, leg]));
    }
  }
  return arrayText(rows.reverse());
}
