import { expect, it } from 'vitest';
import { OTHER, topSeries } from './top-series';

it('the largest keep their colour, the rest become one grey series', () => {
  const groups = Array.from({ length: 12 }, (_, i) => ({ id: `m${i}`, label: `m${i}`, values: [i, i] }));
  const series = topSeries(groups, 'Other');
  expect(series).toHaveLength(8);
  expect(series[0]?.id).toBe('m11');
  expect(series.at(-1)).toEqual({ id: OTHER, label: 'Other', color: 8, values: [10, 10] });
  expect(new Set(series.map(({ color }) => color)).size).toBe(8);
});

it('nothing is called "other" alone, and what is zero is not drawn', () => {
  expect(
    topSeries(
      [
        { id: 'a', label: 'a', values: [0, 1] },
        { id: 'b', label: 'b', values: [0, 0] },
      ],
      'Other',
    ).map(({ id }) => id),
  ).toEqual(['a']);
});
