import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const CASES = 40;
const HAZARDS = 12;

/** Titles of the tests that say which promise about money they keep. */
const titles = ['lib/billing', 'lib/services/billing'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.db.test.ts'))
    .flatMap((file) => [...readFileSync(path.join(root, folder, file), 'utf8').matchAll(/['(]\s*'?((?:case|H\d\d)[^'\n]*?): /g)].map(([, title = '']) => title)),
);

function missing(count: number, isNamed: (n: number) => boolean): number[] {
  return Array.from({ length: count }, (_, index) => index + 1).filter((n) => !isNamed(n));
}

describe('the promises about money', () => {
  it('each of the forty cases has a test that carries its number', () => {
    const numbers = new Set(titles.flatMap((title) => [...(/^case ([\d, ]+)/.exec(title)?.[1] ?? '').matchAll(/\d+/g)].map(([n]) => Number(n))));
    expect(missing(CASES, (n) => numbers.has(n))).toEqual([]);
  });

  it('so has each of the twelve hazards of payments', () => {
    const text = titles.join(' ');
    expect(missing(HAZARDS, (n) => text.includes(`H${String(n).padStart(2, '0')}`))).toEqual([]);
  });
});
