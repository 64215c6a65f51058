import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { lockMembers, requireOtherOwner, requireOwnerFor, ROLES } from './member-roles';

export const ChangeRoleInput = z.object({ id: z.string().max(100), role: z.enum(ROLES) });
export type ChangeRoleInput = z.infer<typeof ChangeRoleInput>;

/** Changes what a member may do, from their next request on. The last owner stays one. */
export async function changeRole({ ctx, input }: { ctx: Ctx; input: ChangeRoleInput }): Promise<{ id: string; role: string }> {
  requireRight(ctx, 'members:write');
  const { id, role } = parseInput(ChangeRoleInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    await lockMembers(tx, ctx.orgId);
    const member = await tx.membership.findUnique({ where: { orgId_userId: { orgId: ctx.orgId, userId: id } }, include: { user: { select: { email: true } } } });
    if (!member) throw new FairleadError('not_found');
    requireOwnerFor(ctx, member.role, role);
    if (member.role === role) return { id, role };
    if (member.role === 'owner') await requireOtherOwner(tx, ctx.orgId, id);
    await tx.membership.update({ where: { orgId_userId: { orgId: ctx.orgId, userId: id } }, data: { role } });
    await recordAudit(tx, ctx, {
      action: 'member.change_role',
      targetType: 'member',
      targetId: id,
      before: { email: member.user.email, role: member.role },
      after: { email: member.user.email, role },
    });
    return { id, role };
  });
}
