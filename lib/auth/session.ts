import { cookies, headers } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cache } from 'react';
import { env } from '@/lib/env';
import { cookieOptions, sessionCookieName } from './cookies';
import { requestAddress } from './request-address';
import { createSession, endOwnSession, findSessionUser, SESSION_MAX_AGE_S, type SessionClaims } from './sessions';

/** The signed-in person, as the database knows them now. */
export interface SessionUser {
  id: string;
  email: string;
  name: string | null;
  locale: string | null;
  isOperator: boolean;
  isVerified: boolean;
  /** The session of this browser. */
  sessionId: string;
}

/**
 * Who is signed in, or null. The claims are checked against the database once per request, so a deleted account, a
 * changed password, "sign out everywhere" or an ended session takes effect at its next use.
 */
export const getSessionUser = cache(async (): Promise<SessionUser | null> => {
  const claims = await readClaims();
  const user = claims && (await findSessionUser(claims));
  if (!user) return null;
  const { id, email, name, locale, isOperator, emailVerifiedAt } = user;
  return { id, email, name, locale, isOperator, isVerified: emailVerifiedAt !== null, sessionId: claims.sessionId };
});

/** The claims of a session token, or null when it is foreign, changed or past its end. */
export async function readSessionToken(token: string): Promise<SessionClaims | null> {
  try {
    const claims = await decode({ token, secret: env().authSecret });
    if (typeof claims?.userId !== 'string' || typeof claims.sessionEpoch !== 'number' || typeof claims.sessionId !== 'string') return null;
    return { userId: claims.userId, sessionEpoch: claims.sessionEpoch, sessionId: claims.sessionId };
  } catch {
    return null;
  }
}

/** Signs the browser of the current request in, with a session of its own. Only in server actions and route handlers. */
export async function openSession({ userId, sessionEpoch }: { userId: string; sessionEpoch: number }): Promise<void> {
  await closeSession();
  const sessionId = await createSession({ userId, address: await requestAddress(), client: await requestClient() });
  const token = await encode({ token: { sub: userId, userId, sessionEpoch, sessionId }, secret: env().authSecret, maxAge: SESSION_MAX_AGE_S });
  (await cookies()).set(sessionCookieName(), token, { ...cookieOptions(), maxAge: SESSION_MAX_AGE_S });
}

/** Signs the browser of the current request out. */
export async function closeSession(): Promise<void> {
  const claims = await readClaims();
  if (claims) await endOwnSession(claims);
  (await cookies()).set(sessionCookieName(), '', { ...cookieOptions(), maxAge: 0 });
}

/** What the browser calls itself. */
export async function requestClient(): Promise<string> {
  return (await headers()).get('user-agent') ?? '';
}

async function readClaims(): Promise<SessionClaims | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  return token ? readSessionToken(token) : null;
}
