import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { cookieOptions } from './cookies';

const COOKIE = 'fairlead.view-as';
const MAX_AGE_S = 30 * 60;

/** Lets an operator look into an organization for half an hour, in this browser only. The cookie is bound to the operator. */
export async function openView(operatorId: string, orgId: string): Promise<void> {
  const token = await encode({ token: { operatorId, orgId }, secret: env().authSecret, maxAge: MAX_AGE_S });
  (await cookies()).set(COOKIE, token, { ...cookieOptions(), maxAge: MAX_AGE_S });
}

export async function closeView(): Promise<void> {
  (await cookies()).set(COOKIE, '', { ...cookieOptions(), maxAge: 0 });
}

/** The organization that this operator looks into, or null. */
export async function viewedOrgId(operatorId: string): Promise<string | null> {
  const token = (await cookies()).get(COOKIE)?.value;
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().authSecret });
    return claims?.operatorId === operatorId && typeof claims.orgId === 'string' ? claims.orgId : null;
  } catch {
    return null;
  }
}
