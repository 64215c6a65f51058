import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Mail, readPublicUrl, renderMail, sendMail } from '@/lib/mail';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { sampleMails } from './sample-mails';

export const MailKindInput = z.object({ kind: z.string().max(60), locale: z.enum(['en', 'zh-CN']) });

export interface MailPreview {
  kind: string;
  subject: string;
  html: string;
}

/** One mail of every kind as it would arrive now, in one language. */
export async function previewMails({ input }: { ctx: OperatorCtx; input: { locale: string } }): Promise<MailPreview[]> {
  const samples = Object.entries(sampleMails(await readPublicUrl()));
  return Promise.all(
    samples.map(async ([kind, sample]) => {
      const { subject, html } = await renderMail({ to: 'ada@example.com', locale: input.locale, ...sample } as Mail);
      return { kind, subject, html };
    }),
  );
}

/** Sends one of them to the operator who asks: whether mails leave, and what they look like on arrival. */
export async function sendSampleMail({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof MailKindInput> }): Promise<{ to: string }> {
  const sample = sampleMails(await readPublicUrl())[input.kind];
  if (!sample || !('id' in ctx.actor)) throw new FairleadError('not_found');
  const { id } = ctx.actor;
  const { email } = await asSystem((tx) => tx.user.findUniqueOrThrow({ where: { id }, select: { email: true } }));
  await sendMail({ to: email, locale: input.locale, ...sample } as Mail);
  await asSystem((tx) => recordAudit(tx, ctx, { action: 'mail.test', targetType: 'mail', targetId: input.kind }));
  return { to: email };
}
