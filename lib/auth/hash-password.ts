import { hash } from '@node-rs/argon2';

/** The package's enum is erased at compile time; this is its value. */
const ARGON2ID = 2;

/** argon2id with 19 MiB and two passes (OWASP's first choice): about 30 ms of one core, off the main thread. */
export function hashPassword(password: string): Promise<string> {
  // NFKC: the same password typed on another system must give the same bytes.
  return hash(password.normalize('NFKC'), { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}
