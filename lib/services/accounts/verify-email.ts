import { newId } from '@/lib/kernel/ids';
import { grantIncludedCredit } from '@/lib/services/orgs/included-credit';
import { asSystem, type Tx } from '@/lib/store';
import { hashToken, spendToken } from './mailed-token';

/**
 * Confirms the address a link was mailed to and brings the included credit of the month with it. A link that was opened
 * before answers the same again. Throws `not_found` for one that is unknown or too old.
 */
export async function verifyEmail({ token }: { token: string }): Promise<{ email: string }> {
  return asSystem(async (tx) => {
    const confirmed = await findConfirmed(tx, token);
    if (confirmed) return { email: confirmed };
    const { userId, email } = await spendToken(tx, token, 'verify');
    await confirmAddress(tx, { userId, email });
    return { email };
  });
}

/** Marks the address of a person as theirs, in the caller's transaction. Nothing happens when it is not their address any more, or confirmed already. */
export async function confirmAddress(tx: Tx, { userId, email }: { userId: string; email: string }): Promise<void> {
  const emailVerifiedAt = new Date();
  const { count } = await tx.user.updateMany({ where: { id: userId, email, emailVerifiedAt: null }, data: { emailVerifiedAt } });
  if (count === 0) return;
  await tx.auditEntry.create({
    data: { id: newId('aud'), actorType: 'user', actorId: userId, actorLabel: email, action: 'user.verify_email', targetType: 'user', targetId: userId },
  });
  const owned = await tx.membership.findFirst({
    where: { userId, role: 'owner', org: { plan: { includedCreditNano: { gt: 0n } } } },
    include: { org: { include: { plan: true } } },
    orderBy: { createdAt: 'asc' },
  });
  if (owned) await grantIncludedCredit(tx, { orgId: owned.orgId, plan: owned.org.plan, owner: { email, emailVerifiedAt } });
}

async function findConfirmed(tx: Tx, token: string): Promise<string | null> {
  const row = await tx.mailedToken.findUnique({ where: { hash: hashToken(token) }, include: { user: { select: { email: true, emailVerifiedAt: true } } } });
  return row?.purpose === 'verify' && row.usedAt && row.user.emailVerifiedAt && row.user.email === row.email ? row.email : null;
}
