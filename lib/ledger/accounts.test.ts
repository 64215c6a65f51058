import { describe, expect, it } from 'vitest';
import { ZERO } from '@/lib/kernel/money';
import { budgetAccounts, budgetWindow, windowBounds } from './accounts';

const at = (iso: string) => Date.parse(iso);
const bounds = (period: 'day' | 'week' | 'month', zone: string, iso: string, resetDay: number | null = null) => windowBounds(period, zone, at(iso), resetDay);

describe('the window of a budget (I08)', () => {
  it('is a local day, also where it has 23 or 25 hours', () => {
    expect(bounds('day', 'Asia/Kolkata', '2026-11-25T18:29:59.999Z')).toEqual({ start: '2026-11-24T18:30:00.000Z', end: '2026-11-25T18:30:00.000Z' });
    expect(bounds('day', 'Asia/Kolkata', '2026-11-25T18:30:00.000Z')).toEqual({ start: '2026-11-25T18:30:00.000Z', end: '2026-11-26T18:30:00.000Z' });
    expect(bounds('day', 'America/Los_Angeles', '2026-03-08T20:00:00Z')).toEqual({ start: '2026-03-08T08:00:00.000Z', end: '2026-03-09T07:00:00.000Z' });
    expect(bounds('day', 'America/Los_Angeles', '2026-11-01T20:00:00Z')).toEqual({ start: '2026-11-01T07:00:00.000Z', end: '2026-11-02T08:00:00.000Z' });
  });

  it('of a week starts on the chosen weekday', () => {
    expect(bounds('week', 'UTC', '2026-11-25T12:00:00Z')).toEqual({ start: '2026-11-23T00:00:00.000Z', end: '2026-11-30T00:00:00.000Z' });
    expect(bounds('week', 'UTC', '2026-11-25T12:00:00Z', 4)).toEqual({ start: '2026-11-19T00:00:00.000Z', end: '2026-11-26T00:00:00.000Z' });
  });

  it('of a month starts on the chosen day, or on the last one of a month that is shorter', () => {
    expect(bounds('month', 'Asia/Shanghai', '2026-10-31T16:00:00Z')).toEqual({ start: '2026-10-31T16:00:00.000Z', end: '2026-11-30T16:00:00.000Z' });
    expect(bounds('month', 'UTC', '2028-02-28T12:00:00Z', 31)).toEqual({ start: '2028-01-31T00:00:00.000Z', end: '2028-02-29T00:00:00.000Z' });
    expect(bounds('month', 'UTC', '2028-02-29T00:00:00Z', 31)).toEqual({ start: '2028-02-29T00:00:00.000Z', end: '2028-03-31T00:00:00.000Z' });
    expect(bounds('month', 'UTC', '2026-11-10T00:00:00Z', 15)).toEqual({ start: '2026-10-15T00:00:00.000Z', end: '2026-11-15T00:00:00.000Z' });
  });

  it('is known by its budget, so that two budgets of one scope do not share an account', () => {
    const input = { orgId: 'org_1', scopeType: 'key', scopeId: 'key_1', period: 'month', limit: ZERO, timezone: 'UTC', nowMs: at('2026-11-25T00:00:00Z') } as const;
    const [one, two] = ['bud_1', 'bud_2'].map((budgetId) => budgetWindow({ ...input, budgetId }));
    expect(one?.id).not.toBe(two?.id);
    expect(one?.id.startsWith(budgetAccounts('org_1', 'bud_1'))).toBe(true);
  });
});
