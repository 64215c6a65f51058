import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isReservedSlug } from './reserved-slugs';

const root = path.resolve(import.meta.dirname, '../../..');

/** Static first segments under `app/`, looking through route groups. */
function routeSegments(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith('[') || entry.name.startsWith('_')) return [];
    return entry.name.startsWith('(') ? routeSegments(path.join(folder, entry.name)) : [entry.name];
  });
}

it('no organization can take a path that the product itself serves', () => {
  const files = readdirSync(path.join(root, 'public')).map((name) => name.replace(/\.[^.]*$/, ''));
  const served = [...new Set([...routeSegments(path.join(root, 'app')), ...files])];
  expect(
    served.filter((segment) => !isReservedSlug(segment)),
    'add these to ROUTES in lib/services/orgs/reserved-slugs.ts',
  ).toEqual([]);
});
