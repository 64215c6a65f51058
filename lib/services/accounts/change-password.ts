import { z } from 'zod';
import { confirmPassword } from '@/lib/auth/confirm-password';
import { hashPassword } from '@/lib/auth/hash-password';
import { PasswordSchema } from '@/lib/auth/normalize-email';
import { endSessions } from '@/lib/auth/sessions';
import { newId } from '@/lib/kernel/ids';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';

export const ChangePasswordInput = z.object({ current: z.string().min(1).max(1_024), next: PasswordSchema });
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

/** Changes the password and ends every session; the answer is the epoch a new session of this browser is made in. */
export async function changePassword({ userId, input }: { userId: string; input: ChangePasswordInput }): Promise<{ sessionEpoch: number }> {
  const { current, next } = parseInput(ChangePasswordInput, input);
  const { email } = await confirmPassword({ userId, password: current, param: 'current' });
  return signOutAll({ userId, label: email, action: 'user.change_password', passwordHash: await hashPassword(next) });
}

/** Signs a person out everywhere: sessions of an older epoch are refused at their next use. */
export async function signOutEverywhere({ userId, label }: { userId: string; label: string }): Promise<void> {
  await signOutAll({ userId, label, action: 'user.sign_out_everywhere' });
}

/** Ends every session of a person, with a new password when one is given. */
export async function signOutAll({
  userId,
  label,
  action,
  passwordHash,
}: {
  userId: string;
  label: string;
  action: string;
  passwordHash?: string;
}): Promise<{ sessionEpoch: number }> {
  return asSystem(async (tx) => {
    const { sessionEpoch } = await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionEpoch: { increment: 1 } },
      select: { sessionEpoch: true },
    });
    await endSessions(tx, { userId });
    await tx.auditEntry.create({
      data: { id: newId('aud'), actorType: 'user', actorId: userId, actorLabel: label, action, targetType: 'user', targetId: userId },
    });
    return { sessionEpoch };
  });
}
