import { cache } from 'react';
import { FairleadError } from '@/lib/kernel/errors';
import { type DisplayCurrency, IN_DOLLARS } from '@/lib/format/money';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, prisma, type Tx } from '@/lib/store';
import { BrandingInput, brandingProblem, type BrandingSettings, OUR_BRANDING } from './branding-schema';

export { BrandingInput, type BrandingSettings };

const SETTING = 'branding';
const LOGO_SETTING = 'branding.logo';

export interface Branding extends BrandingSettings {
  /** What the product is called on its pages. */
  product: string;
  /** Address of the operator's own logo on this site; null: our mark. */
  logo: string | null;
}

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
  const stored = BrandingInput.safeParse({ ...OUR_BRANDING, ...((value ?? {}) as object) });
  return stored.success ? stored.data : OUR_BRANDING;
}

/** The currency that pages show amounts in, as the formatter takes it. */
export function displayCurrency({ currency, cnyPerUsd, cnyRateDate }: BrandingSettings): DisplayCurrency {
  return currency === 'CNY' && cnyPerUsd !== '' ? { code: 'CNY', perUsd: cnyPerUsd, rateDate: cnyRateDate } : IN_DOLLARS;
}

/** Changes how the product presents itself. Throws `invalid_request` with the field that is wrong or missing. */
export async function saveBranding({ ctx, input }: { ctx: OperatorCtx; input: BrandingSettings }): Promise<void> {
  const problem = brandingProblem(input);
  if (problem) throw new FairleadError('invalid_request', problem.message, { param: problem.field });
  await asSystem(async (tx) => {
    const before = await tx.setting.findUnique({ where: { key: SETTING } });
    await tx.setting.upsert({ where: { key: SETTING }, create: { key: SETTING, value: input }, update: { value: input, updatedAt: new Date() } });
    await recordAudit(tx, ctx, { action: 'settings.branding', targetType: 'settings', targetId: SETTING, before: before?.value ?? undefined, after: input });
  });
}
