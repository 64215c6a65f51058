import { z } from 'zod';

const color = z.union([z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0f5c63'), z.literal('')]);
const link = z.union([z.url({ protocol: /^https?$/ }).max(500), z.literal('')]);

/** Everything by which an operator makes the product their own, except the picture of the logo. One row of `setting`. */
export const BrandingInput = z.object({
  /** Empty: Fairlead. */
  name: z.string().trim().max(40),
  /** Of buttons and links, on a light and on a dark page; empty: ours. */
  primaryLight: color,
  primaryDark: color,
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
