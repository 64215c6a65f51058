import type { MailContent, Translate } from '../mail-content';

/** What happened to an account's second factor: turned on or off, reset by the operator, codes renewed, a recovery code used. */
export type TwoFactorEvent = 'on' | 'off' | 'reset' | 'codes' | 'recovery';

export interface SecurityProps {
  /** `device`: somebody signed in from a browser that was not seen before. */
  event: TwoFactorEvent | 'device';
  facts?: { client: string; address: string };
  /** Where its owner looks after it. */
  url: string;
}

export function security(t: Translate, { event, url, facts }: SecurityProps): MailContent {
  return {
    subject: t(`security.${event}.subject`),
    heading: t(`security.${event}.subject`),
    paragraphs: [t(`security.${event}.body`)],
    ...(facts ? { facts: [[t('security.client'), facts.client], [t('security.address'), facts.address || '—']] as const } : {}),
    action: { label: t('security.action'), url },
    footnote: t('security.footnote'),
  };
}
