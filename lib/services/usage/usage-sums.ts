import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd } from '@/lib/kernel/money';
import { Prisma } from '@/lib/store';
import type { TimeSpan } from '@/lib/format/time-range';
import type { UsageGroup } from './usage-groups';
import type { UsageQuery } from './usage-query';

/** Sums over roll-ups, as JSON. */
export interface UsageSums {
  cost_usd: string;
  requests: number;
  /** Refused, failed or interrupted. */
  errors: number;
  input_tokens: number;
  cached_input_tokens: number;
  output_tokens: number;
  reasoning_tokens: number;
  retries: number;
  fallbacks: number;
  /** Mean time from request to last byte of the requests that answered. */
  mean_duration_ms: number | null;
}

export interface SumsRow {
  cost_nano: bigint;
  requests: bigint;
  errors: bigint;
  input_tokens: bigint;
  cached_tokens: bigint;
  output_tokens: bigint;
  reasoning_tokens: bigint;
  retries: bigint;
  fallbacks: bigint;
  answered: bigint;
  answered_ms: bigint;
}

export const SUMS = Prisma.sql`
  coalesce(sum(u.cost_nano), 0)::bigint AS cost_nano,
  coalesce(sum(u.requests), 0)::bigint AS requests,
  coalesce(sum(u.requests) FILTER (WHERE u.status IN ('refused', 'failed', 'interrupted')), 0)::bigint AS errors,
  coalesce(sum(u.input_tokens), 0)::bigint AS input_tokens,
  coalesce(sum(u.cached_tokens), 0)::bigint AS cached_tokens,
  coalesce(sum(u.output_tokens), 0)::bigint AS output_tokens,
  coalesce(sum(u.reasoning_tokens), 0)::bigint AS reasoning_tokens,
  coalesce(sum(greatest(u.attempts - u.requests, 0)), 0)::bigint AS retries,
  coalesce(sum(u.fallbacks), 0)::bigint AS fallbacks,
  coalesce(sum(u.requests) FILTER (WHERE u.status IN ('completed', 'truncated')), 0)::bigint AS answered,
  coalesce(sum(u.duration_ms) FILTER (WHERE u.status IN ('completed', 'truncated')), 0)::bigint AS answered_ms`;

export const GROUP_COLUMN: Record<UsageGroup, Prisma.Sql> = {
  model: Prisma.sql`u.model_id`,
  key: Prisma.sql`u.key_id`,
  alias: Prisma.sql`u.alias`,
  provider: Prisma.sql`u.provider_id`,
  member: Prisma.sql`coalesce((SELECT k.created_by_id FROM api_key k WHERE k.id = u.key_id), '')`,
  tag: Prisma.sql`u.value`,
  end_user: Prisma.sql`u.value`,
};

/** What a query of usage may be narrowed by. */
export type UsageFilters = Partial<Pick<UsageQuery, 'model' | 'alias' | 'provider' | 'key_id' | 'member' | 'tag' | 'user' | 'group'>>;

/**
 * FROM and WHERE of the roll-ups (as `u`): those of all calls, or those by tag or end user where the query groups or
 * narrows by one. Buckets are a quarter of an hour, so every time zone's days fall on their edges. Null: of every organization.
 */
export function usageFrom(orgId: string | null, query: UsageFilters, span: TimeSpan): Prisma.Sql {
  const parts = [...(orgId === null ? [] : [Prisma.sql`u.org_id = ${orgId}`]), Prisma.sql`u.bucket >= ${span.from}`, Prisma.sql`u.bucket < ${span.to}`];
  const listed = (column: Prisma.Sql, value: string | undefined) => {
    if (value) parts.push(Prisma.sql`${column} IN (${Prisma.join(value.split(','))})`);
  };
  listed(GROUP_COLUMN.model, query.model);
  listed(GROUP_COLUMN.alias, query.alias);
  listed(GROUP_COLUMN.provider, query.provider);
  listed(GROUP_COLUMN.key, query.key_id);
  listed(GROUP_COLUMN.member, query.member);
  const dimension = labelDimension(query);
  if (!dimension) return Prisma.sql`usage_rollup u WHERE ${Prisma.join(parts, ' AND ')}`;
  parts.push(Prisma.sql`u.dimension = ${dimension}`);
  const value = dimension === 'tag' ? query.tag : query.user;
  if (value) parts.push(Prisma.sql`u.value = ${value}`);
  return Prisma.sql`usage_label u WHERE ${Prisma.join(parts, ' AND ')}`;
}

/** Tags and end users are summed apart from each other: a query may speak of one of them. Throws `invalid_request`. */
function labelDimension({ group, tag, user }: UsageFilters): 'tag' | 'end_user' | null {
  const byTag = group === 'tag' || Boolean(tag);
  const byUser = group === 'end_user' || Boolean(user);
  if (byTag && byUser)
    throw new FairleadError('invalid_request', 'Usage is summed by tag or by end user, not by both. The log can be narrowed by both.', {
      param: group === 'tag' ? 'user' : 'tag',
    });
  return byTag ? 'tag' : byUser ? 'end_user' : null;
}

export function toSums(row: SumsRow): UsageSums {
  return {
    cost_usd: formatUsd(row.cost_nano),
    requests: Number(row.requests),
    errors: Number(row.errors),
    input_tokens: Number(row.input_tokens),
    cached_input_tokens: Number(row.cached_tokens),
    output_tokens: Number(row.output_tokens),
    reasoning_tokens: Number(row.reasoning_tokens),
    retries: Number(row.retries),
    fallbacks: Number(row.fallbacks),
    mean_duration_ms: row.answered > 0n ? Math.round(Number(row.answered_ms) / Number(row.answered)) : null,
  };
}

export function addRows(rows: readonly SumsRow[]): SumsRow {
  const total: SumsRow = {
    cost_nano: 0n,
    requests: 0n,
    errors: 0n,
    input_tokens: 0n,
    cached_tokens: 0n,
    output_tokens: 0n,
    reasoning_tokens: 0n,
    retries: 0n,
    fallbacks: 0n,
    answered: 0n,
    answered_ms: 0n,
  };
  for (const row of rows) {
    for (const name of Object.keys(total) as (keyof SumsRow)[]) total[name] += row[name];
  }
  return total;
}
