import { type inferParserType, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { RANGES } from '@/lib/format/time-range';
import { parseSearch } from '@/lib/services/requests/parse-search';

/** State of the logs page in its URL: the parameters of `requestQuerySchema`, and what only the page knows. */
export const requestView = {
  q: parseAsString,
  range: parseAsStringLiteral(RANGES).withDefault('7d'),
  from: parseAsString,
  to: parseAsString,
  status: parseAsString,
  model: parseAsString,
  alias: parseAsString,
  provider: parseAsString,
  key_id: parseAsString,
  user: parseAsString,
  session: parseAsString,
  tag: parseAsString,
  cursor: parseAsString,
  live: parseAsBoolean.withDefault(false),
};

export type RequestView = inferParserType<typeof requestView>;

export const REQUEST_PAGE_ROWS = 50;
const FILTERS = ['q', 'status', 'model', 'alias', 'provider', 'key_id', 'user', 'session', 'tag'] as const;

/** The query string of the API for a view. A span in `from`/`to` replaces the named range. */
export function requestParams(view: RequestView): Record<string, string | null> {
  const { live: _live, cursor: _cursor, range, ...rest } = view;
  return { ...rest, range: view.from || view.to ? null : range };
}

/** Whether anything narrows the list besides time. */
export function isFiltered(view: RequestView): boolean {
  return FILTERS.some((name) => view[name]);
}

/** What the search box holds and nobody understands: shown to the reader, because it narrows nothing. */
export function ignoredTerms(search: string): string[] {
  return parseSearch(search).ignored;
}

export const LOG_RANGES = ['1h', '24h', '7d', '30d', '90d'] as const;
export const REQUEST_STATUS_FILTERS = ['completed', 'truncated', 'refused', 'failed', 'interrupted', 'running', '4xx', '5xx'] as const;

export const NO_FILTERS = {
  q: null,
  status: null,
  model: null,
  alias: null,
  provider: null,
  key_id: null,
  user: null,
  session: null,
  tag: null,
  from: null,
  to: null,
  cursor: null,
} satisfies Partial<Record<keyof RequestView, null>>;

export type FilterChange = { [Name in keyof typeof NO_FILTERS]?: string | null };
