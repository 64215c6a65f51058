import { randomUUID } from 'node:crypto';
import { newId } from '@/lib/kernel/ids';
import { queueMail, readPublicUrl, type TwoFactorEvent } from '@/lib/mail';
import type { OperatorCtx } from '@/lib/services/context';
import type { Tx } from '@/lib/store';

/** Writes a change of somebody's second factor down, and tells them by mail: who did not make it has to know. */
export async function noteTwoFactor(tx: Tx, { userId, kind, by }: { userId: string; kind: TwoFactorEvent; by?: OperatorCtx['actor'] }): Promise<void> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, locale: true } });
  const actor = by
    ? { actorType: by.type, actorId: 'id' in by ? by.id : null, actorLabel: by.label }
    : { actorType: 'user', actorId: userId, actorLabel: user.email };
  await tx.auditEntry.create({ data: { id: newId('aud'), ...actor, action: `user.two_factor_${kind}`, targetType: 'user', targetId: userId } });
  await queueMail(
    tx,
    { to: user.email, locale: user.locale, template: 'security', props: { event: kind, url: `${await readPublicUrl()}/account/security` } },
    randomUUID(),
  );
}
