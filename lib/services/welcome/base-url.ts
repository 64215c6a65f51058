import { headers } from 'next/headers';
import { env } from '@/lib/env';
import { findPublicUrl } from '@/lib/mail';

/**
 * The address of this installation as the reader can use it: the operator's own, else APP_URL. Without either it is the
 * one they are on right now: the snippet of a page opened as `localhost` must not name `127.0.0.1` of another machine.
 */
export async function publicUrl(): Promise<string> {
  const own = await findPublicUrl();
  if (own !== null) return own;
  const { appUrl, isAppUrlGiven } = env();
  const host = isAppUrlGiven ? null : (await headers()).get('host');
  return host && /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : appUrl;
}

/** The address that the operator set for this installation; null: none. */
export const findOwnAddress = findPublicUrl;

/** The API's base URL, as snippets name it. */
export async function apiBaseUrl(): Promise<string> {
  return `${await publicUrl()}/v1`;
}
