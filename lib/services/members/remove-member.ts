import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { lockMembers, requireOtherOwner, requireOwnerFor } from './member-roles';

export const RemoveMemberInput = z.object({ id: z.string().max(100) });

/**
 * Takes a person out of the organization; anybody may leave it themselves. Keys they made go on: programs use them. What
 * was lent to their browsers ends at once. The last owner stays.
 */
export async function removeMember({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string; keys: number }> {
  const { id } = parseInput(RemoveMemberInput, input);
  const isSelf = ctx.actor.type === 'user' && ctx.actor.id === id;
  if (!isSelf) requireRight(ctx, 'members:write');
  return withOrg(ctx.orgId, async (tx) => {
    await lockMembers(tx, ctx.orgId);
    const where = { orgId_userId: { orgId: ctx.orgId, userId: id } };
    const member = await tx.membership.findUnique({ where, include: { user: { select: { email: true } } } });
    if (!member) throw new FairleadError('not_found');
    if (!isSelf) requireOwnerFor(ctx, member.role);
    if (member.role === 'owner') await requireOtherOwner(tx, ctx.orgId, id);
    await tx.membership.delete({ where });
    const own = { orgId: ctx.orgId, createdById: id, revokedAt: null };
    await tx.apiKey.updateMany({ where: { ...own, sessionId: { not: null } }, data: { revokedAt: new Date() } });
    const keys = await tx.apiKey.count({ where: { ...own, sessionId: null } });
    await recordAudit(tx, ctx, {
      action: isSelf ? 'member.leave' : 'member.remove',
      targetType: 'member',
      targetId: id,
      before: { email: member.user.email, role: member.role },
    });
    await bumpVersion(tx, 'keys');
    return { id, keys };
  });
}
