import { expect, it } from 'vitest';
import { LabelBounds } from './roll-ups';

it('of an organization’s values of one dimension a day keeps a thousand; what comes beyond is summed together', () => {
  const bounds = new LabelBounds();
  const kept = Array.from({ length: 1_500 }, (_, index) => bounds.admit('org_a', 'end_user', `user-${index}`, '2026-11-25'));
  expect(kept.filter((value) => value === '')).toHaveLength(500);
  expect(bounds.admit('org_a', 'end_user', 'user-3', '2026-11-25')).toBe('user-3');
  expect(bounds.admit('org_a', 'tag', 'feature=search', '2026-11-25')).toBe('feature=search');
  expect(bounds.admit('org_b', 'end_user', 'user-1400', '2026-11-25')).toBe('user-1400');
  expect(bounds.admit('org_a', 'end_user', 'user-1400', '2026-11-26')).toBe('user-1400');
});
