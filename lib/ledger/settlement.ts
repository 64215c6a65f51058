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
  attempts: AttemptRow[];
  bodies: BodyRow[];
  moves: Move[];
  legs: Leg[];
}

/** Arguments of `ledger.settle` behind process and batch number, and what to do once it is stored. */
export interface Batch {
  owner: string;
  settlements: Settlement[];
  values: unknown[];
  /** Money that leaves memory with this batch. */
  given: { slice: Slice; spent: bigint; returned: bigint }[];
}

interface AccountSum {
  slice: Slice | null;
  spent: bigint;
  returned: bigint;
}

/** Puts settlements and the slices to report into the fewest rows: one per account, one per roll-up. */
export function buildBatch(owner: string, settlements: Settlement[], reports: Iterable<Slice>, encode: RowEncoders): Batch {
  const accounts = new Map<string, AccountSum>();
  const sumOf = (id: string, slice: Slice | null): AccountSum => {
    let sum = accounts.get(id);
    if (!sum) accounts.set(id, (sum = { slice, spent: 0n, returned: 0n }));
    return sum;
  };
  for (const slice of reports) {
    sumOf(slice.id, slice).returned += slice.returning;
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
    given: sums.flatMap(({ slice, spent, returned }) => (slice ? [{ slice, spent, returned }] : [])),
    values: [
      ids,
      sums.map(({ spent }) => spent.toString()),
      sums.map(({ slice, spent, returned }) => (slice ? (spent + returned).toString() : '0')),
      sums.map(({ slice }) => (slice ? slice.held.toString() : null)),
      seen,
      chargesText(settlements),
      arrayText(settlements.map(({ row }) => encode.request(row))),
      arrayText(settlements.flatMap(({ attempts }) => attempts.map(encode.attempt))),
      arrayText(settlements.flatMap(({ bodies }) => bodies.map(encode.body))),
      arrayText(usageSums(settlements).map(encode.rollup)),
    ],
  };
}

/** Arguments of `ledger.add_labels`, or null for a batch that has nothing for it. */
export function labelValues(settlements: Settlement[], bounds: LabelBounds, encode: RowEncoders): unknown[] | null {
  const labels = labelSums(settlements, bounds);
  const attempts = attemptSums(settlements);
  return labels.length + attempts.length === 0 ? null : [arrayText(labels.map(encode.label)), arrayText(attempts.map(encode.attempts))];
}

/** Settles a batch (`ledger.settle`), and adds its labels where it has any, in one statement. */
export const SETTLE = 'SELECT ledger.settle($1, $2, $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::ledger.charge[], $9::logs.request[], $10::logs.attempt[], $11::logs.body[], $12::usage_rollup[]) AS result';
export const SETTLE_WITH_LABELS = `WITH settled AS MATERIALIZED (${SETTLE})
  SELECT result, CASE WHEN result = 'done' THEN ledger.add_labels($13::usage_label[], $14::attempt_rollup[]) END FROM settled`;

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
