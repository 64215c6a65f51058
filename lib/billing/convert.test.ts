import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nano, parseUsd } from '@/lib/kernel/money';
import { centsFromMoney, microFromNano, moneyFromCents } from './convert';

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

describe('nano-USD and the meter’s micro-dollars', () => {
  it('drops nothing: what is less than one unit is carried to the next amount', () => {
    let remainder = 0n;
    let sent = 0n;
    for (let i = 0; i < 1_000; i++) {
      const step = microFromNano(1_234_567n, remainder);
      sent += step.micro;
      remainder = step.remainder;
    }
    expect([sent, remainder]).toEqual([1_234_567n, 0n]);
    expect(microFromNano(999n, 0n)).toEqual({ micro: 0n, remainder: 999n });
    expect(microFromNano(1n, 999n)).toEqual({ micro: 1n, remainder: 0n });
    expect(() => microFromNano(-1n, 0n)).toThrow(RangeError);
  });

  it('are turned into each other in one file only', () => {
    const lib = path.resolve(import.meta.dirname, '..');
    const files = ['billing', 'services/billing', 'services/operator/billing'].flatMap((room) =>
      readdirSync(path.join(lib, room), { recursive: true, encoding: 'utf8' }).map((file) => path.join(room, file)),
    );
    const code = files.filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|simulator|billing\/convert\.ts$/.test(file));
    expect(code.length).toBeGreaterThan(50);
    expect(code.filter((file) => /\b(10_000_000n|1_000n|10000000n|1000n)\b/.test(readFileSync(path.join(lib, file), 'utf8')))).toEqual([]);
  });
});
