import { spendSecondFactor } from '@/lib/auth/two-factor';
import { asSystem } from '@/lib/store';
import { noteTwoFactor } from './note';

/** Whether what was typed at sign-in is this person's second factor. A recovery code that was used is told by mail. */
export async function acceptSignInCode({ userId, code }: { userId: string; code: string }): Promise<boolean> {
  const shown = await spendSecondFactor({ userId, code });
  if (shown === 'recovery') await asSystem((tx) => noteTwoFactor(tx, { userId, kind: 'recovery' }));
  return shown !== null;
}
