import { env } from '@/lib/env';
import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { hashToken } from '@/lib/services/accounts/mailed-token';
import { confirmAddress } from '@/lib/services/accounts/verify-email';
import { type Ctx, type Role, recordAudit } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';
import { lockMembers } from './member-roles';

/** What the page behind the link shows to whoever holds it. */
export interface OpenInvitation {
  email: string;
  role: Role;
  org: string;
  inviter: string | null;
  expiresAt: string;
  hasAccount: boolean;
}

/** The invitation behind a link, or null: unknown, accepted, taken back or too old, all alike. */
export async function findInvitation(token: string): Promise<OpenInvitation | null> {
  return asSystem(async (tx) => {
    const row = await readOpen(tx, token);
    if (!row) return null;
    const account = await tx.user.findUnique({ where: { email: row.email }, select: { id: true } });
    const inviter = row.invitedById ? await tx.user.findUnique({ where: { id: row.invitedById }, select: { name: true, email: true } }) : null;
    return {
      email: row.email,
      role: row.role as Role,
      org: row.org.name,
      inviter: inviter?.name ?? inviter?.email ?? null,
      expiresAt: row.expiresAt.toISOString(),
      hasAccount: account !== null,
    };
  });
}

/** Makes the signed-in person a member. Throws `not_found` for a dead link and `forbidden` for somebody else's. */
export async function acceptInvitation({ token, userId }: { token: string; userId: string }): Promise<{ slug: string }> {
  return asSystem(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, email: true } });
    return joinByInvitation(tx, token, user);
  });
}

/** Spends the invitation for a person, in the caller's transaction. */
export async function joinByInvitation(tx: Tx, token: string, user: { id: string; email: string }): Promise<{ slug: string }> {
  const row = await readOpen(tx, token);
  if (!row) throw new FairleadError('not_found', 'This invitation was used, taken back, or is too old.');
  if (row.email !== user.email) throw new FairleadError('forbidden', `This invitation is for ${row.email}.`);
  const orgId = row.orgId as OrgId;
  await lockMembers(tx, orgId);
  const { count } = await tx.invitation.updateMany({ where: { id: row.id, acceptedAt: null, revokedAt: null }, data: { acceptedAt: new Date() } });
  if (count === 0) throw new FairleadError('not_found', 'This invitation was used, taken back, or is too old.');
  const key = { orgId_userId: { orgId, userId: user.id } };
  if (!(await tx.membership.findUnique({ where: key }))) {
    await tx.membership.create({ data: { orgId, userId: user.id, role: row.role } });
    const ctx: Ctx = { actor: { type: 'user', id: user.id, label: user.email }, orgId, role: row.role as Role };
    await recordAudit(tx, ctx, { action: 'member.join', targetType: 'member', targetId: user.id, after: { email: user.email, role: row.role } });
  }
  // Where mails are sent, the link was in this mailbox only. Else whoever invites has seen it.
  if (env().smtpUrl !== undefined) await confirmAddress(tx, { userId: user.id, email: user.email });
  return { slug: row.org.slug };
}

function readOpen(tx: Tx, token: string) {
  return tx.invitation.findFirst({
    where: { tokenHash: hashToken(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    include: { org: { select: { slug: true, name: true } } },
  });
}
