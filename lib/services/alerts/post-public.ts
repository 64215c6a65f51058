import https from 'node:https';
import { assertPublicHost, guardedLookup } from '@/lib/upstream';

export interface PostAnswer {
  status: number;
  /** The beginning of the answer. */
  text: string;
}

export type Post = (url: string, headers: Record<string, string>, body: string) => Promise<PostAnswer>;

const TIMEOUT_MS = 10_000;
const KEPT_BYTES = 4_096;

/**
 * Posts to a public https address: the address that was checked is the one connected to, redirects are not followed, and
 * nothing of this installation but the body and the named headers is sent.
 */
export const postPublic: Post = async (url, headers, body) => {
  const { hostname } = new URL(url);
  assertPublicHost(hostname);
  return new Promise((resolve, reject) => {
    const request = https.request(
      url,
      { method: 'POST', lookup: guardedLookup, timeout: TIMEOUT_MS, headers: { 'content-type': 'application/json', 'user-agent': 'Fairlead', ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          if (text.length < KEPT_BYTES) text += piece;
          else response.destroy();
        });
        response.on('close', () => resolve({ status: response.statusCode ?? 0, text: text.slice(0, KEPT_BYTES) }));
        response.on('error', reject);
      },
    );
    const deadline = setTimeout(() => request.destroy(new Error('no answer in time')), TIMEOUT_MS);
    request.on('close', () => clearTimeout(deadline));
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.end(body);
  });
};
