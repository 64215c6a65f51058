import type { MailContent, Translate } from '../mail-content';

export interface InviteProps {
  org: string;
  inviter: string;
  role: string;
  url: string;
  /** How long the link works. */
  days: number;
}

export function invite(t: Translate, { org, inviter, role, url, days }: InviteProps): MailContent {
  return {
    subject: t('invite.subject', { org, inviter }),
    heading: t('invite.heading', { org }),
    paragraphs: [t('invite.body', { org, inviter, role }), t('invite.valid', { days })],
    action: { label: t('invite.action'), url },
    footnote: t('invite.footnote', { org }),
  };
}
