import { z } from 'zod';
import { type Ctx, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { type KeyView, viewKeys } from './key-view';

export const ListKeysInput = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(100),
  /** The last id of the page before. */
  cursor: z.string().optional(),
});
export type ListKeysInput = z.input<typeof ListKeysInput>;

export interface KeyPage {
  data: KeyView[];
  hasMore: boolean;
  nextCursor: string | null;
}

/** The organization's keys, newest first; what the playground borrows is none of them. */
export async function listKeys({ ctx, input = {} }: { ctx: Ctx; input?: ListKeysInput }): Promise<KeyPage> {
  requireRight(ctx, 'keys:read');
  const { limit, cursor } = parseInput(ListKeysInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.apiKey.findMany({
      where: { orgId: ctx.orgId, sessionId: null, ...(cursor ? { id: { lt: cursor } } : {}) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const data = await viewKeys(tx, ctx.orgId, rows.slice(0, limit));
    const hasMore = rows.length > limit;
    return { data, hasMore, nextCursor: hasMore ? (data.at(-1)?.id ?? null) : null };
  });
}
