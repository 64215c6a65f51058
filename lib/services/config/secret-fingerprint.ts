import { createHash } from 'node:crypto';

/**
 * Tells whether a secret is the one already stored, which is sealed and cannot be read back here. A provider's key is
 * long and random, so the start of its hash gives nothing to guess.
 */
export function secretFingerprint(secret: string): string {
  return createHash('sha256').update('fairlead.credential\0').update(secret).digest('hex').slice(0, 16);
}
