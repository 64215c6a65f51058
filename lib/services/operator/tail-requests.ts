import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, Prisma } from '@/lib/store';

export interface TailFilter {
  orgId?: string;
  httpStatus?: number;
  status?: string;
  /** The model that answered, the alias, or the name that was asked for. */
  model?: string;
  /** Finished at this instant or later; null for the latest. */
  after: Date | null;
  limit: number;
}

export interface TailRow {
  id: string;
  org: string;
  finishedAt: Date;
  status: string;
  httpStatus: number | null;
  alias: string;
  model: string;
  provider: string;
  durationMs: number | null;
  costNano: bigint;
  errorCode: string | null;
}

/** The days that are looked at: a request of yesterday may finish today, older ones belong to the log pages. */
const DAYS = 2;

/** Finished requests of every organization, oldest first: the latest `limit`, or those since an instant. */
export async function tailRequests({ input }: { ctx: OperatorCtx; input: TailFilter }): Promise<TailRow[]> {
  const parts = [Prisma.sql`r.finished_at IS NOT NULL`, Prisma.sql`r.day > (now() AT TIME ZONE 'utc')::date - ${DAYS}::int`];
  if (input.orgId !== undefined) parts.push(Prisma.sql`r.org_id = ${input.orgId}`);
  if (input.httpStatus !== undefined) parts.push(Prisma.sql`r.http_status = ${input.httpStatus}`);
  if (input.status !== undefined) parts.push(Prisma.sql`r.status = ${input.status}`);
  if (input.model !== undefined) parts.push(Prisma.sql`${input.model} IN (r.model_id, r.alias, r.requested_model)`);
  if (input.after !== null) parts.push(Prisma.sql`r.finished_at >= ${input.after}`);
  const order = input.after === null ? Prisma.sql`r.finished_at DESC` : Prisma.sql`r.finished_at ASC`;
  const rows = await asSystem(
    (tx) => tx.$queryRaw<TailRow[]>`
      SELECT r.id, o.slug AS org, r.finished_at AS "finishedAt", r.status, r.http_status AS "httpStatus", r.alias, r.model_id AS model,
        r.provider_id AS provider, r.duration_ms AS "durationMs", r.cost_nano AS "costNano", r.error_code AS "errorCode"
      FROM logs.request r JOIN organization o ON o.id = r.org_id
      WHERE ${Prisma.join(parts, ' AND ')} ORDER BY ${order} LIMIT ${input.limit}`,
  );
  return input.after === null ? rows.reverse() : rows;
}
