import type { Role } from '@/lib/auth/role';
import { type Ctx, hasRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { type InvitationView, viewInvitation } from './invitation-view';
import { countSeats, type Seats } from './member-roles';

export interface MemberView {
  /** The id of the person. */
  id: string;
  email: string;
  name: string | null;
  role: Role;
  joinedAt: string;
}

export interface MemberList {
  members: MemberView[];
  /** Open ones, newest first; empty for readers who may not invite. */
  invitations: InvitationView[];
  seats: Seats;
}

/** Who is in the organization. Every member may know that; who was invited is for those who may invite. */
export async function listMembers({ ctx }: { ctx: Ctx }): Promise<MemberList> {
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.membership.findMany({
      where: { orgId: ctx.orgId },
      include: { user: { select: { email: true, name: true } } },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    });
    const invitations = hasRight(ctx.role, 'members:write')
      ? await tx.invitation.findMany({ where: { orgId: ctx.orgId, acceptedAt: null, revokedAt: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 100 })
      : [];
    return {
      members: rows.map(({ userId, role, createdAt, user }) => ({ id: userId, ...user, role: role as Role, joinedAt: createdAt.toISOString() })),
      invitations: invitations.map(viewInvitation),
      seats: await countSeats(tx, ctx.orgId),
    };
  });
}
