import { headers } from 'next/headers';
import { env } from '@/lib/env';

/**
 * The origin to send a person back to. It is APP_URL, except on a loopback host, where the same product answers to several
 * names and the session cookie belongs to the one in the address bar.
 */
export async function browserOrigin(): Promise<string> {
  const { appUrl, isLoopback } = env();
  const host = (await headers()).get('host') ?? '';
  const isLocalName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(host);
  return isLoopback && isLocalName ? `http://${host}` : new URL(appUrl).origin;
}
