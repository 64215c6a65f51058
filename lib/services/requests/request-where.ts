import { parseUsd } from '@/lib/kernel/money';
import { requestDay } from '@/lib/kernel/ids';
import { Prisma } from '@/lib/store';
import type { TimeSpan } from '@/lib/format/time-range';
import type { Comparison, SearchTerm } from './parse-search';
import { REQUEST_STATUSES } from './request-filters';

const NOTHING = Prisma.sql`false`;
/** What was called: the model that was chosen, or the name that led to none. */
export const MODEL = Prisma.sql`coalesce(nullif(r.model_id, ''), r.requested_model)`;
const STATUSES: ReadonlySet<string> = new Set(REQUEST_STATUSES);
const IS: Record<string, Prisma.Sql> = {
  fallback: Prisma.sql`r.fallback`,
  retried: Prisma.sql`r.attempt_count > 1`,
  stream: Prisma.sql`r.stream`,
  cached: Prisma.sql`coalesce(r.cached_tokens, 0) > 0`,
  demo: Prisma.sql`r.fund = 'demo'`,
  sample: Prisma.sql`r.sample`,
  estimated: Prisma.sql`r.usage_source = 'estimated'`,
};

/**
 * The WHERE of logs.request (as `r`) for one organization; null: for all of them, as the operator's key sees them,
 * without sample data. The span prunes day partitions; a search for an id ignores it, because the id itself names its day.
 */
export function requestWhere(orgId: string | null, terms: readonly SearchTerm[], span: Partial<TimeSpan>): Prisma.Sql {
  const parts = [orgId === null ? Prisma.sql`NOT r.sample` : Prisma.sql`r.org_id = ${orgId}`, ...terms.map((term) => termSql(term, orgId))];
  if (!terms.some((term) => term.field === 'id')) {
    if (span.from) parts.push(Prisma.sql`r.created_at >= ${span.from} AND r.day >= ${utcDay(span.from)}::date`);
    if (span.to) parts.push(Prisma.sql`r.created_at < ${span.to} AND r.day <= ${utcDay(span.to)}::date`);
  }
  return Prisma.join(parts, ' AND ');
}

export function termSql(term: SearchTerm, orgId: string | null): Prisma.Sql {
  const org = orgId === null ? Prisma.sql`r.org_id` : Prisma.sql`${orgId}`;
  switch (term.field) {
    case 'id':
      return idSql(term.values);
    case 'word':
      return wordSql(term.values[0] ?? '', org);
    case 'cost':
      return compare(Prisma.sql`r.cost_nano`, term.comparison, Prisma.sql`${parseUsd(term.value)}::bigint`);
    case 'duration':
      return compare(Prisma.sql`r.duration_ms`, term.comparison, Prisma.sql`${Number(term.value)}::float8`);
    case 'ttft':
      return compare(Prisma.sql`r.ttft_ms`, term.comparison, Prisma.sql`${Number(term.value)}::float8`);
    default: {
      const any = Prisma.join(
        term.values.map((value) => valueSql(term.field, value, org)),
        ' OR ',
      );
      return term.negated ? Prisma.sql`(${any}) IS NOT TRUE` : Prisma.sql`(${any})`;
    }
  }
}

function valueSql(field: string, value: string, org: Prisma.Sql): Prisma.Sql {
  switch (field) {
    case 'status':
      return statusSql(value, org);
    case 'model':
      return textSql(MODEL, value);
    case 'alias':
      return textSql(Prisma.sql`r.alias`, value);
    case 'provider':
      return textSql(Prisma.sql`r.provider_id`, value);
    case 'user':
      return textSql(Prisma.sql`r.user_tag`, value);
    case 'session':
      return textSql(Prisma.sql`r.session_tag`, value);
    case 'error':
      return textSql(Prisma.sql`r.error_code`, value);
    case 'finish':
      return textSql(Prisma.sql`r.finish_reason`, value);
    case 'key':
      return Prisma.sql`(r.key_id = ${value} OR r.key_last4 = ${value} OR r.key_id IN (SELECT id FROM api_key WHERE org_id = ${org} AND lower(name) LIKE ${pattern(value.toLowerCase())}))`;
    case 'member':
      return Prisma.sql`r.key_id IN (SELECT k.id FROM api_key k LEFT JOIN app_user m ON m.id = k.created_by_id WHERE k.org_id = ${org} AND (k.created_by_id = ${value} OR m.email = ${value}))`;
    case 'tag':
      return tagSql(value);
    default:
      return IS[value] ?? NOTHING;
  }
}

/** A status word, an HTTP status of ours or of an attempt, a class such as `5xx`, or `ok` / `error`. */
function statusSql(value: string, org: Prisma.Sql): Prisma.Sql {
  if (STATUSES.has(value)) return Prisma.sql`r.status = ${value}`;
  if (/^\d{3}$/.test(value))
    return Prisma.sql`(r.http_status = ${Number(value)} OR EXISTS (SELECT 1 FROM logs.attempt a WHERE a.org_id = ${org} AND a.day = r.day AND a.request_id = r.id AND a.status = ${Number(value)}))`;
  const group = /^([2-5])xx$/i.exec(value)?.[1];
  if (group) return Prisma.sql`r.http_status BETWEEN ${Number(group) * 100} AND ${Number(group) * 100 + 99}`;
  if (value === 'ok') return Prisma.sql`r.status IN ('completed', 'truncated')`;
  if (value === 'error') return Prisma.sql`r.status IN ('refused', 'failed', 'interrupted')`;
  return NOTHING;
}

/** Calls with one tag: `name=value` with `*` for any characters, or a name whatever its value. */
export function tagSql(value: string): Prisma.Sql {
  const at = value.indexOf('=');
  if (at <= 0) return Prisma.sql`jsonb_exists(r.tags, ${value})`;
  return textSql(Prisma.sql`r.tags->>${value.slice(0, at)}`, value.slice(at + 1));
}

function wordSql(word: string, org: Prisma.Sql): Prisma.Sql {
  const like = `%${pattern(word)}%`;
  return Prisma.sql`(${MODEL} ILIKE ${like} OR r.alias ILIKE ${like} OR r.user_tag ILIKE ${like} OR r.error_code ILIKE ${like}
    OR r.key_last4 = ${word} OR r.key_id IN (SELECT id FROM api_key WHERE org_id = ${org} AND name ILIKE ${like}))`;
}

function idSql(ids: readonly string[]): Prisma.Sql {
  const known = ids.flatMap((id) => {
    const day = requestDay(id);
    return day === null ? [] : [Prisma.sql`(r.day = ${day}::date AND r.id = ${id})`];
  });
  return known.length === 0 ? NOTHING : Prisma.sql`(${Prisma.join(known, ' OR ')})`;
}

function textSql(column: Prisma.Sql, value: string): Prisma.Sql {
  return value.includes('*') ? Prisma.sql`${column} LIKE ${pattern(value)}` : Prisma.sql`${column} = ${value}`;
}

/** `*` is the only wildcard a reader knows; what LIKE would treat specially is escaped. */
function pattern(value: string): string {
  return value.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}

function compare(column: Prisma.Sql, comparison: Comparison, value: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${column} ${Prisma.raw(comparison)} ${value}`;
}

function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
