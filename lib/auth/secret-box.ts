import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { env } from '@/lib/env';

/** A key of its own for each purpose, out of the installation's secret. */
function keyOf(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', env().authSecret, 'fairlead', purpose, 32));
}

/** Encrypts what the console must be able to read again (AES-256-GCM). Provider keys are not for this: they are sealed to the gateway. */
export function lockText(text: string, purpose: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(purpose), iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Reads what `lockText` wrote for the same purpose; throws when it was changed or the secret is another. */
export function unlockText(locked: string, purpose: string): string {
  const bytes = Buffer.from(locked, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

/** A secret derived from its name: shown again whenever it is needed, stored nowhere. 32 bytes. */
export function deriveSecret(name: string): Buffer {
  return keyOf(`derived/${name}`);
}
