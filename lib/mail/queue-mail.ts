import { createHash } from 'node:crypto';
import { env } from '@/lib/env';
import type { Tx } from '@/lib/store';
import { renderMail } from './render-mail';
import type { Mail } from './templates';

/**
 * Puts a mail into the outbox in the caller's transaction: it goes out if and only if the change that it tells of was
 * made. One person gets one mail for a cause (such as an invoice's id), however often it is queued. True when it is new.
 */
export async function queueMail(tx: Tx, mail: Mail, cause: string): Promise<boolean> {
  const id = `mail_${createHash('sha256').update(JSON.stringify([mail.template, cause, mail.to])).digest('hex').slice(0, 32)}`;
  if (await tx.outboxMail.findUnique({ where: { id }, select: { id: true } })) return false;
  const rendered = await renderMail(mail);
  const row = { id, to: mail.to, template: mail.template, ...rendered, nextAt: env().smtpUrl ? new Date() : null };
  return (await tx.outboxMail.createMany({ data: [row], skipDuplicates: true })).count > 0;
}
