import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { prisma } from '@/lib/store';
import { cookieOptions } from './cookies';
import { openSession } from './session';
import { hasTwoFactor } from './two-factor';

/** Somebody whose password was right. */
export interface KnownByPassword {
  userId: string;
  sessionEpoch: number;
}

const COOKIE = 'fl-second-factor';
const MAX_AGE_S = 10 * 60;
/** Keeps the two kinds of tokens apart: neither can be read as the other. */
const SALT = 'second-factor';

/**
 * Signs in whose password was right, or remembers for ten minutes that it was where a second factor is asked for.
 * Answers which of the two. Only in server actions and route handlers.
 */
export async function beginSession({ userId, sessionEpoch }: KnownByPassword): Promise<'open' | 'code'> {
  if (!(await hasTwoFactor(userId))) {
    await openSession({ userId, sessionEpoch });
    return 'open';
  }
  const token = await encode({ token: { userId, sessionEpoch }, secret: env().authSecret, salt: SALT, maxAge: MAX_AGE_S });
  (await cookies()).set(COOKIE, token, { ...cookieOptions('/sign-in'), maxAge: MAX_AGE_S });
  return 'code';
}

/** Whose password was right in this browser and whose second factor is still to come; null when it took too long. */
export async function findPendingSignIn(): Promise<KnownByPassword | null> {
  const token = (await cookies()).get(COOKIE)?.value;
  const claims = token ? await decode({ token, secret: env().authSecret, salt: SALT }).catch(() => null) : null;
  if (typeof claims?.userId !== 'string' || typeof claims.sessionEpoch !== 'number') return null;
  const { userId, sessionEpoch } = claims;
  // A password that was changed since is no longer the one that was right.
  const user = await prisma().user.findFirst({ where: { id: userId, sessionEpoch }, select: { id: true } });
  return user && { userId, sessionEpoch };
}

/** Signs in after the second factor. */
export async function completeSession(known: KnownByPassword): Promise<void> {
  (await cookies()).set(COOKIE, '', { ...cookieOptions('/sign-in'), maxAge: 0 });
  await openSession(known);
}
