import type { MailContent, Translate } from '../mail-content';

export interface VerifyProps {
  url: string;
  /** How long the link works. */
  hours: number;
}

export function verify(t: Translate, { url, hours }: VerifyProps): MailContent {
  return {
    subject: t('verify.subject'),
    heading: t('verify.heading'),
    paragraphs: [t('verify.body'), t('verify.valid', { hours })],
    action: { label: t('verify.action'), url },
    footnote: t('verify.footnote'),
  };
}
