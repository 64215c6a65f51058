import nodemailer, { type Transporter } from 'nodemailer';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { prisma } from '@/lib/store';
import { readSender } from './sender';
import { SECRET_TEMPLATES } from './templates';

const MINUTE_MS = 60_000;
/** Waits before the second, third … try; after the last the mail is given up and keeps its error. */
const BACKOFF_MS = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE_MS);
const TIMEOUT_MS = 15_000;

let transport: { url: string; transporter: Transporter } | null = null;

/** Gives one waiting mail to the SMTP server. Whoever claims it first sends it: the row's next try is moved before. */
export async function deliverMail(id: string): Promise<'sent' | 'failed' | 'taken'> {
  const url = env().smtpUrl;
  if (!url) return 'taken';
  const waiting = await prisma().outboxMail.findUnique({ where: { id } });
  if (!waiting?.nextAt || waiting.sentAt) return 'taken';
  const wait = BACKOFF_MS[waiting.attempts];
  const claim = await prisma().outboxMail.updateMany({
    where: { id, attempts: waiting.attempts, sentAt: null, nextAt: { lte: new Date() } },
    data: { attempts: waiting.attempts + 1, nextAt: wait === undefined ? null : new Date(Date.now() + wait) },
  });
  if (claim.count === 0) return 'taken';
  try {
    const { to, subject, text, html } = waiting;
    await transporterOf(url).sendMail({ from: (await readSender()).from, to: { name: '', address: to }, subject, text, html: html ?? undefined });
  } catch (error) {
    await prisma().outboxMail.update({ where: { id }, data: { error: error instanceof Error ? error.message.slice(0, 500) : 'unknown error' } });
    log.warn({ err: error, mail: id, attempt: waiting.attempts + 1 }, 'a mail could not be sent');
    return 'failed';
  }
  const forget = SECRET_TEMPLATES.has(waiting.template) ? { text: '', html: null } : {};
  await prisma().outboxMail.update({ where: { id }, data: { sentAt: new Date(), nextAt: null, error: null, ...forget } });
  return 'sent';
}

/** Sends what is due, oldest first. Answers how many were sent. */
export async function deliverDueMails(): Promise<number> {
  if (!env().smtpUrl) return 0;
  const due = await prisma().outboxMail.findMany({ where: { nextAt: { lte: new Date() } }, orderBy: { nextAt: 'asc' }, take: 50, select: { id: true } });
  let sent = 0;
  for (const { id } of due) if ((await deliverMail(id)) === 'sent') sent += 1;
  return sent;
}

function transporterOf(url: string): Transporter {
  if (transport?.url !== url) {
    const options = { url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    transport = { url, transporter: nodemailer.createTransport(options) };
  }
  return transport.transporter;
}
