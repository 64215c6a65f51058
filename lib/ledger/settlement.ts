import { newId } from '@/lib/kernel/ids';
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
      arrayText(rollups(settlements).map(encode.rollup)),
    ],
  };
}

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

const QUARTER_MS = 15 * 60 * 1_000;

function rollups(settlements: Settlement[]): object[] {
  const sums = new Map<string, Record<string, unknown> & { requests: number; cost_nano: bigint; provider_cost_nano: bigint }>();
  for (const { row } of settlements) {
    const bucket = Math.floor(Date.parse(row.created_at) / QUARTER_MS) * QUARTER_MS;
    const name = `${row.org_id}\n${bucket}\n${row.key_id}\n${row.model_id}\n${row.alias}\n${row.provider_id}\n${row.status}`;
    let sum = sums.get(name);
    if (!sum) {
      const { org_id, key_id, model_id, alias, provider_id, status } = row;
      sum = {
        org_id, bucket: new Date(bucket).toISOString(), key_id, model_id, alias, provider_id, status,
        requests: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0, reasoning_tokens: 0, cost_nano: 0n, provider_cost_nano: 0n, attempts: 0, fallbacks: 0, duration_ms: 0,
      };
      sums.set(name, sum);
    }
    sum.requests += 1;
    for (const field of ['input_tokens', 'cached_tokens', 'output_tokens', 'reasoning_tokens'] as const) sum[field] = (sum[field] as number) + (row[field] ?? 0);
    sum.cost_nano += BigInt(row.cost_nano);
    sum.provider_cost_nano += BigInt(row.provider_cost_nano);
    sum.attempts = (sum.attempts as number) + row.attempt_count;
    sum.fallbacks = (sum.fallbacks as number) + (row.fallback ? 1 : 0);
    sum.duration_ms = (sum.duration_ms as number) + Math.round(row.duration_ms ?? 0);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
