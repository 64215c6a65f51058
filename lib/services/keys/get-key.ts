import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { type KeyView, viewKeys } from './key-view';

export const GetKeyInput = z.object({ id: z.string() });

/** One key of the organization. */
export async function getKey({ ctx, input }: { ctx: Ctx; input: z.infer<typeof GetKeyInput> }): Promise<KeyView> {
  requireRight(ctx, 'keys:read');
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id: input.id, orgId: ctx.orgId } });
    const [view] = row ? await viewKeys(tx, ctx.orgId, [row]) : [];
    if (!view) throw new FairleadError('not_found');
    return view;
  });
}
