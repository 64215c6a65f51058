import { Prisma, type Tx, withOrg } from '@/lib/store';
import { type Ctx, requireRight } from '@/lib/services/context';
import { queryTerms, type RequestQuery } from './request-filters';
import { type RequestJson, type RequestRow, toRequestJson } from './request-json';
import { readTimeZone, requestSpan } from './request-span';
import type { RequestSort } from './request-sorts';
import { requestWhere } from './request-where';

export interface RequestPage {
  data: RequestJson[];
  has_more: boolean;
  next_cursor: string | null;
}

/** What a page is read by; `newest` needs nothing but ids, which sort by time. */
type PageQuery = Omit<RequestQuery, 'sort'> & { sort?: RequestSort };

const SORT_COLUMN: Record<Exclude<RequestSort, 'newest'>, Prisma.Sql> = {
  cost: Prisma.sql`r.cost_nano`,
  duration: Prisma.sql`r.duration_ms`,
  ttft: Prisma.sql`r.ttft_ms`,
};

/** One page of the organization's requests, newest or largest first. */
export async function listRequests({ ctx, input }: { ctx: Ctx; input: RequestQuery }): Promise<RequestPage> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, (tx) => readRequestPage(tx, ctx.orgId, input));
}

/** The page inside a transaction that is scoped to `orgId` already. `limit` may exceed what the public schema allows. */
export async function readRequestPage(tx: Tx, orgId: string, query: PageQuery): Promise<RequestPage> {
  const { rows, ...page } = await readRequestRows(tx, orgId, query);
  return { data: rows.map(toRequestJson), ...page };
}

/** The rows of a page; of every organization where `orgId` is null. */
export async function readRequestRows(tx: Tx, orgId: string | null, query: PageQuery): Promise<{ rows: RequestRow[] } & Omit<RequestPage, 'data'>> {
  const span = requestSpan(query, await readTimeZone(tx, orgId), Date.now());
  const where = requestWhere(orgId, queryTerms(query), span);
  const column = query.sort && query.sort !== 'newest' ? SORT_COLUMN[query.sort] : null;
  const rows = await tx.$queryRaw<RequestRow[]>`
    SELECT r.*, k.name AS key_name FROM logs.request r LEFT JOIN api_key k ON k.id = r.key_id
    WHERE ${where} ${afterCursor(query.cursor, column)} ORDER BY ${column ? Prisma.sql`${column} DESC, ` : Prisma.empty} r.id DESC LIMIT ${query.limit + 1}`;
  const shown = rows.slice(0, query.limit);
  const has_more = rows.length > query.limit;
  return { rows: shown, has_more, next_cursor: has_more ? cursorOf(shown.at(-1), query.sort) : null };
}

/** Rows behind the cursor. A request without the value it is ordered by has no place in that order. */
function afterCursor(cursor: string | undefined, column: Prisma.Sql | null): Prisma.Sql {
  const [id = '', value] = (cursor ?? '').split('~').reverse();
  if (!column) return cursor ? Prisma.sql`AND r.id < ${id}` : Prisma.empty;
  const known = Prisma.sql`AND ${column} IS NOT NULL`;
  return value === undefined ? known : Prisma.sql`${known} AND (${column}::numeric, r.id) < (${value}::numeric, ${id})`;
}

function cursorOf(row: RequestRow | undefined, sort: RequestSort = 'newest'): string | null {
  if (!row) return null;
  if (sort === 'newest') return row.id;
  return `${sort === 'cost' ? row.cost_nano : sort === 'duration' ? row.duration_ms : row.ttft_ms}~${row.id}`;
}
