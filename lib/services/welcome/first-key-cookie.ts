import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { cookieOptions, isSecure } from '@/lib/auth/cookies';
import { env } from '@/lib/env';

const MAX_AGE_S = 15 * 60;
const SALT = 'fairlead.first-key';
const PATH = '/welcome';

export interface FirstKey {
  id: string;
  key: string;
}

function cookieName(): string {
  return `${isSecure() ? '__Secure-' : ''}fairlead.first-key`;
}

/**
 * Carries the plain first key from sign-up to /welcome. It lives in the browser only, encrypted, for a quarter of an
 * hour and for that one page; the server keeps nothing but the hash.
 */
export async function rememberFirstKey(userId: string, { id, key }: FirstKey): Promise<void> {
  const token = await encode({ token: { userId, id, key }, secret: env().authSecret, salt: SALT, maxAge: MAX_AGE_S });
  (await cookies()).set(cookieName(), token, { ...cookieOptions(PATH), maxAge: MAX_AGE_S });
}

/** The first key of `userId` while the cookie lasts, else null. */
export async function readFirstKey(userId: string): Promise<FirstKey | null> {
  const token = (await cookies()).get(cookieName())?.value;
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().authSecret, salt: SALT });
    return claims?.userId === userId && typeof claims.id === 'string' && typeof claims.key === 'string' ? { id: claims.id, key: claims.key } : null;
  } catch {
    return null;
  }
}

export async function forgetFirstKey(): Promise<void> {
  (await cookies()).set(cookieName(), '', { ...cookieOptions(PATH), maxAge: 0 });
}
