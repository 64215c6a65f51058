import { z } from 'zod';

/** Query string of every list of the management API. */
export const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

export type PageQuery = z.output<typeof pageSchema>;

export interface Page<T> {
  data: T[];
  has_more: boolean;
  next_cursor: string | null;
}

/** Order and place of a page for Prisma. By time, then id: ids alone sort by the database's collation, which is not ours to choose. */
export function newestFirst({ limit, cursor }: PageQuery) {
  return {
    orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }],
    take: limit + 1,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  };
}

/** A page out of one row more than it may show: the extra row says that there is more. The cursor is the last item's id. */
export function toPage<Row, T extends { id: string }>(rows: readonly Row[], limit: number, toJson: (row: Row) => T): Page<T> {
  const data = rows.slice(0, limit).map(toJson);
  const has_more = rows.length > limit;
  return { data, has_more, next_cursor: has_more ? (data.at(-1)?.id ?? null) : null };
}

/** The page with its items written another way; cursors stay. */
export function mapPage<T, U>({ data, ...page }: Page<T>, toJson: (item: T) => U): Page<U> {
  return { data: data.map(toJson), ...page };
}

/** A page of a list that is small and in memory anyway. `all` is sorted by id. */
export function pageOf<T extends { id: string }>(all: readonly T[], { limit, cursor }: PageQuery): Page<T> {
  const rest = cursor === undefined ? all : all.filter(({ id }) => id > cursor);
  return toPage(rest, limit, (item) => item);
}

/** Like `pageOf`, for a list in an order of its own; an item that is gone since begins again from the start. */
export function pageInOrder<T extends { id: string }>(all: readonly T[], { limit, cursor }: PageQuery): Page<T> {
  const at = cursor === undefined ? -1 : all.findIndex(({ id }) => id === cursor);
  return toPage(all.slice(at + 1), limit, (item) => item);
}
