import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { readBrandingIn } from '@/lib/services/branding/branding';
import type { Tx } from '@/lib/store';

/** What the operator asks people to accept at sign-up; null: nothing. */
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
