import { TZDate } from '@date-fns/tz';
import { addDays, addHours } from 'date-fns';
import { bucketNames } from '@/lib/format/time-range';
import type { OrgId } from '@/lib/kernel/ids';
import { formatUsd, nano, parseUsd } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import { usageFrom, type UsageFilters } from '@/lib/services/usage/usage-sums';
import { readTimeZone } from '@/lib/services/requests/request-span';
import type { BudgetView } from './budget-view';

export interface BurnPoint {
  /** End of the hour or day. */
  at: string;
  /** Spent since the window opened, in decimal dollars. */
  spent_usd: string;
}

/** How a budget's open window was spent, and where its pace leads. */
export interface BudgetBurn {
  budget: BudgetView;
  points: BurnPoint[];
  /** What the window may come to, from the pace so far: the middle, and a band that holds four of five such windows. Null where a pace says nothing. */
  end: { low_usd: string; middle_usd: string; high_usd: string } | null;
}

/** A window without an end is drawn over this many days back. */
const OPEN_DAYS = 30;
/** Four of five outcomes lie within this many deviations of the middle. */
const BAND = 1.28;

/** The spend of a budget's open window, hour by hour for a day and day by day for more, from the roll-ups. */
export async function readBurn(tx: Tx, orgId: OrgId, budget: BudgetView, nowMs = Date.now()): Promise<BudgetBurn> {
  const timeZone = await readTimeZone(tx, orgId);
  const interval = budget.period === 'day' ? 'hour' : 'day';
  const opened = budget.period === 'total' ? new Date(Math.max(Date.parse(budget.createdAt), nowMs - OPEN_DAYS * 86_400_000)) : new Date(budget.windowStart);
  const span = { from: opened, to: new Date(nowMs) };
  const shape = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
  const rows = await tx.$queryRaw<{ bucket: string; cost_nano: bigint }[]>`
    SELECT to_char(u.bucket AT TIME ZONE ${timeZone}, ${shape}) AS bucket, sum(u.cost_nano)::bigint AS cost_nano
    FROM ${usageFrom(orgId, scopeFilters(budget), span)} GROUP BY 1`;
  const costs = new Map(rows.map(({ bucket, cost_nano }) => [bucket, cost_nano]));
  const buckets = bucketNames(span, interval, timeZone);
  const steps = buckets.map((bucket) => costs.get(bucket) ?? 0n);
  let spent = 0n;
  const points = steps.map((cost, at) => {
    spent += cost;
    const begin = new TZDate(opened.getTime(), timeZone);
    const end = interval === 'day' ? addDays(begin, at + 1) : addHours(begin, at + 1);
    return { at: new Date(Math.min(end.getTime(), nowMs)).toISOString(), spent_usd: formatUsd(nano(spent)) };
  });
  return { budget, points: [{ at: opened.toISOString(), spent_usd: '0.000000' }, ...points], end: endOf(budget, steps, interval, nowMs) };
}

/** What narrows usage to a budget's scope. One that each has to itself is drawn over all of them. */
function scopeFilters({ scope }: BudgetView): UsageFilters {
  if (scope.id === '' || scope.id === '*') return {};
  switch (scope.type) {
    case 'key':
      return { key_id: scope.id };
    case 'member':
      return { member: scope.id };
    case 'tag':
      return { tag: scope.id };
    case 'end_user':
      return { user: scope.id };
    case 'model':
      return { model: scope.id };
    case 'organization':
      return {};
  }
}

function endOf(budget: BudgetView, steps: readonly bigint[], interval: 'hour' | 'day', nowMs: number): BudgetBurn['end'] {
  const { endUsd } = budget.forecast;
  if (endUsd === null || budget.resetsAt === null) return null;
  // The step that is running is not whole yet and says nothing about how steps differ.
  const whole = steps.slice(0, -1).map(Number);
  const mean = whole.reduce((sum, cost) => sum + cost, 0) / Math.max(1, whole.length);
  const variance = whole.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / Math.max(1, whole.length - 1);
  const left = Math.max(0, (Date.parse(budget.resetsAt) - nowMs) / (interval === 'day' ? 86_400_000 : 3_600_000));
  const spread = BigInt(Math.round(BAND * Math.sqrt(variance * left)));
  const [middle, spent] = [parseUsd(endUsd), parseUsd(budget.spentUsd)];
  return { low_usd: formatUsd(nano(middle - spread > spent ? middle - spread : spent)), middle_usd: endUsd, high_usd: formatUsd(nano(middle + spread)) };
}
