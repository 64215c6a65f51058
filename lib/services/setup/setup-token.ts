import { createHash, timingSafeEqual } from 'node:crypto';
import { randomBase62 } from '@/lib/kernel/ids';
import { asSystem, type Tx } from '@/lib/store';

/** The row that holds the token's hash; no row means that there is nothing to claim. */
const SETTING = 'setup.token';
const LIFETIME_MS = 60 * 60_000;

interface StoredToken {
  hash: string;
  expiresAt: string;
}

/**
 * A new one-time token for whoever reads the start log, or null once there is an operator. It replaces the one of an
 * earlier start, dies after an hour and at its first use. The database holds its hash only.
 */
export async function issueSetupToken(nowMs = Date.now()): Promise<string | null> {
  return asSystem(async (tx) => {
    if ((await tx.user.count({ where: { isOperator: true } })) > 0) {
      await tx.setting.deleteMany({ where: { key: SETTING } });
      return null;
    }
    const token = randomBase62(32);
    const value = { hash: hashToken(token), expiresAt: new Date(nowMs + LIFETIME_MS).toISOString() };
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value }, update: { value, updatedAt: new Date() } });
    return token;
  });
}

/** Whether a token could be used now. Looking does not use it up. */
export async function isSetupToken(token: string): Promise<boolean> {
  return asSystem((tx) => fits(tx, token));
}

/** Uses the token up, in the caller's transaction. False for one that was used, is too old or never was. */
export async function takeSetupToken(tx: Tx, token: string): Promise<boolean> {
  // Two browsers with one link at the same moment: the second waits here and then finds no row.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('fairlead.setup'))`;
  if (!(await fits(tx, token))) return false;
  await tx.setting.deleteMany({ where: { key: SETTING } });
  return true;
}

async function fits(tx: Tx, token: string): Promise<boolean> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } });
  const stored = row?.value as StoredToken | undefined;
  if (!stored || Date.parse(stored.expiresAt) <= Date.now()) return false;
  return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(stored.hash));
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
