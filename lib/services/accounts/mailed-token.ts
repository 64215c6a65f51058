import { createHash } from 'node:crypto';
import { FairleadError } from '@/lib/kernel/errors';
import { randomBase62 } from '@/lib/kernel/ids';
import type { Tx } from '@/lib/store';

export type TokenPurpose = 'verify' | 'reset';

const LENGTH = 43;

/** Makes the secret of a link. Only its hash is stored. */
export function newToken(): { token: string; hash: string } {
  const token = randomBase62(LENGTH);
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token.slice(0, 200)).digest('hex');
}

/** Makes a link's token for a person; earlier ones of the same purpose end. */
export async function issueToken(tx: Tx, issue: { userId: string; email: string; purpose: TokenPurpose; ttlMs: number }): Promise<string> {
  const { userId, email, purpose, ttlMs } = issue;
  const { token, hash } = newToken();
  await tx.mailedToken.deleteMany({ where: { userId, purpose, usedAt: null } });
  await tx.mailedToken.create({ data: { hash, userId, email, purpose, expiresAt: new Date(Date.now() + ttlMs) } });
  return token;
}

/** The person a token was mailed to. It can be spent once; throws `not_found` when it is unknown, spent or too old. */
export async function spendToken(tx: Tx, token: string, purpose: TokenPurpose): Promise<{ userId: string; email: string }> {
  const hash = hashToken(token);
  const { count } = await tx.mailedToken.updateMany({
    where: { hash, purpose, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  const row = count === 1 ? await tx.mailedToken.findUnique({ where: { hash } }) : null;
  if (!row) throw new FairleadError('not_found', 'This link was used already or is too old.');
  return { userId: row.userId, email: row.email };
}
