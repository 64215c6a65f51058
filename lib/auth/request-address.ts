import { headers } from 'next/headers';

/** The address the request came from. The gateway process sets the header itself, so a client cannot choose it there. */
export async function requestAddress(): Promise<string> {
  return (await headers()).get('x-forwarded-for')?.split(',')[0]?.trim() || 'unknown';
}
