import { TZDate } from '@date-fns/tz';
import { addDays, addMonths, getDaysInMonth, getISODay, setDate, startOfDay, startOfMonth, subDays } from 'date-fns';
import type { Money } from '@/lib/kernel/money';
import type { BudgetPeriod, BudgetScope, BudgetWindow, FundClass, OperatorScope } from './types';

/** Funds that may pay for a real model, and for a demo model, in order of use. */
export const REAL_FUNDS: readonly FundClass[] = ['included', 'promotional', 'paid', 'overage'];
export const DEMO_FUNDS: readonly FundClass[] = ['demo', 'simulated'];

/** The owner of accounts that belong to no organization. */
export const OPERATOR = 'operator';

export function fundAccount(orgId: string, fund: FundClass): string {
  return `${orgId}/fund/${fund}`;
}

/**
 * The window of a limit that contains `nowMs`, cut in the organization's time zone. A key's own limit is known by its
 * scope; a budget of the table `budget` by its id, so that several may watch one scope.
 */
export function budgetWindow(input: {
  orgId: string;
  budgetId?: string;
  scopeType: BudgetScope | OperatorScope;
  scopeId: string;
  period: BudgetPeriod;
  resetDay?: number | null;
  limit: Money;
  timezone: string;
  nowMs: number;
}): BudgetWindow {
  const { orgId, budgetId, scopeType, scopeId, period } = input;
  const { start, end } = windowBounds(period, input.timezone, input.nowMs, input.resetDay ?? null);
  const name = budgetId ? `${budgetAccounts(orgId, budgetId)}${scopeId}` : `${orgId}/${scopeType}/${scopeId}/${period}`;
  return { id: `${name}/${start}`, scopeType, scopeId, period, start, end, limit: input.limit };
}

/** What the ids of all accounts of a budget begin with: one per window, and per end user, tag … under `*`. */
export function budgetAccounts(orgId: string, budgetId: string): string {
  return `${orgId}/budget/${budgetId}/`;
}

/**
 * Start (inclusive) and end (exclusive) of a period as ISO instants; `total` starts at the epoch and never ends. A week
 * begins on weekday `resetDay`, a month on its day `resetDay`, or on its last one where it is shorter.
 */
export function windowBounds(period: BudgetPeriod, timezone: string, nowMs: number, resetDay: number | null = null): WindowBounds {
  if (period === 'total') return TOTAL;
  const name = `${period} ${resetDay} ${timezone}`;
  const known = latest.get(name);
  if (known && known.startMs <= nowMs && nowMs < known.endMs) return known.bounds;
  const found = findBounds(period, timezone, nowMs, resetDay);
  if (latest.size >= MOST_LATEST) latest.clear();
  latest.set(name, found);
  return found.bounds;
}

interface WindowBounds {
  start: string;
  end: string | null;
}

const TOTAL: WindowBounds = { start: new Date(0).toISOString(), end: null };

/** The window each kind of budget was last found in. Calendars with time zones cost more than everything else a call does. */
const latest = new Map<string, { bounds: WindowBounds; startMs: number; endMs: number }>();
const MOST_LATEST = 10_000;

function findBounds(period: Exclude<BudgetPeriod, 'total'>, timezone: string, nowMs: number, resetDay: number | null) {
  const today = startOfDay(new TZDate(nowMs, timezone));
  const [start, end] = period === 'day' ? [today, addDays(today, 1)] : period === 'week' ? weekAround(today, resetDay ?? 1) : monthAround(today, resetDay ?? 1);
  const [startMs, endMs] = [start.getTime(), end.getTime()];
  return { bounds: { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() }, startMs, endMs };
}

function weekAround(today: TZDate, resetDay: number): [TZDate, TZDate] {
  const start = subDays(today, (getISODay(today) - resetDay + 7) % 7);
  return [start, addDays(start, 7)];
}

function monthAround(today: TZDate, resetDay: number): [TZDate, TZDate] {
  const resetIn = (first: TZDate) => setDate(first, Math.min(resetDay, getDaysInMonth(first)));
  const month = startOfMonth(today);
  return today >= resetIn(month) ? [resetIn(month), resetIn(addMonths(month, 1))] : [resetIn(addMonths(month, -1)), resetIn(month)];
}
