import { describe, expect, it } from 'vitest';
import { csvLine } from './csv';
import { duration } from './duration';
import { entityColor, seriesColors } from './entity-color';
import { IN_DOLLARS, moneyAxis, moneyExact, moneyPaid, moneyRate, moneyShort, showMoneyIn } from './money';
import { change, countShort, percent } from './numbers';
import { bucketLabel, relativeTime } from './time';

describe('money in lists is short and never rounds to nothing', () => {
  it.each([
    ['0.000000', '$0.00'],
    ['0.00000918', '<$0.0001'],
    ['0.000180', '$0.0002'],
    ['0.0123456', '$0.0123'],
    ['0.003', '$0.0030'],
    ['0.5', '$0.500'],
    ['0.09999', '$0.100'],
    ['0.999999999', '$1.00'],
    ['41.196', '$41.20'],
    ['1234567.891', '$1,234,567.89'],
    ['-1.25', '−$1.25'],
  ])('%s reads %s', (usd, shown) => expect(moneyShort(usd)).toBe(shown));
});

it('money in detail keeps every digit of the header', () => {
  expect(moneyExact('0.000009180')).toBe('$0.000009180');
  expect(moneyRate('2.000000')).toBe('$2.00');
  expect(moneyRate('0.075000')).toBe('$0.075');
  expect([0, 0.004, 2.5, 40].map(moneyAxis)).toEqual(['$0', '$0.004', '$2.5', '$40']);
});

it('amounts are shown in the currency of the installation, except what was charged to the digit or paid', () => {
  showMoneyIn({ code: 'CNY', perUsd: '7.1234', rateDate: '2026-11-25' });
  try {
    expect(['0', '0.000001', '-1', '10', '0.0005'].map(moneyShort)).toEqual(['¥0.00', '<¥0.0001', '−¥7.12', '¥71.23', '¥0.0036']);
    expect(moneyRate('0.27')).toBe('¥1.9233');
    expect(moneyAxis(40)).toBe('¥285');
    expect([moneyPaid('10'), moneyExact('0.000009180')]).toEqual(['$10.00', '$0.000009180']);
  } finally {
    showMoneyIn(IN_DOLLARS);
  }
});

it('durations keep the digits that matter', () => {
  expect([0.42, 7, 812.4, 1_240, 12_400, 123_000].map(duration)).toEqual(['0.42 ms', '7 ms', '812 ms', '1.24 s', '12.4 s', '2 min 03 s']);
  expect(duration(null)).toBe('—');
});

it('a colour follows its entity and eight is left for "other"', () => {
  const ids = Array.from({ length: 200 }, (_, i) => `model-${i}`);
  expect(ids.every((id) => entityColor(id) >= 1 && entityColor(id) <= 7)).toBe(true);
  expect(new Set(ids.map(entityColor)).size).toBe(7);
  expect(new Set(seriesColors(ids.slice(0, 7)).values()).size).toBe(7);
});

it('numbers and times follow the language of the reader', () => {
  expect(countShort(12_400, 'en')).toBe('12.4K');
  expect(countShort(12_400, 'zh-CN')).toBe('1.2万');
  expect(percent(1, 40, 'en')).toBe('2.5%');
  expect(percent(1, 0, 'en')).toBe('—');
  expect(percent(1, 40_000, 'en')).toBe('<0.1%');
  expect(percent(0, 40_000, 'en')).toBe('0%');
  expect(change(150, 100, 'en')).toBe('+50%');
  expect(change(1, 0, 'en')).toBeNull();
  expect(relativeTime('2026-11-25T08:00:00Z', Date.parse('2026-11-25T08:04:10Z'), 'en')).toBe('4 min. ago');
  expect(relativeTime('2026-11-25T08:00:00Z', Date.parse('2026-11-25T08:04:10Z'), 'zh-CN')).toBe('4分钟前');
  expect(bucketLabel('2026-11-25', 'en')).toBe('Nov 25');
  expect(bucketLabel('2026-11-25T14', 'en')).toBe('14:00');
});

it('a CSV cell never starts a formula', () => {
  expect(csvLine(['=1+1', 'a "b", c', null, 3])).toBe(`'=1+1,"a ""b"", c",,3\r\n`);
});
