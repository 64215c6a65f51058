import { z } from 'zod';
import { endSessions } from '@/lib/auth/sessions';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, prisma } from '@/lib/store';

export interface SessionView {
  id: string;
  address: string;
  client: string;
  seenAt: string;
  createdAt: string;
  isThis: boolean;
}

/** The browsers a person is signed in with, the last used first. */
export async function listSessions({ userId, sessionId }: { userId: string; sessionId: string }): Promise<SessionView[]> {
  const rows = await prisma().session.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: new Date() } },
    orderBy: [{ seenAt: 'desc' }, { createdAt: 'desc' }],
    take: 50,
  });
  return rows.map(({ id, address, client, seenAt, createdAt }) => ({
    id,
    address,
    client,
    seenAt: seenAt.toISOString(),
    createdAt: createdAt.toISOString(),
    isThis: id === sessionId,
  }));
}

export const EndSessionInput = z.object({ id: z.string().max(100) });

/** Signs one of a person's browsers out. Somebody else's session and a missing one are both `not_found`. */
export async function endSession({ userId, label, input }: { userId: string; label: string; input: { id: string } }): Promise<void> {
  const { id } = parseInput(EndSessionInput, input);
  await asSystem(async (tx) => {
    if ((await endSessions(tx, { userId, sessionId: id })) === 0) throw new FairleadError('not_found');
    await tx.auditEntry.create({
      data: { id: newId('aud'), actorType: 'user', actorId: userId, actorLabel: label, action: 'session.end', targetType: 'session', targetId: id },
    });
  });
}
