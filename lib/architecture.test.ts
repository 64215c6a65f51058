import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const map = readFileSync(path.join(root, 'lib/README.md'), 'utf8');

/** Rows of the second table: room → rooms it may import. */
const allowed = new Map(
  [...map.slice(map.indexOf('## Who may import whom')).matchAll(/^\| `([a-z0-9]+)` \|([^|]*)\|$/gm)].map(([, room = '', list = '']) => [
    room,
    new Set(list.split(',').map((name) => name.trim()).filter(Boolean)),
  ]),
);
const OUTSIDE = ['app', 'components', 'i18n'];

interface Import {
  file: string;
  from: string;
  to: string;
  typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('/generated/'));
}

function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'lib' ? second : top;
}

const files = ['lib', ...OUTSIDE].flatMap(sourceFiles);
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'@\/([^']+)'|import\('@\/([^']+)'\)/gm)].map((match) => ({
    file,
    from: roomOf(file),
    to: roomOf(match[2] ?? match[3] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
});

describe('the map in lib/README.md', () => {
  it('names every room there is, and no other', () => {
    const rooms = readdirSync(path.join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect([...allowed.keys()].sort()).toEqual([...rooms, ...OUTSIDE].sort());
  });

  it('holds for every import', () => {
    const broken = imports
      .filter(({ from, to, typeOnly }) => from !== to && to !== 'package.json' && !allowed.get(from)?.has(to) && !(typeOnly && (from === 'components' || from === 'query')))
      .map(({ file, from, to }) => `${file}: \`${from}\` may not import \`${to}\` (it may import: ${[...(allowed.get(from) ?? [])].join(', ') || 'nothing'})`);
    expect(broken).toEqual([]);
  });

  it('has imports going down only: no two rooms import each other', () => {
    const pairs = [...allowed].flatMap(([room, targets]) => [...targets].filter((target) => allowed.get(target)?.has(room)).map((target) => [room, target].sort().join(' ↔ ')));
    expect([...new Set(pairs)]).toEqual([]);
  });
});

describe('one room only', () => {
  const users = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8'))).map(roomOf);

  it('reads process.env: lib/env', () => {
    expect(users(/process\.env\b/).filter((room) => room !== 'env')).toEqual([]);
  });

  it('speaks to Stripe: lib/billing', () => {
    expect(users(/from 'stripe'/).filter((room) => room !== 'billing')).toEqual([]);
  });

  it('imports the Prisma client: lib/store', () => {
    expect(users(/from '@prisma\/(client|adapter-pg)'|generated\/client'/).filter((room) => room !== 'store')).toEqual([]);
  });

  it('knows providers by name: no switch over a provider id outside lib/providers', () => {
    expect(users(/switch \((?:\w+\.)*providerId\)/).filter((room) => room !== 'providers')).toEqual([]);
  });
});
