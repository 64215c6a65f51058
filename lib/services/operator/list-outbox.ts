import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export interface OutboxMailView {
  id: string;
  to: string;
  template: string;
  subject: string;
  /** Empty once a mail with a secret link was sent. */
  text: string;
  status: 'sent' | 'waiting' | 'failed' | 'kept';
  attempts: number;
  error: string | null;
  createdAt: string;
}

const LATEST = 100;

/** The latest mails of the installation, newest first. `kept`: no SMTP server was set, so the mail is here only. */
export async function listOutbox({ q }: { ctx: OperatorCtx; q?: string }): Promise<OutboxMailView[]> {
  const rows = await asSystem((tx) =>
    tx.outboxMail.findMany({
      where: q ? { OR: [{ to: { contains: q, mode: 'insensitive' } }, { subject: { contains: q, mode: 'insensitive' } }] } : {},
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: LATEST,
    }),
  );
  return rows.map(({ id, to, template, subject, text, sentAt, nextAt, attempts, error, createdAt }) => ({
    id,
    to,
    template,
    subject,
    text,
    status: sentAt ? 'sent' : nextAt ? 'waiting' : attempts > 0 ? 'failed' : 'kept',
    attempts,
    error,
    createdAt: createdAt.toISOString(),
  }));
}
