import { cache } from 'react';
import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, prisma } from '@/lib/store';
import { contrast } from './contrast';

const SETTING = 'branding';
const color = z.union([z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #0f5c63'), z.literal('')]);
const link = z.union([z.url({ protocol: /^https?$/ }).max(500), z.literal('')]);

export const BrandingInput = z.object({
  /** Empty: Fairlead. */
  name: z.string().trim().max(40),
  /** Of buttons and links, on a light and on a dark page; empty: ours. */
  primaryLight: color,
  primaryDark: color,
  termsUrl: link,
  privacyUrl: link,
  /** Shown over every page until it is emptied. */
  announcement: z.string().trim().max(300),
  tone: z.enum(['info', 'warning']),
});
export type BrandingSettings = z.output<typeof BrandingInput>;

export interface Branding extends BrandingSettings {
  /** What the product is called on its pages. */
  product: string;
}

const OURS: BrandingSettings = { name: '', primaryLight: '', primaryDark: '', termsUrl: '', privacyUrl: '', announcement: '', tone: 'info' };
/** The two page colours that a primary colour has to stand out from. */
const PAGE = { light: '#ffffff', dark: '#141d24' };
const READABLE = 4.5;

/** The operator's own product: one look-up per request. */
export const readBranding = cache(async (): Promise<Branding> => {
  // A page that says that the database is away must itself not need it.
  const row = await prisma().setting.findUnique({ where: { key: SETTING } }).catch(() => null);
  const stored = BrandingInput.safeParse({ ...OURS, ...((row?.value ?? {}) as object) });
  const settings = stored.success ? stored.data : OURS;
  return { ...settings, product: settings.name || 'Fairlead' };
});

/** Changes how the product presents itself. Throws `invalid_request` for a colour that could not be read on its page. */
export async function saveBranding({ ctx, input }: { ctx: OperatorCtx; input: BrandingSettings }): Promise<void> {
  for (const [field, page] of [
    ['primaryLight', PAGE.light],
    ['primaryDark', PAGE.dark],
  ] as const) {
    const ratio = input[field] === '' ? READABLE : contrast(input[field], page);
    if (ratio < READABLE) throw new FairleadError('invalid_request', `The contrast of ${input[field]} on its page is ${ratio.toFixed(1)}; text needs ${READABLE}.`, { param: field });
  }
  await asSystem(async (tx) => {
    const before = await tx.setting.findUnique({ where: { key: SETTING } });
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: input }, update: { value: input, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.branding', targetType: 'settings', targetId: SETTING, before: before?.value ?? undefined, after: input });
  });
}
