import { verify } from '@node-rs/argon2';
import { hashPassword } from './hash-password';

let decoy: Promise<string> | undefined;

/**
 * Whether the password fits the stored hash. Without a hash (no such account) the same work is done against a decoy,
 * so that the time of the answer does not tell which e-mails have accounts.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(crypto.randomUUID());
  try {
    return (await verify(passwordHash ?? (await decoy), password.normalize('NFKC'))) && passwordHash !== null;
  } catch {
    // Not an argon2 hash: an account that has no password yet.
    return false;
  }
}
