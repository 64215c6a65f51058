import { z } from 'zod';
import { budgetAccounts } from '@/lib/ledger';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { bumpVersion, withOrg } from '@/lib/store';
import { forgetSample, lockSample, readSample } from './sample-state';

export const RemoveSampleInput = z.object({});

/** Takes the organization's sample away, whole or half loaded: calls, roll-ups, keys, budget and its demo money. Answers how many calls went. */
export async function removeSample({ ctx }: { ctx: Ctx; input?: z.output<typeof RemoveSampleInput> }): Promise<{ removed: number }> {
  requireRight(ctx, 'settings:write');
  return withOrg(ctx.orgId, async (tx) => {
    await lockSample(tx, ctx.orgId);
    const stored = await readSample(tx, ctx.orgId);
    if (!stored) return { removed: 0 };
    const keyIds = Object.values(stored.keys).map(({ id }) => id);
    await tx.$queryRaw`SELECT ledger.unlabel_sample(${ctx.orgId}, ${keyIds}::text[])::text`;
    const rows = await tx.$queryRaw<{ removed: number }[]>`SELECT ledger.remove_sample(${ctx.orgId}, ${stored.set}, ${keyIds}::text[]) AS removed`;
    await tx.account.deleteMany({ where: { orgId: ctx.orgId, id: { startsWith: budgetAccounts(ctx.orgId, stored.budgetId) } } });
    await tx.budget.deleteMany({ where: { orgId: ctx.orgId, id: stored.budgetId } });
    await tx.apiKey.deleteMany({ where: { orgId: ctx.orgId, id: { in: keyIds } } });
    await forgetSample(tx, ctx.orgId);
    await bumpVersion(tx, 'keys');
    const removed = rows[0]?.removed ?? 0;
    await recordAudit(tx, ctx, { action: 'sample.remove', targetType: 'organization', targetId: ctx.orgId, after: { calls: removed } });
    return { removed };
  });
}
