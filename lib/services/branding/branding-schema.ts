import { z } from 'zod';
import { contrast } from './contrast';

const color = z.union([z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0f5c63'), z.literal('')]);
const link = z.union([z.url({ protocol: /^https?$/ }).max(500), z.literal('')]);

/** Everything by which an operator makes the product their own, except the picture of the logo. One row of `setting`. */
export const BrandingInput = z.object({
  /** Empty: Fairlead. */
  name: z.string().trim().max(40),
  /** Of buttons and links, on a light and on a dark page; empty: ours. */
  primaryLight: color,
  primaryDark: color,
  /** Where people reach the installation, `https://ai.example.com`: mails and snippets name it. Empty: APP_URL. */
  publicUrl: z
    .union([z.url({ protocol: /^https?$/, error: 'must be an address such as https://ai.example.com' }), z.literal('')])
    .transform((text) => text.replace(/\/+$/, ''))
    .refine((text) => text === '' || new URL(text).origin === text, 'must be an address without a path, such as https://ai.example.com')
    .default(''),
  termsUrl: link,
  privacyUrl: link,
  /** What people accept at sign-up, by name: a date or a number that changes with the text. Needed once a text is linked. */
  legalVersion: z.string().trim().max(40).default(''),
  /** Who mails come from; empty: what MAIL_FROM says. */
  senderName: z
    .string()
    .trim()
    .max(80)
    .regex(/^[^\r\n"<>]*$/, 'must not contain quotation marks, angle brackets or line breaks')
    .default(''),
  senderAddress: z.union([z.email().max(254), z.literal('')]).default(''),
  /** What amounts are shown in. Everything is charged in USD, whatever is shown. */
  currency: z.enum(['USD', 'CNY']).default('USD'),
  /** Yuan for one dollar, and the day (`2026-11-25`) the rate is of. */
  cnyPerUsd: z.union([z.string().regex(/^\d{1,4}(\.\d{1,6})?$/, 'must be a rate such as 7.12'), z.literal('')]).default(''),
  cnyRateDate: z.union([z.iso.date(), z.literal('')]).default(''),
  /** Shown over every page until it is emptied. */
  announcement: z.string().trim().max(300),
  tone: z.enum(['info', 'warning']),
});

export type BrandingSettings = z.output<typeof BrandingInput>;

/** What a product is before its operator says anything of it. */
export const OUR_BRANDING: BrandingSettings = BrandingInput.parse({ name: '', primaryLight: '', primaryDark: '', termsUrl: '', privacyUrl: '', announcement: '', tone: 'info' });

/** The two page colours that a primary colour has to stand out from. */
const PAGE = { primaryLight: '#ffffff', primaryDark: '#141d24' } as const;
const READABLE = 4.5;

/** What does not go together, with the field at fault, or null. */
export function brandingProblem(input: BrandingSettings): { field: keyof BrandingSettings; message: string } | null {
  for (const field of ['primaryLight', 'primaryDark'] as const) {
    const ratio = input[field] === '' ? READABLE : contrast(input[field], PAGE[field]);
    if (ratio < READABLE) return { field, message: `The contrast of ${input[field]} on its page is ${ratio.toFixed(1)}; text needs ${READABLE}.` };
  }
  if ((input.termsUrl !== '' || input.privacyUrl !== '') && input.legalVersion === '') {
    return { field: 'legalVersion', message: 'Name the version of the texts that people accept, such as the day they were written.' };
  }
  if (input.currency === 'CNY' && !(Number(input.cnyPerUsd) > 0)) return { field: 'cnyPerUsd', message: 'Say how many yuan a dollar is.' };
  if (input.currency === 'CNY' && input.cnyRateDate === '') return { field: 'cnyRateDate', message: 'Say of which day the rate is.' };
  return null;
}
