import { resolveRange } from '@/lib/format/time-range';
import { type Ctx, requireRight } from '@/lib/services/context';
import { Prisma, type Tx, withOrg } from '@/lib/store';
import type { Facet } from './request-facets';
import { queryTerms, type RequestQuery } from './request-filters';
import { type Combination, LOW_FIELDS, type LowField, matchesTerms } from './match-combination';
import type { SearchTerm } from './parse-search';
import { readTimeZone, requestSpan } from './request-span';
import { MODEL, requestWhere, termSql } from './request-where';

/** The filters whose values are offered with counts. */
export const COUNTED_FIELDS = [...LOW_FIELDS, 'user', 'tag'] as const;
export type CountedField = (typeof COUNTED_FIELDS)[number];
export type RequestCounts = Record<CountedField, Facet[]> & {
  /** Set where the view has more requests than were counted: how many were. */
  latest: number | null;
};

/** Counts are of so many of the latest requests at most: what a reader waits for must not grow with the logs. */
export const COUNTED_REQUESTS = 50_000;
/** Of values that can be many, the most frequent. */
const MAX_VALUES = 40;
const MAX_TAG_SETS = 400;
/** What is counted of `is:`; the other words of it are for the search box. */
const TRAITS = ['fallback', 'retried', 'stream', 'cached'] as const;

interface CountRow extends Combination {
  kind: 'combination' | 'user' | 'tags';
  user_tag: string | null;
  tags: Record<string, string> | null;
  requests: bigint;
  /** Of how many requests all counts are. */
  seen: bigint;
}

/**
 * How many requests of the view each value of each filter stands for, most frequent first. A filter's own choice does
 * not narrow its own values, so that a second one can be added. One pass over the latest rows of the range.
 */
export async function countRequests({ ctx, input }: { ctx: Ctx; input: RequestQuery }): Promise<RequestCounts> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, async (tx) => {
    const chosen = queryTerms({ ...input, q: undefined, request_id: undefined });
    const low = chosen.filter(isLow);
    const rows = await readCombinations(tx, ctx.orgId, input, chosen);
    const combinations = rows.filter(({ kind }) => kind === 'combination');
    const counts = Object.fromEntries(
      LOW_FIELDS.map((field) => [
        field,
        countField(
          field,
          combinations,
          low.filter((term) => fieldOf(term) !== field),
        ),
      ]),
    ) as Record<LowField, Facet[]>;
    const labels = await readLabels(tx, [...counts.key_id.map(({ id }) => id), ...counts.provider.map(({ id }) => id)]);
    for (const field of ['key_id', 'provider'] as const) counts[field] = counts[field].map((facet) => ({ ...facet, label: labels.get(facet.id) ?? facet.id }));
    return {
      ...counts,
      user: rows.flatMap(({ kind, user_tag, requests }) =>
        kind === 'user' && user_tag !== null ? [{ id: user_tag, label: user_tag, requests: Number(requests) }] : [],
      ),
      tag: countTags(rows),
      latest: Number(rows[0]?.seen ?? 0) >= COUNTED_REQUESTS ? COUNTED_REQUESTS : null,
    };
  });
}

async function readCombinations(tx: Tx, orgId: string, input: RequestQuery, chosen: readonly SearchTerm[]): Promise<CountRow[]> {
  const timeZone = await readTimeZone(tx, orgId);
  const now = Date.now();
  const open = requestSpan(input, timeZone, now);
  const span = { from: open.from ?? resolveRange('7d', now, timeZone).from, to: open.to };
  const searched = queryTerms({ q: input.q, request_id: input.request_id });
  // What cannot be told from a combination alone (a status of an attempt, a key by its name) narrows every filter.
  const base = requestWhere(orgId, [...searched, ...chosen.filter((term) => !isLow(term) && !isOf(term, 'user') && !isOf(term, 'tag'))], span);
  const all = (terms: readonly SearchTerm[]): Prisma.Sql =>
    terms.length === 0
      ? Prisma.sql`true`
      : Prisma.join(
          terms.map((term) => Prisma.sql`(${termSql(term, orgId)}) IS TRUE`),
          ' AND ',
        );
  return tx.$queryRaw<CountRow[]>`
    WITH seen AS (
      SELECT r.status, r.http_status / 100 AS http_class, ${MODEL} AS model, r.alias, r.provider_id, r.key_id, r.error_code, r.finish_reason,
        r.stream, r.fallback, r.attempt_count > 1 AS retried, coalesce(r.cached_tokens, 0) > 0 AS cached, r.user_tag, r.tags,
        ${all(chosen.filter(isLow))} AS fits_low, ${all(chosen.filter((term) => isOf(term, 'user')))} AS fits_user, ${all(chosen.filter((term) => isOf(term, 'tag')))} AS fits_tag
      FROM logs.request r WHERE ${base} ORDER BY r.id DESC LIMIT ${COUNTED_REQUESTS}
    ), grouped AS (
      SELECT CASE WHEN GROUPING(status) = 0 THEN 'combination' WHEN GROUPING(user_tag) = 0 THEN 'user' ELSE 'tags' END AS kind,
        status, http_class, model, alias, provider_id, key_id, error_code, finish_reason, stream, fallback, retried, cached, user_tag, tags,
        CASE WHEN GROUPING(status) = 0 THEN count(*) FILTER (WHERE fits_user AND fits_tag)
          WHEN GROUPING(user_tag) = 0 THEN count(*) FILTER (WHERE fits_low AND fits_tag) ELSE count(*) FILTER (WHERE fits_low AND fits_user) END AS requests
      FROM seen
      GROUP BY GROUPING SETS ((status, http_class, model, alias, provider_id, key_id, error_code, finish_reason, stream, fallback, retried, cached), (user_tag), (tags))
    )
    SELECT *, (SELECT count(*) FROM seen) AS seen FROM grouped WHERE kind = 'combination' AND requests > 0
    UNION ALL (SELECT *, 0 FROM grouped WHERE kind = 'user' AND user_tag IS NOT NULL AND requests > 0 ORDER BY requests DESC, user_tag LIMIT ${MAX_VALUES})
    UNION ALL (SELECT *, 0 FROM grouped WHERE kind = 'tags' AND tags IS NOT NULL AND requests > 0 ORDER BY requests DESC LIMIT ${MAX_TAG_SETS})`;
}

function countField(field: LowField, rows: readonly CountRow[], others: readonly SearchTerm[]): Facet[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (!matchesTerms(row, others)) continue;
    for (const id of valuesOf(field, row)) counts.set(id, (counts.get(id) ?? 0) + Number(row.requests));
  }
  return ranked(counts);
}

/** A request is counted under its outcome and its class, and under every trait it has. */
function valuesOf(field: LowField, row: CountRow): string[] {
  switch (field) {
    case 'status':
      return row.http_class === 4 || row.http_class === 5 ? [row.status, `${row.http_class}xx`] : [row.status];
    case 'model':
      return present(row.model);
    case 'alias':
      return present(row.alias);
    case 'provider':
      return present(row.provider_id);
    case 'key_id':
      return present(row.key_id);
    case 'error':
      return present(row.error_code);
    case 'finish':
      return present(row.finish_reason);
    case 'is':
      return TRAITS.filter((trait) => row[trait]);
  }
}

function countTags(rows: readonly CountRow[]): Facet[] {
  const counts = new Map<string, number>();
  for (const { kind, tags, requests } of rows) {
    if (kind !== 'tags') continue;
    for (const [name, value] of Object.entries(tags ?? {})) counts.set(`${name}=${value}`, (counts.get(`${name}=${value}`) ?? 0) + Number(requests));
  }
  return ranked(counts);
}

function ranked(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts]
    .map(([id, requests]) => ({ id, label: id, requests }))
    .sort((a, b) => b.requests - a.requests || a.id.localeCompare(b.id))
    .slice(0, MAX_VALUES);
}

async function readLabels(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; label: string }[]>`
    SELECT id, name AS label FROM api_key WHERE id IN (${Prisma.join([...ids])}) UNION ALL SELECT id, label FROM provider WHERE id IN (${Prisma.join([...ids])})`;
  return new Map(rows.map(({ id, label }) => [id, label]));
}

function fieldOf(term: SearchTerm): string {
  return term.field === 'key' ? 'key_id' : term.field;
}

function isOf(term: SearchTerm, field: 'user' | 'tag'): boolean {
  return term.field === field;
}

/** Whether a choice can be told from a combination alone. */
function isLow(term: SearchTerm): boolean {
  if (!LOW_FIELDS.some((field) => field === fieldOf(term)) || !('values' in term)) return false;
  if (term.field === 'is') return term.values.every((value) => TRAITS.some((trait) => trait === value));
  if (term.field === 'status') return term.values.every((value) => !/^\d{3}$/.test(value));
  return term.field !== 'key' || term.values.every((value) => value.startsWith('key_'));
}

function present(value: string | null): string[] {
  return value ? [value] : [];
}
