import { AbuseSettingsInput, NO_ABUSE_CHOICE } from '@/lib/services/abuse/abuse-settings';
import { PlatformDenyInput } from '@/lib/services/access/platform-deny';
import { SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import { BrandingInput, OUR_BRANDING } from '@/lib/services/branding/branding-schema';
import { readPicture } from '@/lib/services/branding/logo';
import { CREDIT_CAP_SETTING, DEFAULT_CREDIT_CAP } from '@/lib/services/orgs/included-credit';
import type { Prisma } from '@/lib/store';
import { by, canonicalAmount, canonicalPercent, sortedSet } from './canonical';
import type { SettingsItem } from './items';

type SettingName = keyof SettingsItem;

/** Where each part of `settings` is kept: a row of `setting` by its key. What has no row has its default. */
export const SETTING_ROWS: Readonly<Record<SettingName, string>> = {
  defaultPlan: 'defaultPlan',
  markupPercent: 'markupPercent',
  logBodies: 'logBodies',
  automaticTax: 'automaticTax',
  includedCreditPerDay: CREDIT_CAP_SETTING,
  signUp: 'signup',
  branding: 'branding',
  logo: 'branding.logo',
  abuse: 'abuse',
  deny: 'platform.deny',
};

const DEFAULTS: SettingsItem = {
  defaultPlan: 'free',
  markupPercent: '0',
  logBodies: true,
  automaticTax: false,
  includedCreditPerDay: DEFAULT_CREDIT_CAP,
  signUp: { policy: 'open', domains: [] },
  branding: OUR_BRANDING,
  logo: null,
  abuse: NO_ABUSE_CHOICE,
  deny: [],
};

/** The settings in canonical form, from the values of their rows. A row that cannot be read counts as absent. */
export function readSettings(rows: ReadonlyMap<string, unknown>): SettingsItem {
  const stored = (name: SettingName): unknown => rows.get(SETTING_ROWS[name]);
  const signUp = SignupPolicyInput.safeParse(stored('signUp')).data ?? DEFAULTS.signUp;
  const logo = stored('logo') as { data?: unknown } | undefined;
  return {
    defaultPlan: String(stored('defaultPlan') ?? DEFAULTS.defaultPlan),
    markupPercent: canonicalPercent(String(stored('markupPercent') ?? DEFAULTS.markupPercent)),
    logBodies: (stored('logBodies') ?? DEFAULTS.logBodies) !== false,
    automaticTax: (stored('automaticTax') ?? DEFAULTS.automaticTax) === true,
    includedCreditPerDay: canonicalAmount(String(stored('includedCreditPerDay') ?? DEFAULTS.includedCreditPerDay)),
    signUp: { policy: signUp.policy, domains: sortedSet(signUp.domains) },
    branding: BrandingInput.safeParse({ ...OUR_BRANDING, ...(stored('branding') as object | undefined) }).data ?? DEFAULTS.branding,
    logo: typeof logo?.data === 'string' ? logo.data : DEFAULTS.logo,
    abuse: readAbuse(stored('abuse')),
    deny: [...(PlatformDenyInput.shape.rules.safeParse(stored('deny')).data ?? DEFAULTS.deny)].map(({ rule, reason }) => ({ rule, reason })).sort(by('rule')),
  };
}

function readAbuse(value: unknown): SettingsItem['abuse'] {
  const read = AbuseSettingsInput.omit({ secret: true }).safeParse({ ...NO_ABUSE_CHOICE, ...(value as object | undefined) });
  return read.data ?? NO_ABUSE_CHOICE;
}

/** What the row of a setting holds, where it may keep parts of what is there; null: no row. */
export function settingRow(settings: SettingsItem, name: SettingName, now: unknown): Prisma.InputJsonValue | null {
  // The captcha's secret is in the row and never in a file.
  if (name === 'abuse') return { secret: '', ...(now as object | undefined), ...settings.abuse };
  if (name !== 'logo') return settings[name] as unknown as Prisma.InputJsonValue;
  const picture = settings.logo === null ? null : readPicture(settings.logo);
  return picture === null || 'problem' in picture ? null : picture;
}
