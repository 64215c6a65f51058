import { env } from '@/lib/env';

/** Cookies are `Secure` where people come by HTTPS; over plain HTTP a browser would drop them. */
export function isSecure(): boolean {
  return env().appUrl.startsWith('https://');
}

export function sessionCookieName(): string {
  return `${isSecure() ? '__Secure-' : ''}next-auth.session-token`;
}

export interface CookieOptions {
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  path: string;
}

export function cookieOptions(path = '/'): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure(), path };
}
