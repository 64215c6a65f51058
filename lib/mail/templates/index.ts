import type { MailContent, Translate } from '../mail-content';
import { alert } from './alert';
import { billing } from './billing';
import { invite } from './invite';
import { operator } from './operator';
import { reset } from './reset';
import { security } from './security';
import { verify } from './verify';

/** Every mail there is. A new one is a file, a line here, and its texts in messages/<locale>/mail.json. */
export const TEMPLATES = { verify, reset, invite, alert, billing, operator, security };

export type TemplateName = keyof typeof TEMPLATES;

/** Mails whose link is a secret: their text is forgotten once an SMTP server has taken them. */
export const SECRET_TEMPLATES: ReadonlySet<string> = new Set<TemplateName>(['verify', 'reset', 'invite']);

/** A mail to send: the template and the props it takes. */
export type Mail = {
  [Name in TemplateName]: { to: string; locale: string | null; template: Name; props: Parameters<(typeof TEMPLATES)[Name]>[1] };
}[TemplateName];

export function writeMail(t: Translate, mail: Mail): MailContent {
  const write = TEMPLATES[mail.template] as (t: Translate, props: Mail['props']) => MailContent;
  return write(t, mail.props);
}
