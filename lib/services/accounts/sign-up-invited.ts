import { z } from 'zod';
import { hashPassword } from '@/lib/auth/hash-password';
import { EmailSchema, PasswordSchema } from '@/lib/auth/normalize-email';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { findInvitation, joinByInvitation } from '@/lib/services/members/accept-invitation';
import { isTrustedInstallation } from '@/lib/services/orgs/create-org';
import { recordAcceptance } from '@/lib/services/accounts/legal-acceptance';
import { readSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';

export const SignUpInvitedInput = z.object({
  token: z.string().min(1).max(200),
  name: z.string().trim().max(80),
  password: PasswordSchema,
  locale: z.string().optional(),
  /** The version of the terms and the privacy policy that were accepted, where the operator has some. */
  acceptedLegal: z.string().max(40).optional(),
});

/**
 * An account for somebody who was invited, and their membership, in one transaction. It needs no open sign-up, only one
 * that is not closed. Throws `signup_closed`, `not_found` for a dead link, `email_taken` when there is an account to sign in to.
 */
export async function signUpInvited({ input }: { input: z.input<typeof SignUpInvitedInput> }): Promise<{ userId: string; sessionEpoch: number; slug: string }> {
  if ((await readSignupPolicy()).policy === 'closed') throw new FairleadError('signup_closed');
  const { token, name, password, locale, acceptedLegal } = parseInput(SignUpInvitedInput, input);
  const invitation = await findInvitation(token);
  if (!invitation) throw new FairleadError('not_found', 'This invitation was used, taken back, or is too old.');
  const email = EmailSchema.parse(invitation.email);
  const passwordHash = await hashPassword(password);
  return asSystem(async (tx) => {
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) throw new FairleadError('email_taken');
    const emailVerifiedAt = isTrustedInstallation() ? new Date() : null;
    const user = { id: newId('usr'), email, name: name || null, passwordHash, locale: locale ?? null, emailVerifiedAt };
    const { sessionEpoch } = await tx.user.create({ data: user });
    await recordAcceptance(tx, user.id, acceptedLegal);
    const { slug } = await joinByInvitation(tx, token, user);
    return { userId: user.id, sessionEpoch, slug };
  });
}
