import { z } from 'zod';
import { hashPassword } from '@/lib/auth/hash-password';
import { PasswordSchema } from '@/lib/auth/normalize-email';
import { endSessions } from '@/lib/auth/sessions';
import { newId } from '@/lib/kernel/ids';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, prisma } from '@/lib/store';
import { hashToken, spendToken } from './mailed-token';
import { confirmAddress } from './verify-email';

export const ResetPasswordInput = z.object({ token: z.string().min(1).max(200), password: PasswordSchema });

/** Whether a link for a new password still works: asked before the form is shown. */
export async function isResetLinkGood(token: string): Promise<boolean> {
  const row = await prisma().mailedToken.findUnique({ where: { hash: hashToken(token) } });
  return row !== null && row.purpose === 'reset' && row.usedAt === null && row.expiresAt > new Date();
}

/**
 * Sets a new password by a mailed link, ends every session, and confirms the address: the link came through it.
 * Throws `not_found` when the link is spent or too old.
 */
export async function resetPassword({ input }: { input: z.input<typeof ResetPasswordInput> }): Promise<{ userId: string; sessionEpoch: number }> {
  const { token, password } = parseInput(ResetPasswordInput, input);
  const passwordHash = await hashPassword(password);
  return asSystem(async (tx) => {
    const { userId, email } = await spendToken(tx, token, 'reset');
    const { sessionEpoch } = await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
      select: { sessionEpoch: true },
    });
    await endSessions(tx, { userId });
    await confirmAddress(tx, { userId, email });
    await tx.auditEntry.create({
      data: { id: newId('aud'), actorType: 'user', actorId: userId, actorLabel: email, action: 'user.reset_password', targetType: 'user', targetId: userId },
    });
    return { userId, sessionEpoch };
  });
}
