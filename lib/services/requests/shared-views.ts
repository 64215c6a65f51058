import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';

const MAX_VIEWS = 100;

/** Filters of the logs under a name, for everybody in the organization. */
export interface SharedView {
  id: string;
  name: string;
  /** The query string of the page, without the question mark. */
  search: string;
}

export const ShareViewInput = z.object({
  name: z.string().trim().min(1).max(60),
  search: z.string().max(4_000),
});

export const SharedViewIdInput = z.object({ id: z.string().max(100) });

/** The organization's views by name. */
export async function listSharedViews({ ctx }: { ctx: Ctx }): Promise<SharedView[]> {
  requireRight(ctx, 'logs:read');
  return withOrg(ctx.orgId, (tx) =>
    tx.sharedView.findMany({ where: { orgId: ctx.orgId }, orderBy: { name: 'asc' }, select: { id: true, name: true, search: true } }),
  );
}

/** Keeps a view for everybody; a name that is taken gets these filters. */
export async function shareView({ ctx, input }: { ctx: Ctx; input: z.input<typeof ShareViewInput> }): Promise<SharedView> {
  requireRight(ctx, 'keys:write');
  const { name, search } = parseInput(ShareViewInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const before = await tx.sharedView.findUnique({ where: { orgId_name: { orgId: ctx.orgId, name } } });
    if (!before && (await tx.sharedView.count({ where: { orgId: ctx.orgId } })) >= MAX_VIEWS)
      throw new FairleadError('conflict', `An organization has at most ${MAX_VIEWS} shared views.`);
    const row = before
      ? await tx.sharedView.update({ where: { id: before.id }, data: { search } })
      : await tx.sharedView.create({
          data: { id: newId('viw'), orgId: ctx.orgId, name, search, createdById: ctx.actor.type === 'user' ? ctx.actor.id : null },
        });
    await recordAudit(tx, ctx, {
      action: before ? 'view.update' : 'view.share',
      targetType: 'view',
      targetId: row.id,
      ...(before ? { before: { name, search: before.search } } : {}),
      after: { name, search },
    });
    return { id: row.id, name, search };
  });
}

/** Takes a view away from everybody. */
export async function removeSharedView({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string }> {
  requireRight(ctx, 'keys:write');
  const { id } = parseInput(SharedViewIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.sharedView.findFirst({ where: { id, orgId: ctx.orgId } });
    if (!row) throw new FairleadError('not_found');
    await tx.sharedView.delete({ where: { id } });
    await recordAudit(tx, ctx, { action: 'view.remove', targetType: 'view', targetId: id, before: { name: row.name, search: row.search } });
    return { id };
  });
}
