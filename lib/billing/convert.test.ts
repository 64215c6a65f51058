import { describe, expect, it } from 'vitest';
import { nano, parseUsd } from '@/lib/kernel/money';
import { centsFromMoney, moneyFromCents } from './convert';

describe('nano-USD and cents', () => {
  it.each([
    ['0', 0],
    ['0.01', 1],
    ['20', 2_000],
    ['1234567.89', 123_456_789],
  ])('$%s is %i cents and back', (usd, cents) => {
    expect(centsFromMoney(parseUsd(usd))).toBe(cents);
    expect(moneyFromCents(cents)).toBe(parseUsd(usd));
  });

  it('refuses what cents cannot hold instead of rounding it', () => {
    expect(() => centsFromMoney(parseUsd('0.005'))).toThrow('not a whole number of cents');
    expect(() => centsFromMoney(nano(1n))).toThrow(RangeError);
    expect(() => centsFromMoney(parseUsd('-1'))).toThrow(RangeError);
    expect(() => moneyFromCents(1.5)).toThrow(RangeError);
  });
});
