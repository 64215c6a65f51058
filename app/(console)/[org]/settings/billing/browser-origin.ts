import { headers } from 'next/headers';
import { env } from '@/lib/env';
import { findOwnAddress } from '@/lib/services/welcome/base-url';

/**
 * The origin to send a person back to: APP_URL, or the operator's own address when they are on it. On a loopback host the
 * same product answers to several names, and the session cookie belongs to the one in the address bar.
 */
export async function browserOrigin(): Promise<string> {
  const { appUrl, isLoopback } = env();
  const host = (await headers()).get('host') ?? '';
  const own = await findOwnAddress();
  if (own !== null && new URL(own).host === host) return own;
  const isLocalName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host);
  return isLoopback && isLocalName ? `http://${host}` : new URL(appUrl).origin;
}
