import { cache } from 'react';
import { FairleadError } from '@/lib/kernel/errors';
import { type DisplayCurrency, IN_DOLLARS } from '@/lib/format/money';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, prisma, type Tx } from '@/lib/store';
import { BrandingInput, type BrandingSettings } from './branding-schema';
import { contrast } from './contrast';

export { BrandingInput, type BrandingSettings };

const SETTING = 'branding';
const LOGO_SETTING = 'branding.logo';

export interface Branding extends BrandingSettings {
  /** What the product is called on its pages. */
  product: string;
  /** Address of the operator's own logo on this site; null: our mark. */
  logo: string | null;
}

const OURS = BrandingInput.parse({ name: '', primaryLight: '', primaryDark: '', termsUrl: '', privacyUrl: '', announcement: '', tone: 'info' });
/** The two page colours that a primary colour has to stand out from. */
const PAGE = { light: '#ffffff', dark: '#141d24' };
const READABLE = 4.5;

/** The operator's own product: one look-up per request. */
export const readBranding = cache(async (): Promise<Branding> => {
  // A page that says that the database is away must itself not need it.
  const rows = await prisma().$queryRaw<{ value: unknown; logo: string | null }[]>`
      SELECT (SELECT value FROM setting WHERE key = ${SETTING}) AS value, (SELECT value ->> 'hash' FROM setting WHERE key = ${LOGO_SETTING}) AS logo`.catch(
    () => [],
  );
  const settings = parseBranding(rows[0]?.value);
  const hash = rows[0]?.logo ?? null;
  return { ...settings, product: settings.name || 'Fairlead', logo: hash === null ? null : `/logo?v=${hash}` };
});

/** For verbs that already hold a transaction. */
export async function readBrandingIn(tx: Tx): Promise<BrandingSettings> {
  return parseBranding((await tx.setting.findUnique({ where: { key: SETTING } }))?.value);
}

function parseBranding(value: unknown): BrandingSettings {
  const stored = BrandingInput.safeParse({ ...OURS, ...((value ?? {}) as object) });
  return stored.success ? stored.data : OURS;
}

/** The currency that pages show amounts in, as the formatter takes it. */
export function displayCurrency({ currency, cnyPerUsd, cnyRateDate }: BrandingSettings): DisplayCurrency {
  return currency === 'CNY' && cnyPerUsd !== '' ? { code: 'CNY', perUsd: cnyPerUsd, rateDate: cnyRateDate } : IN_DOLLARS;
}

/** Changes how the product presents itself. Throws `invalid_request` with the field that is wrong or missing. */
export async function saveBranding({ ctx, input }: { ctx: OperatorCtx; input: BrandingSettings }): Promise<void> {
  checkColors(input);
  if ((input.termsUrl !== '' || input.privacyUrl !== '') && input.legalVersion === '') {
    throw new FairleadError('invalid_request', 'Name the version of the texts that people accept, such as the day they were written.', {
      param: 'legalVersion',
    });
  }
  if (input.currency === 'CNY' && !(Number(input.cnyPerUsd) > 0))
    throw new FairleadError('invalid_request', 'Say how many yuan a dollar is.', { param: 'cnyPerUsd' });
  if (input.currency === 'CNY' && input.cnyRateDate === '')
    throw new FairleadError('invalid_request', 'Say of which day the rate is.', { param: 'cnyRateDate' });
  await asSystem(async (tx) => {
    const before = await tx.setting.findUnique({ where: { key: SETTING } });
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: input }, update: { value: input, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.branding', targetType: 'settings', targetId: SETTING, before: before?.value ?? undefined, after: input });
  });
}

function checkColors(input: BrandingSettings): void {
  for (const [field, page] of [
    ['primaryLight', PAGE.light],
    ['primaryDark', PAGE.dark],
  ] as const) {
    const ratio = input[field] === '' ? READABLE : contrast(input[field], page);
    if (ratio < READABLE)
      throw new FairleadError('invalid_request', `The contrast of ${input[field]} on its page is ${ratio.toFixed(1)}; text needs ${READABLE}.`, {
        param: field,
      });
  }
}
