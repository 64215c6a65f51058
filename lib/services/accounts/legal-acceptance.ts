import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { readBranding, readBrandingIn } from '@/lib/services/branding/branding';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, type Tx } from '@/lib/store';

/** What the operator asks people to accept; null: nothing. */
export interface LegalTexts {
  version: string;
  termsUrl: string;
  privacyUrl: string;
}

export function legalTextsOf({ legalVersion, termsUrl, privacyUrl }: { legalVersion: string; termsUrl: string; privacyUrl: string }): LegalTexts | null {
  return termsUrl === '' && privacyUrl === '' ? null : { version: legalVersion, termsUrl, privacyUrl };
}

/**
 * Writes down which version of the texts a new account accepted, and when; an installation without texts asks nothing.
 * Throws `invalid_request` (`legal`) when they were not accepted, or are another version by now than the one that was read.
 */
export async function recordAcceptance(tx: Tx, userId: string, accepted: string | undefined): Promise<void> {
  const texts = legalTextsOf(await readBrandingIn(tx));
  if (texts === null) return;
  if (accepted !== texts.version) throw new FairleadError('invalid_request', 'Accept the terms to sign up.', { param: 'legal' });
  await tx.legalAcceptance.create({ data: { id: newId('acc'), userId, ...texts } });
}

/** The texts that somebody has yet to accept: those in force, when they never accepted this version. Null: none. */
export async function findPendingTexts(userId: string): Promise<LegalTexts | null> {
  const texts = legalTextsOf(await readBranding());
  if (texts === null) return null;
  const accepted = await asSystem((tx) => tx.legalAcceptance.findFirst({ where: { userId, version: texts.version }, select: { id: true } }));
  return accepted === null ? texts : null;
}

export const AcceptTextsInput = z.object({ version: z.string().max(40) });

/** Accepts the texts in force for an account that is there already. Throws `invalid_request` (`legal`) when they changed since they were read. */
export async function acceptTexts({ userId, input }: { userId: string; input: z.input<typeof AcceptTextsInput> }): Promise<void> {
  const { version } = parseInput(AcceptTextsInput, input);
  await asSystem((tx) => recordAcceptance(tx, userId, version));
}
