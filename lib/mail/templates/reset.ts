import type { MailContent, Translate } from '../mail-content';

export interface ResetProps {
  url: string;
  /** How long the link works. */
  minutes: number;
}

export function reset(t: Translate, { url, minutes }: ResetProps): MailContent {
  return {
    subject: t('reset.subject'),
    heading: t('reset.heading'),
    paragraphs: [t('reset.body'), t('reset.valid', { minutes })],
    action: { label: t('reset.action'), url },
    footnote: t('reset.footnote'),
  };
}
