import type { z } from 'zod';
import { confirmPassword } from '@/lib/auth/confirm-password';
import { newRecoveryCodes } from '@/lib/auth/two-factor';
import { FairleadError } from '@/lib/kernel/errors';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { noteTwoFactor } from './note';
import { PasswordInput } from './turn-on';

/** Signing in takes the password alone again. */
export async function turnOffTwoFactor({ userId, input }: { userId: string; input: z.input<typeof PasswordInput> }): Promise<void> {
  await confirmPassword({ userId, ...parseInput(PasswordInput, input) });
  await asSystem(async (tx) => {
    const { count } = await tx.twoFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } });
    if (count === 0) throw new FairleadError('conflict', 'Two-factor sign-in is off already.');
    await noteTwoFactor(tx, { userId, kind: 'off' });
  });
}

/** New recovery codes in the place of all earlier ones. */
export async function renewRecoveryCodes({ userId, input }: { userId: string; input: z.input<typeof PasswordInput> }): Promise<{ recoveryCodes: string[] }> {
  await confirmPassword({ userId, ...parseInput(PasswordInput, input) });
  const { codes, hashes } = newRecoveryCodes();
  await asSystem(async (tx) => {
    const { count } = await tx.twoFactor.updateMany({ where: { userId, confirmedAt: { not: null } }, data: { recoveryHashes: hashes } });
    if (count === 0) throw new FairleadError('conflict', 'Two-factor sign-in is off.');
    await noteTwoFactor(tx, { userId, kind: 'codes' });
  });
  return { recoveryCodes: codes };
}
