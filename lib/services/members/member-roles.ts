import { FairleadError } from '@/lib/kernel/errors';
import type { OrgId } from '@/lib/kernel/ids';
import { ROLES } from '@/lib/kernel/roles';
import type { Ctx } from '@/lib/services/context';
import type { Tx } from '@/lib/store';

export { ROLES };

/** Only owners make owners, and only owners change or remove one. */
export function requireOwnerFor(ctx: Ctx, ...roles: string[]): void {
  if (roles.includes('owner') && ctx.role !== 'owner') throw new FairleadError('forbidden', 'Only an owner can make, change or remove an owner.');
}

/** Keeps two changes of one organization's members apart, so that seats and the last owner are counted right. */
export async function lockMembers(tx: Tx, orgId: OrgId): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organization WHERE id = ${orgId} FOR UPDATE`;
}

/** Refuses a change after which nobody would own the organization. */
export async function requireOtherOwner(tx: Tx, orgId: OrgId, userId: string): Promise<void> {
  const others = await tx.membership.count({ where: { orgId, role: 'owner', userId: { not: userId } } });
  if (others === 0) throw new FairleadError('conflict', 'An organization keeps at least one owner. Make somebody else an owner first.');
}

export interface Seats {
  used: number;
  /** Null: as many as wanted. */
  limit: number | null;
}

/** Members and open invitations against the seats of the plan. */
export async function countSeats(tx: Tx, orgId: OrgId): Promise<Seats> {
  const members = await tx.membership.count({ where: { orgId } });
  const invited = await tx.invitation.count({ where: { orgId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } } });
  const org = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { plan: { select: { seats: true } } } });
  return { used: members + invited, limit: org.plan.seats };
}

export function requireSeat({ used, limit }: Seats): void {
  if (limit !== null && used >= limit) throw new FairleadError('plan_limit', `Your plan has ${limit} seats and all are taken.`, { more: { seats: limit } });
}
