import { headers } from 'next/headers';
import { env } from '@/lib/env';

/**
 * The API's base URL as the reader can use it. Without APP_URL it is the address they are on right now: the snippet
 * of a page opened as `localhost` must not name `127.0.0.1` of another machine.
 */
export async function apiBaseUrl(): Promise<string> {
  const { appUrl, isAppUrlGiven } = env();
  const host = isAppUrlGiven ? null : (await headers()).get('host');
  return `${host && /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : appUrl}/v1`;
}
