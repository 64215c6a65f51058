import compile from 'icu-minify/compile';
import type { Messages } from './load-messages';

/**
 * Takes ICU messages apart before they leave for the browser, which then needs no parser: next.config.mjs puts next-intl's
 * formatter for compiled messages in the place of the one that parses.
 */
export function compileMessages(messages: Messages): Messages {
  // By way of JSON, because what a page is given may only hold plain objects.
  return JSON.parse(JSON.stringify(messages), (_key, value) => (typeof value === 'string' ? asPlain(compile(value)) : value));
}

function asPlain(compiled: unknown): unknown {
  return typeof compiled === 'string' ? compiled : JSON.parse(JSON.stringify(compiled));
}
