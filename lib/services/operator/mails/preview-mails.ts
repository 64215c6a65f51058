import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Mail, readPublicUrl, renderMail, sendMail } from '@/lib/mail';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { sampleMails } from './sample-mails';

export const MailKindInput = z.object({ kind: z.string().max(60), locale: z.enum(['en', 'zh-CN']) });

export interface MailPreview {
  subject: string;
  html: string;
}

export const MAIL_KINDS = Object.keys(sampleMails(''));

/** A mail of one kind as it would arrive now. Throws `not_found` for a kind that there is not. */
export async function previewMail({ input }: { ctx: OperatorCtx; input: z.output<typeof MailKindInput> }): Promise<MailPreview> {
  const { subject, html } = await renderMail(await sampleMail(input, 'ada@example.com'));
  return { subject, html };
}

/** Sends one to the operator who asks: whether mails leave, and what they look like on arrival. */
export async function sendSampleMail({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof MailKindInput> }): Promise<{ to: string }> {
  if (!('id' in ctx.actor)) throw new FairleadError('not_found');
  const { id } = ctx.actor;
  const { email } = await asSystem((tx) => tx.user.findUniqueOrThrow({ where: { id }, select: { email: true } }));
  await sendMail(await sampleMail(input, email));
  await asSystem((tx) => recordAudit(tx, ctx, { action: 'mail.test', targetType: 'mail', targetId: input.kind }));
  return { to: email };
}

async function sampleMail({ kind, locale }: z.output<typeof MailKindInput>, to: string): Promise<Mail> {
  const sample = sampleMails(await readPublicUrl())[kind];
  if (!sample) throw new FairleadError('not_found');
  return { to, locale, ...sample } as Mail;
}
