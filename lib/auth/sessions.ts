import { newId } from '@/lib/kernel/ids';
import { asSystem, bumpVersion, prisma, type Tx } from '@/lib/store';

/** A session ends after this, however much it is used. */
export const SESSION_MAX_AGE_S = 30 * 86_400;
/** … and after this long without a request. */
const IDLE_MS = 14 * 86_400_000;
/** How exact "last seen" is: a write per request would cost more than it tells. */
const SEEN_EVERY_MS = 5 * 60_000;

/** What the cookie carries, encrypted: who, the epoch the session was made in, and which of their sessions it is. */
export interface SessionClaims {
  userId: string;
  sessionEpoch: number;
  sessionId: string;
}

/** Writes down that a browser signed in. */
export async function createSession({ userId, address, client }: { userId: string; address: string; client: string }): Promise<string> {
  const id = newId('ses');
  const expiresAt = new Date(Date.now() + SESSION_MAX_AGE_S * 1_000);
  await prisma().session.create({ data: { id, userId, address: address.slice(0, 100), client: client.slice(0, 300), expiresAt } });
  return id;
}

/** The account of a session that still lasts, or null: ended, expired, idle too long, or made before the last change of password. */
export async function findSessionUser({ userId, sessionEpoch, sessionId }: SessionClaims) {
  const session = await prisma().session.findUnique({ where: { id: sessionId }, include: { user: true } });
  if (!session || session.userId !== userId || session.user.sessionEpoch !== sessionEpoch || session.endedAt) return null;
  const now = Date.now();
  if (session.expiresAt.getTime() <= now || session.seenAt.getTime() + IDLE_MS <= now) return null;
  if (session.seenAt.getTime() + SEEN_EVERY_MS <= now) await prisma().session.updateMany({ where: { id: sessionId }, data: { seenAt: new Date(now) } });
  return session.user;
}

/** Ends sessions of a person, and with them what was lent to those browsers (the playground's credentials). */
export async function endSessions(tx: Tx, { userId, sessionId }: { userId: string; sessionId?: string }): Promise<number> {
  const open = await tx.session.findMany({ where: { userId, endedAt: null, ...(sessionId ? { id: sessionId } : {}) }, select: { id: true } });
  const ids = open.map(({ id }) => id);
  await tx.session.updateMany({ where: { id: { in: ids } }, data: { endedAt: new Date() } });
  const { count } = await tx.apiKey.updateMany({ where: { sessionId: { in: ids }, revokedAt: null }, data: { revokedAt: new Date() } });
  if (count > 0) await bumpVersion(tx, 'keys');
  return ids.length;
}

/** Ends one session at its own wish: signing out. */
export async function endOwnSession(claims: SessionClaims): Promise<void> {
  await asSystem((tx) => endSessions(tx, claims));
}
