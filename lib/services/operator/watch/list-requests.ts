import { z } from 'zod';
import { formatUsd } from '@/lib/kernel/money';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, Prisma } from '@/lib/store';

const STATUSES = ['', 'completed', 'truncated', 'refused', 'failed', 'interrupted', 'running'] as const;

export const RequestFilterInput = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  org: z.string().trim().max(80).catch('').default(''),
  status: z.enum(STATUSES).catch('').default(''),
  provider: z.string().trim().max(64).catch('').default(''),
  code: z.string().trim().max(64).catch('').default(''),
  /** How many days back, today included. */
  days: z.coerce.number().int().min(1).max(31).catch(1).default(1),
  /** Id of the last row of the page before. */
  before: z.string().regex(/^req_[0-9A-Za-z]{22}$/).catch('').default(''),
});
export type RequestFilter = z.output<typeof RequestFilterInput>;

export interface OperatorRequest {
  id: string;
  at: string;
  org: { slug: string; name: string };
  status: string;
  httpStatus: number | null;
  alias: string | null;
  model: string | null;
  requestedModel: string;
  provider: string | null;
  attempts: number;
  fallback: boolean;
  cost_usd: string;
  provider_cost_usd: string;
  durationMs: number | null;
  gatewayMs: number | null;
  error: string | null;
}

const PER_PAGE = 50;

interface Row {
  id: string;
  created_at: Date;
  slug: string;
  name: string;
  status: string;
  http_status: number | null;
  alias: string;
  model_id: string;
  requested_model: string;
  provider_id: string;
  attempt_count: number;
  fallback: boolean;
  cost_nano: bigint;
  provider_cost_nano: bigint;
  duration_ms: number | null;
  gateway_ms: number | null;
  error_code: string | null;
}

/** Requests of every organization, newest first: metadata only, never a prompt or an answer. */
export async function listAllRequests({ input }: { ctx: OperatorCtx; input: RequestFilter }): Promise<{ data: OperatorRequest[]; older: string | null }> {
  const parts = [Prisma.sql`r.day > (now() AT TIME ZONE 'utc')::date - ${input.days}::int`, Prisma.sql`NOT r.sample`];
  if (input.q) parts.push(input.q.startsWith('req_') ? Prisma.sql`r.id = ${input.q}` : Prisma.sql`${input.q} IN (r.model_id, r.alias, r.requested_model)`);
  if (input.org) parts.push(Prisma.sql`${input.org} IN (o.slug, o.id)`);
  if (input.status) parts.push(Prisma.sql`r.status = ${input.status}`);
  if (input.provider) parts.push(Prisma.sql`r.provider_id = ${input.provider}`);
  if (input.code) parts.push(Prisma.sql`r.error_code = ${input.code}`);
  if (input.before) parts.push(Prisma.sql`r.id < ${input.before}`);
  const rows = await asSystem(
    (tx) => tx.$queryRaw<Row[]>`
      SELECT r.id, r.created_at, o.slug, o.name, r.status, r.http_status, r.alias, r.model_id, r.requested_model, r.provider_id, r.attempt_count, r.fallback,
        r.cost_nano, r.provider_cost_nano, r.duration_ms, r.gateway_ms, r.error_code
      FROM logs.request r JOIN organization o ON o.id = r.org_id
      WHERE ${Prisma.join(parts, ' AND ')} ORDER BY r.id DESC LIMIT ${PER_PAGE + 1}`,
  );
  const data = rows.slice(0, PER_PAGE).map(toRequest);
  return { data, older: rows.length > PER_PAGE ? (data.at(-1)?.id ?? null) : null };
}

function toRequest(row: Row): OperatorRequest {
  return {
    id: row.id,
    at: row.created_at.toISOString(),
    org: { slug: row.slug, name: row.name },
    status: row.status,
    httpStatus: row.http_status,
    alias: row.alias || null,
    model: row.model_id || null,
    requestedModel: row.requested_model,
    provider: row.provider_id || null,
    attempts: row.attempt_count,
    fallback: row.fallback,
    cost_usd: formatUsd(row.cost_nano),
    provider_cost_usd: formatUsd(row.provider_cost_nano),
    durationMs: row.duration_ms,
    gatewayMs: row.gateway_ms,
    error: row.error_code,
  };
}
