import { Prisma, type Tx, withOrg } from '@/lib/store';
import { type Ctx, requireRight } from '@/lib/services/context';
import { queryTerms, type RequestQuery } from './request-filters';
import { type RequestJson, type RequestRow, toRequestJson } from './request-json';
import { readTimeZone, requestSpan } from './request-span';
import { requestWhere } from './request-where';

export interface RequestPage {
  data: RequestJson[];
  has_more: boolean;
  next_cursor: string | null;
}

/** One page of the organization's requests, newest first. The cursor is the last id: ids sort by time. */
export async function listRequests({ ctx, input }: { ctx: Ctx; input: RequestQuery }): Promise<RequestPage> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, (tx) => readRequestPage(tx, ctx.orgId, input));
}

/** The page inside a transaction that is scoped to `orgId` already. `limit` may exceed what the public schema allows. */
export async function readRequestPage(tx: Tx, orgId: string, query: RequestQuery): Promise<RequestPage> {
  const span = requestSpan(query, await readTimeZone(tx, orgId), Date.now());
  const where = requestWhere(orgId, queryTerms(query), span);
  const after = query.cursor ? Prisma.sql`AND r.id < ${query.cursor}` : Prisma.empty;
  const rows = await tx.$queryRaw<RequestRow[]>`
    SELECT r.*, k.name AS key_name FROM logs.request r LEFT JOIN api_key k ON k.id = r.key_id
    WHERE ${where} ${after} ORDER BY r.id DESC LIMIT ${query.limit + 1}`;
  const data = rows.slice(0, query.limit).map(toRequestJson);
  const has_more = rows.length > query.limit;
  return { data, has_more, next_cursor: has_more ? (data.at(-1)?.id ?? null) : null };
}
