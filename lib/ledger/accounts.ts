import { TZDate } from '@date-fns/tz';
import { addDays, addMonths, startOfDay, startOfISOWeek, startOfMonth } from 'date-fns';
import type { Money } from '@/lib/kernel/money';
import type { BudgetPeriod, BudgetWindow, FundClass } from './types';

/** Funds that may pay for a real model, and for a demo model, in order of use. */
export const REAL_FUNDS: readonly FundClass[] = ['included', 'promotional', 'paid'];
export const DEMO_FUNDS: readonly FundClass[] = ['demo', 'simulated'];

export function fundAccount(orgId: string, fund: FundClass): string {
  return `${orgId}/fund/${fund}`;
}

/** The window of a budget that contains `nowMs`, cut in the organization's time zone. */
export function budgetWindow(input: {
  orgId: string;
  scopeType: BudgetWindow['scopeType'];
  scopeId: string;
  period: BudgetPeriod;
  limit: Money;
  timezone: string;
  nowMs: number;
}): BudgetWindow {
  const { start, end } = windowBounds(input.period, input.timezone, input.nowMs);
  return {
    id: `${input.orgId}/${input.scopeType}/${input.scopeId}/${input.period}/${start}`,
    scopeType: input.scopeType,
    scopeId: input.scopeId,
    period: input.period,
    start,
    end,
    limit: input.limit,
  };
}

/** Start (inclusive) and end (exclusive) of a period as ISO instants; `total` starts at the epoch and never ends. */
export function windowBounds(period: BudgetPeriod, timezone: string, nowMs: number): { start: string; end: string | null } {
  if (period === 'total') return { start: new Date(0).toISOString(), end: null };
  const now = new TZDate(nowMs, timezone);
  const start = period === 'day' ? startOfDay(now) : period === 'week' ? startOfISOWeek(now) : startOfMonth(now);
  const end = period === 'day' ? addDays(start, 1) : period === 'week' ? addDays(start, 7) : addMonths(start, 1);
  return { start: new Date(start.getTime()).toISOString(), end: new Date(end.getTime()).toISOString() };
}
