import { z } from 'zod';
import { hashPassword } from '@/lib/auth/hash-password';
import { EmailSchema, PasswordSchema } from '@/lib/auth/normalize-email';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { insertKey } from '@/lib/services/keys/insert-key';
import { isTrustedInstallation } from '@/lib/services/orgs/create-org';
import { type FoundedOrg, foundOrg } from '@/lib/services/orgs/found-org';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion, Prisma } from '@/lib/store';
import { recordAcceptance } from './legal-acceptance';
import { sendVerification } from './send-verification';
import { assertMaySignUp, readSignupPolicy } from './signup-policy';

const emptyIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

export const SignUpInput = z.object({
  name: z.preprocess(emptyIsAbsent, z.string().trim().max(80).optional()),
  email: EmailSchema,
  password: PasswordSchema,
  organization: z.preprocess(emptyIsAbsent, z.string().trim().max(80).optional()),
  /** The language chosen explicitly before signing up; kept with the account. */
  locale: z.string().optional(),
  /** The language the form was read in: the first mail comes in it too. */
  pageLocale: z.string().optional(),
  /** The version of the terms and the privacy policy that were accepted, where the operator has some. */
  acceptedLegal: z.string().max(40).optional(),
});
export type SignUpInput = z.input<typeof SignUpInput>;

export interface SignedUp {
  userId: string;
  sessionEpoch: number;
  org: FoundedOrg;
  /** The first key in clear: shown once, stored nowhere. */
  key: { id: string; key: string; last4: string };
}

/**
 * Makes an account with everything a first call needs: organization, plan, credit and a key, in one transaction.
 * Throws `signup_closed`, `email_taken`.
 */
export async function signUp({ input }: { input: SignUpInput }): Promise<SignedUp> {
  const policy = await readSignupPolicy();
  if (policy.policy !== 'open') assertMaySignUp(policy, '');
  const { name, email, password, organization, locale, pageLocale, acceptedLegal } = parseInput(SignUpInput, input);
  assertMaySignUp(policy, email);
  const passwordHash = await hashPassword(password);
  const user = {
    id: newId('usr'),
    email,
    name: name ?? null,
    passwordHash,
    locale: locale ?? null,
    emailVerifiedAt: isTrustedInstallation() ? new Date() : null,
  };
  const attempt = () =>
    asSystem(async (tx) => {
      // The constraint decides; this only spares the common case the work.
      if (await tx.user.findUnique({ where: { email }, select: { id: true } })) throw new FairleadError('email_taken');
      const { sessionEpoch } = await tx.user.create({ data: user });
      await recordAcceptance(tx, user.id, acceptedLegal);
      const org = await foundOrg(tx, { name: organization ?? nameOrg(name, email), owner: user });
      const ctx: Ctx = { actor: { type: 'user', id: user.id, label: email }, orgId: org.id, role: 'owner' };
      await recordAudit(tx, ctx, {
        action: 'org.create',
        targetType: 'organization',
        targetId: org.id,
        after: { slug: org.slug, name: org.name, plan: org.planId },
      });
      const key = await insertKey(tx, ctx, { name: 'first key' });
      await bumpVersion(tx, 'policy');
      return { userId: user.id, sessionEpoch, org, key };
    });
  // Two sign-ups with one e-mail at the same moment: the second look sees what the first one took.
  const signedUp = await attempt().catch((error) => {
    if (isTaken(error)) return attempt();
    throw error;
  });
  if (!user.emailVerifiedAt) {
    // The account stands; its owner can ask for the mail again.
    await sendVerification({ userId: signedUp.userId, locale: pageLocale ?? '' }).catch((error: unknown) =>
      log.warn({ err: error }, 'a confirmation could not be mailed'),
    );
  }
  return signedUp;
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** Without a name for the organization it is called after its owner. */
function nameOrg(name: string | undefined, email: string): string {
  return (name ?? email.split('@')[0] ?? 'organization').slice(0, 80);
}
