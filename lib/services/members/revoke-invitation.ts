import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { InvitationIdInput } from './resend-invitation';

/** Takes an invitation back: its link ends, its seat is free. */
export async function revokeInvitation({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<{ id: string }> {
  requireRight(ctx, 'members:write');
  const { id } = parseInput(InvitationIdInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.invitation.findFirst({ where: { id, orgId: ctx.orgId, acceptedAt: null } });
    if (!row) throw new FairleadError('not_found');
    if (row.revokedAt) return { id };
    await tx.invitation.update({ where: { id }, data: { revokedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'member.revoke_invitation', targetType: 'invitation', targetId: id, before: { email: row.email, role: row.role } });
    return { id };
  });
}
