import { describe, expect, it } from 'vitest';
import { forecast } from './forecast';

const DAY = 86_400_000;
const usd = (dollars: number) => BigInt(dollars) * 1_000_000_000n;
const month = { period: 'month' as const, limit: usd(100), sinceMs: 0, endMs: 30 * DAY };

describe('the forecast of a budget', () => {
  it('names the day the money runs out at the pace so far', () => {
    expect(forecast({ ...month, spent: usd(60), nowMs: 15 * DAY })).toEqual({ endUsd: '120.000000', runsOutAt: new Date(25 * DAY).toISOString() });
  });

  it('names none when the window ends before', () => {
    expect(forecast({ ...month, spent: usd(40), nowMs: 15 * DAY })).toEqual({ endUsd: '80.000000', runsOutAt: null });
  });

  it('says nothing before there is a pace, and nothing about money that is gone', () => {
    expect(forecast({ ...month, spent: usd(1), nowMs: 3_600_000 })).toEqual({ endUsd: null, runsOutAt: null });
    expect(forecast({ ...month, spent: 0n, nowMs: 15 * DAY })).toEqual({ endUsd: null, runsOutAt: null });
    expect(forecast({ ...month, spent: usd(120), nowMs: 15 * DAY }).runsOutAt).toBeNull();
  });

  it('of a total looks a year ahead', () => {
    const total = { period: 'total' as const, limit: usd(100), sinceMs: 0, endMs: null };
    expect(forecast({ ...total, spent: usd(50), nowMs: 10 * DAY })).toEqual({ endUsd: null, runsOutAt: new Date(20 * DAY).toISOString() });
    expect(forecast({ ...total, spent: usd(1), nowMs: 10 * DAY }).runsOutAt).toBeNull();
  });
});
