import { expect, it } from 'vitest';
import { multiplyDecimals, shiftDecimal } from './decimal';

it.each([
  ['2.5e-07', 6, '0.25'],
  ['0.0000025', 6, '2.5'],
  ['1e-6', 6, '1'],
  ['15', 6, '15000000'],
  ['0', 6, '0'],
  ['.5', 0, '0.5'],
  ['3.', 0, '3'],
  ['1e-16', 6, '0.000000001'],
  ['-1', 6, null],
  ['x', 6, null],
  ['', 0, null],
] as const)('%s shifted by %i places is %s', (text, places, expected) => {
  expect(shiftDecimal(text, places)).toBe(expected);
});

it('a product is exact', () => {
  expect(multiplyDecimals('0.1', '3')).toBe('0.3');
  expect(multiplyDecimals('1.005', '2')).toBe('2.01');
  expect(multiplyDecimals('x', '2')).toBeNull();
});
