import format from 'icu-minify/format';
import IntlMessageFormat from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { compileMessages } from './compile-messages';
import { loadMessages } from './load-messages';
import { LOCALES } from './locales';

const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
};

describe.each(LOCALES)('messages in %s', (locale) => {
  it('say the same compiled as parsed', async () => {
    const messages = await loadMessages(locale);
    let compared = 0;
    for (const [key, text] of texts(messages)) {
      const compiled = at(compileMessages({ only: { text } }), ['only', 'text']);
      const values = valuesOf(text);
      expect(format(compiled as never, locale, values as never, { formatters: formatters as never, timeZone: 'UTC' }), key).toEqual(
        new IntlMessageFormat(text, locale, undefined, {}).format(values as never),
      );
      compared += 1;
    }
    expect(compared).toBeGreaterThan(1_000);
  });
});

/** Something for every argument, and for every tag a function that shows where it stood. */
function valuesOf(text: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [, name = ''] of text.matchAll(/<([a-zA-Z]+)>/g)) values[name] = (inside: unknown) => `<${name}>${String(inside)}</${name}>`;
  for (const [, name = '', kind] of text.matchAll(/\{\s*(\w+)\s*(?:,\s*(plural|selectordinal|number|select)|\})/g)) {
    if (kind === undefined || kind === 'select') values[name] ??= 'x';
    else values[name] = 3;
  }
  return values;
}

function* texts(node: Record<string, unknown>, path = ''): Generator<[string, string]> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string') yield [path + key, value];
    else yield* texts(value as Record<string, unknown>, `${path}${key}.`);
  }
}

function at(node: unknown, path: string[]): unknown {
  return path.reduce((here, key) => (here as Record<string, unknown>)[key], node);
}
