import { z } from 'zod';
import { confirmPassword } from '@/lib/auth/confirm-password';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';

export const DeleteAccountInput = z.object({ password: z.string().min(1).max(1_024) });

const PAYING = ['active', 'trialing', 'past_due'];

/**
 * Deletes a person's account. Organizations that were theirs alone are closed: their keys end and nobody can open them;
 * what was charged stays in the ledger. Refused (`conflict`) while somebody else would be left without an owner or a
 * subscription would go on.
 */
export async function deleteAccount({ userId, input }: { userId: string; input: { password: string } }): Promise<void> {
  const { password } = parseInput(DeleteAccountInput, input);
  const { email } = await confirmPassword({ userId, password });
  await asSystem(async (tx) => {
    const memberships = await tx.membership.findMany({ where: { userId }, include: { org: { include: { memberships: true } } } });
    for (const { org, role } of memberships) {
      const others = org.memberships.filter((other) => other.userId !== userId);
      if (others.length === 0) await closeOrg(tx, org);
      else if (role === 'owner' && !others.some((other) => other.role === 'owner')) {
        throw new FairleadError('conflict', `You are the last owner of ${org.name}. Make somebody else an owner first.`);
      }
    }
    await tx.apiKey.updateMany({ where: { createdById: userId, sessionId: { not: null }, revokedAt: null }, data: { revokedAt: new Date() } });
    await bumpVersion(tx, 'keys');
    await tx.membership.deleteMany({ where: { userId } });
    await tx.user.delete({ where: { id: userId } });
    await tx.auditEntry.create({
      data: { id: newId('aud'), actorType: 'user', actorId: userId, actorLabel: email, action: 'user.delete', targetType: 'user', targetId: userId },
    });
  });
}

async function closeOrg(tx: Tx, org: { id: string; name: string }): Promise<void> {
  const paying = await tx.subscription.findFirst({ where: { orgId: org.id, status: { in: PAYING }, cancelAtPeriodEnd: false, simulated: false } });
  if (paying) throw new FairleadError('conflict', `${org.name} has a running subscription. Change it to the free plan first.`);
  const now = new Date();
  await tx.apiKey.updateMany({ where: { orgId: org.id, revokedAt: null }, data: { revokedAt: now } });
  await tx.organization.update({ where: { id: org.id }, data: { suspendedAt: now, suspendReason: 'closed by its owner' } });
  await bumpVersion(tx, 'policy');
}
