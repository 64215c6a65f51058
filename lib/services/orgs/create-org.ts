import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { hashPassword } from '@/lib/auth/hash-password';
import { EmailSchema, PasswordSchema } from '@/lib/auth/normalize-email';
import { env } from '@/lib/env';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, bumpVersion } from '@/lib/store';
import { foundOrg } from './found-org';

export const CreateOrgInput = z.object({
  name: z.string().trim().min(1).max(80),
  ownerEmail: EmailSchema,
  /** For a new account; without one the owner cannot sign in until a password is set. */
  password: PasswordSchema.optional(),
  plan: z.string().optional(),
});
export type CreateOrgInput = z.infer<typeof CreateOrgInput>;

export interface CreatedOrg {
  id: string;
  slug: string;
  name: string;
  plan: string;
}

/** An operator's way to make an organization. An owner who has an account becomes its member; else one is created. */
export async function createOrg({ ctx, input }: { ctx: OperatorCtx; input: CreateOrgInput }): Promise<CreatedOrg> {
  const { name, ownerEmail, password, plan } = parseInput(CreateOrgInput, input);
  const passwordHash = await hashPassword(password ?? randomBytes(32).toString('base64url'));
  return asSystem(async (tx) => {
    const existing = await tx.user.findUnique({ where: { email: ownerEmail } });
    if (existing && password) throw new FairleadError('email_taken', `${ownerEmail} has an account already; leave the password out to make it the owner.`);
    // An operator vouches for the address where no mail can be sent from this machine anyway.
    const emailVerifiedAt = isTrustedInstallation() ? new Date() : null;
    const owner = existing ?? (await tx.user.create({ data: { id: newId('usr'), email: ownerEmail, passwordHash, emailVerifiedAt } }));
    const org = await foundOrg(tx, { name, owner, planId: plan });
    await recordAudit(tx, ctx, {
      action: 'org.create',
      targetType: 'organization',
      targetId: org.id,
      after: { slug: org.slug, name: org.name, plan: org.planId, owner: ownerEmail },
    });
    await bumpVersion(tx, 'policy');
    return { id: org.id, slug: org.slug, name: org.name, plan: org.planId };
  });
}

/** On a loopback host without SMTP nobody could receive a mail, and nobody else can reach the page: accounts count as verified. */
export function isTrustedInstallation(): boolean {
  return env().isLoopback && env().smtpUrl === undefined;
}
