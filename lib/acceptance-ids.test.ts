import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Acceptance cases of money, streams, disconnects, failover, translation and HTTP edges; each is a promise that some test keeps by name. */
const GROUPS: Record<string, number> = { A: 16, B: 18, C: 8, D: 24, F: 14, G: 12 };
/** Of time and operations, those that can be shown in minutes. */
const OPERATIONS = ['I06', 'I07', 'I08', 'I09', 'I10', 'I11', 'I12', 'I13', 'I14'];

const names = ['lib', 'e2e', 'bench'].flatMap(testFiles).flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g)].map(([text]) => text));

it.each(Object.entries(GROUPS))('every acceptance case of group %s is named by a test', (group, count) => {
  const ids = Array.from({ length: count }, (_, index) => `${group}${String(index + 1).padStart(2, '0')}`);
  const named = new Set(names.flatMap((name) => name.match(new RegExp(`\\b${group}\\d\\d\\b`, 'g')) ?? []));
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

it('every acceptance case of time and operations is named by a test', () => {
  const named = new Set(names.flatMap((name) => name.match(/\bI\d\d\b/g) ?? []));
  expect(OPERATIONS.filter((id) => !named.has(id))).toEqual([]);
});

function testFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && (/\.(?:test|spec)\.tsx?$/.test(entry.name) || (entry.parentPath.includes(path.join('lib', 'testing', 'suites')) && entry.name.endsWith('.ts'))))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => file !== 'lib/acceptance-ids.test.ts');
}
