import { expect, it } from 'vitest';
import { slugify } from './slug';

it.each([
  ['Acme, Inc.', 'acme-inc'],
  ['Ada’s team', 'ada-team'],
  ['Crème Brûlée', 'creme-brulee'],
  ['--- x ---', 'x'],
  ['未来科技', ''],
  ['a'.repeat(80), 'a'.repeat(32)],
])('the organization %j is found at /%s', (name, slug) => {
  expect(slugify(name)).toBe(slug);
});
