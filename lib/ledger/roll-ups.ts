import type { Settlement } from './settlement';
import type { AttemptRow, RequestRow } from './types';

const QUARTER_MS = 15 * 60 * 1_000;
const TOKENS = ['input_tokens', 'cached_tokens', 'output_tokens', 'reasoning_tokens'] as const;

type Sum = Record<string, unknown> & { requests: number; cost_nano: bigint; provider_cost_nano: bigint };

/** Rows of `usage_rollup`: one per quarter of an hour and key, model, alias, provider and status. */
export function usageSums(settlements: Settlement[]): object[] {
  const sums = new Map<string, Sum>();
  for (const { row } of settlements) addCall(sums, nameOf(row), row, null);
  return inOrder(sums);
}

/** Rows of `usage_label`: the same again for each tag and end user of a call. Empty for calls that name none. */
export function labelSums(settlements: Settlement[], bounds: LabelBounds): object[] {
  const sums = new Map<string, Sum>();
  for (const { row } of settlements) {
    if (row.user_tag) addLabel(sums, row, 'end_user', row.user_tag, bounds);
    for (const tag in row.tags) addLabel(sums, row, 'tag', row.tags[tag] === '' ? tag : `${tag}=${row.tags[tag]}`, bounds);
  }
  return inOrder(sums);
}

/** Rows of `attempt_rollup`: every attempt of the calls that one did not answer. */
export function attemptSums(settlements: Settlement[]): object[] {
  const sums = new Map<string, Record<string, unknown> & { attempts: number; failures: number; last: number; provider_cost_nano: bigint; duration_ms: number }>();
  for (const { row, attempts } of settlements) {
    if (attempts.length === 0 || (attempts.length === 1 && attempts.every(hasAnswered))) continue;
    const bucket = bucketOf(row);
    for (const attempt of attempts) {
      const { org_id, model_id, provider_id, reason, index, cost_nano, duration_ms } = attempt;
      const name = `${org_id}\n${bucket}\n${model_id}\n${provider_id}\n${reason}`;
      let sum = sums.get(name);
      if (!sum) sums.set(name, (sum = { org_id, bucket: new Date(bucket).toISOString(), model_id, provider_id, kind: reason, attempts: 0, failures: 0, last: 0, provider_cost_nano: 0n, duration_ms: 0 }));
      sum.attempts += 1;
      if (!hasAnswered(attempt)) sum.failures += 1;
      if (index === attempts.length - 1) sum.last += 1;
      sum.provider_cost_nano += BigInt(cost_nano);
      sum.duration_ms += Math.round(duration_ms ?? 0);
    }
  }
  return inOrder(sums);
}

/** Most values of one dimension that an organization may add on one day; what comes beyond them is summed under ''. */
const VALUES_A_DAY = 1_000;

/**
 * Keeps roll-ups small whatever callers send: a new id in every call would else make a row of every call. Counted per
 * process, so that several together may keep a multiple of it.
 */
export class LabelBounds {
  private day = '';
  private seen = new Map<string, Set<string>>();

  /** The value itself, or '' where the day has enough of them. */
  admit(org: string, dimension: string, value: string, day: string): string {
    if (day > this.day) {
      this.day = day;
      this.seen = new Map();
    }
    const name = `${org}\n${dimension}`;
    let values = this.seen.get(name);
    if (!values) this.seen.set(name, (values = new Set()));
    if (values.has(value)) return value;
    if (values.size >= VALUES_A_DAY) return '';
    values.add(value);
    return value;
  }
}

function addLabel(sums: Map<string, Sum>, row: RequestRow, dimension: string, wanted: string, bounds: LabelBounds): void {
  const value = bounds.admit(row.org_id, dimension, wanted, row.day);
  addCall(sums, `${nameOf(row)}\n${dimension}\n${value}`, row, { dimension, value });
}

function addCall(sums: Map<string, Sum>, name: string, row: RequestRow, label: { dimension: string; value: string } | null): void {
  let sum = sums.get(name);
  if (!sum) {
    const { org_id, key_id, model_id, alias, provider_id, status } = row;
    sum = {
      org_id, bucket: new Date(bucketOf(row)).toISOString(), key_id, model_id, alias, provider_id, status,
      requests: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0, reasoning_tokens: 0, cost_nano: 0n, provider_cost_nano: 0n, attempts: 0, fallbacks: 0, duration_ms: 0,
      ...label,
    };
    sums.set(name, sum);
  }
  sum.requests += 1;
  for (const field of TOKENS) sum[field] = (sum[field] as number) + (row[field] ?? 0);
  sum.cost_nano += BigInt(row.cost_nano);
  sum.provider_cost_nano += BigInt(row.provider_cost_nano);
  sum.attempts = (sum.attempts as number) + row.attempt_count;
  sum.fallbacks = (sum.fallbacks as number) + (row.fallback ? 1 : 0);
  sum.duration_ms = (sum.duration_ms as number) + Math.round(row.duration_ms ?? 0);
}

function hasAnswered({ outcome }: AttemptRow): boolean {
  return outcome === 'completed' || outcome === 'truncated';
}

function bucketOf(row: RequestRow): number {
  return Math.floor(Date.parse(row.created_at) / QUARTER_MS) * QUARTER_MS;
}

function nameOf(row: RequestRow): string {
  return `${row.org_id}\n${bucketOf(row)}\n${row.key_id}\n${row.model_id}\n${row.alias}\n${row.provider_id}\n${row.status}`;
}

/** Everybody adds in the same order, so that batches of several processes cannot deadlock. */
function inOrder(sums: Map<string, object>): object[] {
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
