import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';

type Texts = { [key: string]: string | Texts };

const namespaces = (locale: string) =>
  readdirSync(path.join(import.meta.dirname, locale))
    .filter((file) => file.endsWith('.json'))
    .sort();
const read = (locale: string, file: string): Texts => JSON.parse(readFileSync(path.join(import.meta.dirname, locale, file), 'utf8'));

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flatten(value, `${prefix}${key}.`)])),
  );
}

/** Names of the arguments (`{count, plural, …}`) and tags (`<code>…</code>`) of a message. Throws where it does not parse. */
function slots(message: string): Set<string> {
  const found = new Set<string>();
  const walk = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
      if (element.type === TYPE.tag) walk(element.children);
      if (element.type === TYPE.plural || element.type === TYPE.select) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(parse(message));
  return found;
}

it('both languages have the same files', () => {
  expect(namespaces('zh-CN')).toEqual(namespaces('en'));
});

describe.each(namespaces('en'))('%s', (file) => {
  const en = flatten(read('en', file));
  const zh = flatten(read('zh-CN', file));

  it('has every text in both languages', () => {
    expect([...zh.keys()].sort()).toEqual([...en.keys()].sort());
    for (const [key, text] of [...en, ...zh]) expect(text.trim(), key).not.toBe('');
  });

  it('is filled with what English is filled with', () => {
    for (const [key, text] of en) {
      const given = slots(text);
      const unknown = [...slots(zh.get(key) ?? '')].filter((slot) => !given.has(slot));
      // Chinese has no plural and may leave a count out; it never needs more than English gets.
      expect({ key, unknown }).toEqual({ key, unknown: [] });
    }
  });
});
