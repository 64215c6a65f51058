import { hasTwoFactor } from '@/lib/auth/two-factor';
import { prisma } from '@/lib/store';

export interface TwoFactorState {
  /** ISO time since when signing in asks for it; null: it does not. */
  since: string | null;
  recoveryCodesLeft: number;
}

/** How a person's second factor stands. */
export async function readTwoFactor({ userId }: { userId: string }): Promise<TwoFactorState> {
  if (!(await hasTwoFactor(userId))) return { since: null, recoveryCodesLeft: 0 };
  const row = await prisma().twoFactor.findUniqueOrThrow({ where: { userId } });
  return { since: row.confirmedAt?.toISOString() ?? null, recoveryCodesLeft: row.recoveryHashes.length };
}
