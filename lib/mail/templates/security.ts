import type { MailContent, Translate } from '../mail-content';

/** What happened to an account's second factor: turned on or off, reset by the operator, codes renewed, a recovery code used. */
export type SecurityEvent = 'on' | 'off' | 'reset' | 'codes' | 'recovery';

export interface SecurityProps {
  event: SecurityEvent;
  /** Where its owner looks after it. */
  url: string;
}

export function security(t: Translate, { event, url }: SecurityProps): MailContent {
  return {
    subject: t(`security.${event}.subject`),
    heading: t(`security.${event}.subject`),
    paragraphs: [t(`security.${event}.body`)],
    action: { label: t('security.action'), url },
    footnote: t('security.footnote'),
  };
}
