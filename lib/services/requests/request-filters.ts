import { z } from 'zod';
import { RANGES } from '@/lib/format/time-range';
import { REQUEST_SORTS } from './request-sorts';
import { list, parseSearch, type SearchTerm } from './parse-search';

export const REQUEST_STATUSES = ['completed', 'truncated', 'refused', 'failed', 'interrupted', 'running'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

const text = z.string().trim().max(500).optional();
/** An instant, or a day, which begins at midnight UTC. */
const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'must be a time such as 2026-11-25T08:00:00Z');

/**
 * The one description of a list of requests: query string of the page, of the console's API, of the export and of
 * `GET /api/v1/requests`. Several values of one filter are separated by commas; `*` stands for any characters.
 */
export const requestQuerySchema = z.object({
  /** What was typed into the search box; read by `parseSearch`. */
  q: text,
  range: z.enum(RANGES).optional(),
  from: instant.optional(),
  to: instant.optional(),
  status: text,
  model: text,
  alias: text,
  provider: text,
  key_id: text,
  user: text,
  session: text,
  tag: text,
  /** A member's id: calls of the keys this member made. */
  member: text,
  error: text,
  finish: text,
  is: text,
  request_id: text,
  sort: z.enum(REQUEST_SORTS).default('newest'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** The id of the last row, after its value where the list is not ordered by time. */
  cursor: z
    .string()
    .regex(/^(\d{1,19}(\.\d{1,9})?~)?req_[0-9A-Za-z]{22}$/, 'not a cursor of this list')
    .optional(),
});

export type RequestQuery = z.output<typeof requestQuerySchema>;
export type RequestQueryInput = z.input<typeof requestQuerySchema>;

/** The filters of a query as search terms, joined with what the search box says. */
export function queryTerms(query: Omit<RequestQuery, 'limit' | 'cursor' | 'sort'>): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const field of ['status', 'model', 'alias', 'provider', 'user', 'session', 'tag', 'member', 'error', 'finish', 'is'] as const) {
    const value = query[field];
    if (value) terms.push({ field, values: list(value), negated: false });
  }
  if (query.key_id) terms.push({ field: 'key', values: list(query.key_id), negated: false });
  if (query.request_id) terms.push({ field: 'id', values: list(query.request_id) });
  return [...terms, ...parseSearch(query.q ?? '').terms];
}
