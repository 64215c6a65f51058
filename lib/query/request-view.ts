import { type inferParserType, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { RANGES } from '@/lib/format/time-range';
import { parseSearch } from '@/lib/services/requests/parse-search';
import { REQUEST_SORTS } from '@/lib/services/requests/request-sorts';

/** Columns of the list that can be shown or hidden; time, outcome and model always stand. */
export const LOG_COLUMNS = ['key', 'user', 'tags', 'provider', 'tokens', 'cost', 'ttft', 'total', 'finish', 'error', 'client'] as const;
export type LogColumn = (typeof LOG_COLUMNS)[number];
export const DEFAULT_COLUMNS: readonly LogColumn[] = ['key', 'tokens', 'cost', 'ttft', 'total'];

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
  member: parseAsString,
  error: parseAsString,
  finish: parseAsString,
  is: parseAsString,
  sort: parseAsStringLiteral(REQUEST_SORTS).withDefault('newest'),
  cols: parseAsArrayOf(parseAsStringLiteral(LOG_COLUMNS)),
  peek: parseAsString,
  cursor: parseAsString,
  live: parseAsBoolean.withDefault(false),
};

export type RequestView = inferParserType<typeof requestView>;

export const REQUEST_PAGE_ROWS = 50;
/** Filters that hold values between commas, in the order in which they are shown. */
export const VALUE_FILTERS = ['status', 'is', 'model', 'alias', 'provider', 'key_id', 'user', 'session', 'tag', 'member', 'error', 'finish'] as const;
export type ValueFilter = (typeof VALUE_FILTERS)[number];
const FILTERS = ['q', ...VALUE_FILTERS] as const;

/** The query string of the API for a view. A span in `from`/`to` replaces the named range. */
export function requestParams(view: RequestView): Record<string, string | null> {
  const { live: _live, cursor: _cursor, cols: _cols, peek: _peek, sort, range, ...rest } = view;
  return { ...rest, sort: sort === 'newest' ? null : sort, range: view.from || view.to ? null : range };
}

/** The same without the order, for what only counts. */
export function countParams(view: RequestView): Record<string, string | null> {
  return { ...requestParams(view), sort: null };
}

/** A comma-separated filter with one value more or less; null when none is left. */
export function toggleValue(current: string | null, value: string, on: boolean): string | null {
  const others = (current ? current.split(',') : []).filter((other) => other !== value);
  const next = on ? [...others, value] : others;
  return next.length > 0 ? next.join(',') : null;
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
export const REQUEST_TRAITS = ['fallback', 'retried', 'stream', 'cached', 'demo', 'sample', 'estimated'] as const;

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
  member: null,
  error: null,
  finish: null,
  is: null,
  from: null,
  to: null,
  cursor: null,
} satisfies Partial<Record<keyof RequestView, null>>;

export type FilterChange = { [Name in keyof typeof NO_FILTERS]?: string | null };
