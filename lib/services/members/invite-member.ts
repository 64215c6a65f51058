import { z } from 'zod';
import { EmailSchema } from '@/lib/auth/normalize-email';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { newToken } from '@/lib/services/accounts/mailed-token';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { type InvitationView, viewInvitation } from './invitation-view';
import { countSeats, lockMembers, requireOwnerFor, requireSeat, ROLES } from './member-roles';
import { INVITATION_DAYS, mailInvitation } from './mail-invitation';

export const InviteMemberInput = z.object({ email: EmailSchema, role: z.enum(ROLES) });
export type InviteMemberInput = z.input<typeof InviteMemberInput>;

/** An invitation as its maker sees it. */
export interface SentInvitation extends InvitationView {
  /** The link to pass on by hand, where the installation sends no mail; else null: it went to the mailbox only. */
  url: string | null;
}

/** Invites somebody by e-mail. A second invitation to an address replaces the first. Throws `plan_limit` without a free seat. */
export async function inviteMember({ ctx, input }: { ctx: Ctx; input: InviteMemberInput }): Promise<SentInvitation> {
  requireRight(ctx, 'members:write');
  const { email, role } = parseInput(InviteMemberInput, input);
  requireOwnerFor(ctx, role);
  const { token, hash } = newToken();
  const made = await withOrg(ctx.orgId, async (tx) => {
    await lockMembers(tx, ctx.orgId);
    const member = await tx.membership.findFirst({ where: { orgId: ctx.orgId, user: { email } } });
    if (member) throw new FairleadError('conflict', 'This person is a member already.', { param: 'email' });
    await tx.invitation.updateMany({ where: { orgId: ctx.orgId, email, acceptedAt: null, revokedAt: null }, data: { revokedAt: new Date() } });
    requireSeat(await countSeats(tx, ctx.orgId));
    const row = await tx.invitation.create({
      data: {
        id: newId('inv'),
        orgId: ctx.orgId,
        email,
        role,
        tokenHash: hash,
        invitedById: ctx.actor.type === 'user' ? ctx.actor.id : null,
        expiresAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000),
      },
    });
    await recordAudit(tx, ctx, { action: 'member.invite', targetType: 'invitation', targetId: row.id, after: { email, role } });
    return row;
  });
  return { ...viewInvitation(made), url: await mailInvitation({ ctx, invitation: made, token }) };
}
