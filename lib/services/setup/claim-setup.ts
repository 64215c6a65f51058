import { z } from 'zod';
import { hashPassword } from '@/lib/auth/hash-password';
import { EmailSchema, PasswordSchema } from '@/lib/auth/normalize-email';
import { verifyPassword } from '@/lib/auth/verify-password';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { recordAudit } from '@/lib/services/context';
import { foundOrg } from '@/lib/services/orgs/found-org';
import { asSystem, bumpVersion } from '@/lib/store';
import { takeSetupToken } from './setup-token';

export const ClaimSetupInput = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().max(80),
  email: EmailSchema,
  password: PasswordSchema.min(12),
  organization: z.string().trim().max(80),
});

/**
 * Makes the first operator, once, for whoever holds the token of the start log. Somebody who signed up before keeps
 * their account when they know its password. Throws `not_found` for a token that is used up, too old or made up.
 */
export async function claimSetup({ input }: { input: z.output<typeof ClaimSetupInput> }): Promise<{ userId: string; sessionEpoch: number }> {
  const { token, name, email, password, organization } = input;
  const passwordHash = await hashPassword(password);
  return asSystem(async (tx) => {
    const existing = await tx.user.findUnique({ where: { email } });
    if (existing && !(await verifyPassword(existing.passwordHash, password))) {
      throw new FairleadError('invalid_request', 'An account with this e-mail exists; give its password to make it the operator.', { param: 'password' });
    }
    if (!(await takeSetupToken(tx, token))) throw new FairleadError('not_found', 'This link was used or is too old.');
    const user = existing
      ? await tx.user.update({ where: { email }, data: { isOperator: true, emailVerifiedAt: existing.emailVerifiedAt ?? new Date() } })
      : await tx.user.create({ data: { id: newId('usr'), email, name: name || null, passwordHash, isOperator: true, emailVerifiedAt: new Date() } });
    const ctx = { actor: { type: 'user' as const, id: user.id, label: email }, operator: true as const };
    await recordAudit(tx, ctx, { action: 'operator.claim', targetType: 'user', targetId: user.id, after: { email } });
    if (organization !== '' || !existing) {
      await foundOrg(tx, { name: organization || name || (email.split('@')[0] ?? 'Operator'), owner: user });
      await bumpVersion(tx, 'policy');
    }
    return { userId: user.id, sessionEpoch: user.sessionEpoch };
  });
}
