import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extendTailwindMerge } from 'tailwind-merge';
import { describe, expect, it } from 'vitest';
import { cn } from './cn';

const root = path.resolve(import.meta.dirname, '../..');
/** The library with its own table, told of the two classes that are ours. */
const whole = extendTailwindMerge({ extend: { classGroups: { shadow: ['shadow-float'], 'font-family': ['figures'] } } });

/** The classes that texts of the console's sources stand for, without modifiers: two of each prefix and kind of value, which is enough to tell its property. */
function classesInUse(): string[] {
  const found = new Set<string>();
  for (const folder of ['components', 'app']) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/(?<!\.test)\.tsx?$/.test(file) || file.endsWith('merge-classes.ts')) continue;
      for (const [, , text = ''] of readFileSync(path.join(root, folder, file), 'utf8').matchAll(/(['"`])((?:(?!\1)[^\n\\])*)\1/g)) {
        for (const word of text.split(/\s+/)) {
          const base = word.replace(/^(?:[\w*-]+(?:\[[^\]]*\]|\([^)]*\))?(?:\/[\w-]+)?:|\[[^\]]*\]:)+/, '').replace(/^!|!$/, '');
          if (/^-?[a-z][^\s{}$]*$/.test(base)) found.add(base);
        }
      }
    }
  }
  const kinds = new Map<string, string[]>();
  for (const each of found) {
    if (whole(`${each} ${each}`) !== each) continue;
    const kind = each.replace(/[\d.]+(?:\/[\d.]+)?$/, '0').replace(/(?<=^(?:bg|text|border|decoration)-)[a-z]+(?:-[a-z]+|\/\d+)+$/, 'color');
    kinds.set(kind, [...(kinds.get(kind) ?? []), each].slice(0, 2));
  }
  return [...kinds.values()].flat();
}

describe('what classes stand for', () => {
  it('is what tailwind-merge takes them for, for every class in use beside one of every other property', { timeout: 30_000 }, () => {
    const classes = classesInUse();
    expect(classes.length).toBeGreaterThan(200);
    const sorted = [...classes].sort();
    for (const order of [sorted, [...sorted].reverse()]) {
      // What survives stands for different properties.
      const survivors = whole(order.join(' ')).split(' ');
      for (const each of classes) {
        const others = survivors.filter((other) => other !== each).join(' ');
        for (const pair of [`${others} ${each}`, `${each} ${others}`]) expect(cn(pair), each).toBe(whole(pair));
      }
    }
  });

  it('keeps what stands for another state or width', () => {
    expect(cn('p-2 sm:p-4 hover:p-3', 'p-6')).toBe('sm:p-4 hover:p-3 p-6');
    expect(cn('text-sm/6 text-muted-foreground', 'text-base')).toBe('text-muted-foreground text-base');
  });
});
