import { expect, it } from 'vitest';
import { bucketNames, previousSpan, resolveRange } from './time-range';

const NOW = Date.parse('2026-11-25T08:30:00Z');

it('a week is seven local days and ends now', () => {
  const span = resolveRange('7d', NOW, 'Asia/Shanghai');
  expect(span.from.toISOString()).toBe('2026-11-18T16:00:00.000Z');
  expect(bucketNames(span, 'day', 'Asia/Shanghai')).toEqual(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']);
});

it('a half day is compared with a half day', () => {
  const span = resolveRange('month', NOW, 'UTC');
  expect(previousSpan('month', span, 'UTC')).toEqual({ from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-10-25T08:30:00Z') });
  expect(previousSpan('7d', resolveRange('7d', NOW, 'UTC'), 'UTC').to.toISOString()).toBe('2026-11-18T08:30:00.000Z');
});

it('days keep their borders over a change of clocks', () => {
  const span = { from: new Date('2026-03-28T00:00:00Z'), to: new Date('2026-03-31T00:00:00Z') };
  expect(bucketNames(span, 'day', 'Europe/Berlin')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31']);
});

it('a day has twenty-four hours, the running one included', () => {
  const names = bucketNames(resolveRange('24h', NOW, 'UTC'), 'hour', 'UTC');
  expect(names).toHaveLength(24);
  expect(names.at(-1)).toBe('2026-11-25T08');
});
