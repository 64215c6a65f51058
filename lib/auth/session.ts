import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cache } from 'react';
import { env } from '@/lib/env';
import { prisma } from '@/lib/store';
import { cookieOptions, sessionCookieName } from './cookies';

export const SESSION_MAX_AGE_S = 30 * 86_400;

/** The signed-in person, as the database knows them now. */
export interface SessionUser {
  id: string;
  email: string;
  name: string | null;
  locale: string | null;
  isOperator: boolean;
  isVerified: boolean;
}

/** What the cookie carries, encrypted: who, and the epoch the session was made in. */
export interface SessionClaims {
  userId: string;
  sessionEpoch: number;
}

/**
 * Who is signed in, or null. The claims are checked against the database once per request, so a deleted account, a
 * changed password or "sign out everywhere" ends a session at its next use.
 */
export const getSessionUser = cache(async (): Promise<SessionUser | null> => {
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token) return null;
  const claims = await readSessionToken(token);
  if (!claims) return null;
  const user = await prisma().user.findUnique({ where: { id: claims.userId } });
  if (!user || user.sessionEpoch !== claims.sessionEpoch) return null;
  return { id: user.id, email: user.email, name: user.name, locale: user.locale, isOperator: user.isOperator, isVerified: user.emailVerifiedAt !== null };
});

/** The claims of a session token, or null when it is foreign, changed or past its end. */
export async function readSessionToken(token: string): Promise<SessionClaims | null> {
  try {
    const claims = await decode({ token, secret: env().authSecret });
    if (typeof claims?.userId !== 'string' || typeof claims.sessionEpoch !== 'number') return null;
    return { userId: claims.userId, sessionEpoch: claims.sessionEpoch };
  } catch {
    return null;
  }
}

/** Signs the browser of the current request in. Only in server actions and route handlers. */
export async function openSession({ userId, sessionEpoch }: SessionClaims): Promise<void> {
  const token = await encode({ token: { sub: userId, userId, sessionEpoch }, secret: env().authSecret, maxAge: SESSION_MAX_AGE_S });
  (await cookies()).set(sessionCookieName(), token, { ...cookieOptions(), maxAge: SESSION_MAX_AGE_S });
}

/** Signs the browser of the current request out. */
export async function closeSession(): Promise<void> {
  (await cookies()).set(sessionCookieName(), '', { ...cookieOptions(), maxAge: 0 });
}
