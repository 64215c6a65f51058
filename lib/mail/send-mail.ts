import { env } from '@/lib/env';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { prisma } from '@/lib/store';
import { deliverMail } from './deliver-mail';
import { renderMail } from './render-mail';
import type { Mail } from './templates';

/**
 * Sends a mail: it is kept in the outbox first, then given to the SMTP server in the background, with later tries when
 * that fails. Without a server it stays in the outbox and is printed to the log. Call it after the transaction it
 * belongs to. Answers the id of the outbox row.
 */
export async function sendMail(mail: Mail): Promise<{ id: string }> {
  const rendered = await renderMail(mail);
  const id = newId('mail');
  const hasServer = env().smtpUrl !== undefined;
  await prisma().outboxMail.create({ data: { id, to: mail.to, template: mail.template, ...rendered, nextAt: hasServer ? new Date() : null } });
  if (hasServer) void deliverMail(id).catch((error: unknown) => log.warn({ err: error, mail: id }, 'a mail waits for its next try'));
  else log.info({ mail: id, to: mail.to, subject: rendered.subject, text: rendered.text }, 'mail (no SMTP_URL is set)');
  return { id };
}
