import { PlatformDenyInput } from '@/lib/services/access/platform-deny';
import { SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import { BrandingInput, OUR_BRANDING } from '@/lib/services/branding/branding-schema';
import { readPicture } from '@/lib/services/branding/logo';
import type { Prisma } from '@/lib/store';
import { by, canonicalPercent, sortedSet } from './canonical';
import type { SettingsItem } from './items';

type SettingName = keyof SettingsItem;

/** Where each part of `settings` is kept: a row of `setting` by its key. What has no row has its default. */
export const SETTING_ROWS: Readonly<Record<SettingName, string>> = {
  defaultPlan: 'defaultPlan',
  markupPercent: 'markupPercent',
  logBodies: 'logBodies',
  automaticTax: 'automaticTax',
  signUp: 'signup',
  branding: 'branding',
  logo: 'branding.logo',
  deny: 'platform.deny',
};

const DEFAULTS: SettingsItem = {
  defaultPlan: 'free',
  markupPercent: '0',
  logBodies: true,
  automaticTax: false,
  signUp: { policy: 'open', domains: [] },
  branding: OUR_BRANDING,
  logo: null,
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
    signUp: { policy: signUp.policy, domains: sortedSet(signUp.domains) },
    branding: BrandingInput.safeParse({ ...OUR_BRANDING, ...(stored('branding') as object | undefined) }).data ?? DEFAULTS.branding,
    logo: typeof logo?.data === 'string' ? logo.data : DEFAULTS.logo,
    deny: [...(PlatformDenyInput.shape.rules.safeParse(stored('deny')).data ?? DEFAULTS.deny)].map(({ rule, reason }) => ({ rule, reason })).sort(by('rule')),
  };
}

/** What the row of a setting holds; null: no row. */
export function settingRow(settings: SettingsItem, name: SettingName): Prisma.InputJsonValue | null {
  if (name !== 'logo') return settings[name] as unknown as Prisma.InputJsonValue;
  const picture = settings.logo === null ? null : readPicture(settings.logo);
  return picture === null || 'problem' in picture ? null : picture;
}
