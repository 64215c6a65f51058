import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newToken } from '@/lib/services/accounts/mailed-token';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import type { SentInvitation } from './invite-member';
import { viewInvitation } from './invitation-view';
import { INVITATION_DAYS, mailInvitation } from './mail-invitation';
import { lockMembers, requireOwnerFor } from './member-roles';

export const InvitationIdInput = z.object({ id: z.string().max(100) });

/** Mails an open or expired invitation again, with a new link and its full time; the old link ends. */
export async function resendInvitation({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<SentInvitation> {
  requireRight(ctx, 'members:write');
  const { id } = parseInput(InvitationIdInput, input);
  const { token, hash } = newToken();
  const row = await withOrg(ctx.orgId, async (tx) => {
    await lockMembers(tx, ctx.orgId);
    const found = await tx.invitation.findFirst({ where: { id, orgId: ctx.orgId, acceptedAt: null, revokedAt: null } });
    if (!found) throw new FairleadError('not_found');
    requireOwnerFor(ctx, found.role);
    const now = new Date();
    const data = { tokenHash: hash, sentAt: now, expiresAt: new Date(now.getTime() + INVITATION_DAYS * 86_400_000) };
    const sent = await tx.invitation.update({ where: { id }, data });
    await recordAudit(tx, ctx, { action: 'member.invite_again', targetType: 'invitation', targetId: id, after: { email: found.email, role: found.role } });
    return sent;
  });
  return { ...viewInvitation(row), url: await mailInvitation({ ctx, invitation: row, token }) };
}
