import { render } from '@react-email/render';
import { IntlMessageFormat } from 'intl-messageformat';
import { loadMessages } from '@/i18n/load-messages';
import { DEFAULT_LOCALE, isLocale, type Locale } from '@/i18n/locales';
import type { MailContent, Translate } from './mail-content';
import { MailLayout } from './mail-layout';
import { readSender } from './sender';
import { type Mail, writeMail } from './templates';

export interface RenderedMail {
  locale: string;
  subject: string;
  text: string;
  html: string;
}

/** A mail in the reader's language and under the product's name, as HTML and as text that says the same. */
export async function renderMail(mail: Mail): Promise<RenderedMail> {
  const locale = isLocale(mail.locale) ? mail.locale : DEFAULT_LOCALE;
  const content = writeMail(await translateMail(locale), mail);
  const { product, color } = await readSender();
  return {
    locale,
    subject: oneLine(content.subject),
    text: asText(content, product),
    html: await render(<MailLayout content={content} locale={locale} product={product} color={color} />),
  };
}

/** Mails are written by every process; pages have their messages compiled (i18n/compile-messages.ts), so they share the texts and not the translator. */
async function translateMail(locale: Locale): Promise<Translate> {
  const { mail } = await loadMessages(locale);
  return (key, values) => {
    const text = key.split('.').reduce<unknown>((texts, name) => (texts as Record<string, unknown> | undefined)?.[name], mail);
    if (typeof text !== 'string') throw new Error(`There is no text mail.${key}`);
    return String(new IntlMessageFormat(text, locale).format(values));
  };
}

/** A header ends at a line break, and names of organizations come from people. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, ' ').slice(0, 200);
}

function asText({ heading, paragraphs, facts, action, footnote }: MailContent, product: string): string {
  return [
    heading,
    ...paragraphs,
    ...(facts ? [facts.map(([label, value]) => `${label}: ${value}`).join('\n')] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    `--\n${footnote}\n${product}`,
  ].join('\n\n');
}
