import { z } from 'zod';
import { confirmPassword } from '@/lib/auth/confirm-password';
import { createThrottle } from '@/lib/auth/throttle';
import { newRecoveryCodes, newTwoFactorSecret, stepOfCode } from '@/lib/auth/two-factor';
import { FairleadError } from '@/lib/kernel/errors';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { noteTwoFactor } from './note';

export const PasswordInput = z.object({ password: z.string().min(1).max(1_024) });
export const CodeInput = z.object({ code: z.string().trim().min(1).max(64) });

const guesses = createThrottle({ limit: 10, windowMs: 15 * 60_000 });

/** Makes the secret an authenticator app is set up with. Nothing is asked at sign-in until a code of it was shown. */
export async function startTwoFactor({
  userId,
  issuer,
  input,
}: {
  userId: string;
  issuer: string;
  input: z.input<typeof PasswordInput>;
}): Promise<{ secret: string; uri: string }> {
  const { email } = await confirmPassword({ userId, ...parseInput(PasswordInput, input) });
  const { locked, secret, uri } = newTwoFactorSecret(issuer, email);
  await asSystem(async (tx) => {
    if (await tx.twoFactor.findFirst({ where: { userId, confirmedAt: { not: null } } }))
      throw new FairleadError('conflict', 'Two-factor sign-in is on already.');
    await tx.twoFactor.upsert({ where: { userId }, create: { userId, secret: locked }, update: { secret: locked, lastStep: 0n, createdAt: new Date() } });
  });
  return { secret, uri };
}

/** Turns it on with a first code of the app. The recovery codes are shown once; only hashes of them are kept. */
export async function confirmTwoFactor({ userId, input }: { userId: string; input: z.input<typeof CodeInput> }): Promise<{ recoveryCodes: string[] }> {
  const code = parseInput(CodeInput, input).code.replace(/\s/g, '');
  const waitS = guesses.waitS(userId);
  if (waitS > 0) throw new FairleadError('rate_limit_exceeded', undefined, { retryAfterS: waitS });
  guesses.fail(userId);
  const { codes, hashes } = newRecoveryCodes();
  await asSystem(async (tx) => {
    const row = await tx.twoFactor.findFirst({ where: { userId, confirmedAt: null } });
    if (!row) throw new FairleadError('conflict', 'Start again: there is no set-up under way.');
    const step = stepOfCode(row.secret, code);
    if (step === null) throw new FairleadError('invalid_request', 'This code is wrong or too old.', { param: 'code' });
    await tx.twoFactor.update({ where: { userId }, data: { confirmedAt: new Date(), lastStep: step, recoveryHashes: hashes } });
    await noteTwoFactor(tx, { userId, kind: 'on' });
  });
  guesses.clear(userId);
  return { recoveryCodes: codes };
}
