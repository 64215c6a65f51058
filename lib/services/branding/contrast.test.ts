import { expect, it } from 'vitest';
import { contrast } from './contrast';

it('contrast is what WCAG says it is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 1);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#0f5c63')).toBeGreaterThan(4.5);
});
