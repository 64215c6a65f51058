import { z } from 'zod';
import { AbuseSettingsInput } from '@/lib/services/abuse/abuse-settings';
import { PlatformDenyInput } from '@/lib/services/access/platform-deny';
import { SignupPolicyInput } from '@/lib/services/accounts/signup-policy';
import { BrandingInput } from '@/lib/services/branding/branding-schema';
import { BUDGET_PERIODS } from '@/lib/services/budgets/budget-input';
import { OPERATOR_SCOPES } from '@/lib/services/operator/budgets/operator-budget-view';
import { amount, PricesSchema, ScheduledPricesSchema, whole } from './prices-schema';
import { PLAN_FEATURES } from '@/lib/kernel/plan-features';
import { wholeSecretReference } from './resolve-secrets';

/**
 * `fairlead.yaml`. Every object is strict: a key that is not here is an error with its path. Almost every field is
 * optional because a file changes only what it names; `null` takes a limit or a value away. Defaults of new items
 * stand in `merge-entries.ts`.
 */

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,199}$/;
const PATTERN = /^[A-Za-z0-9*][A-Za-z0-9._:@/+*-]{0,199}$/;

const slug = (what: string) => z.string().regex(SLUG, `${what} is 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-", and starts with a letter or digit`);
const modelName = (what: string) =>
  z.string().regex(MODEL_NAME, `${what} is 1 to 200 of A-Z, a-z, 0-9 and ". _ : @ / + -", and starts with a letter or digit`);
const limit = whole(1, 2_000_000_000).nullable();

const percent = z
  .union([z.string(), z.number()], { error: 'must be a percentage such as "12.5"' })
  .transform(String)
  .refine((text) => /^\d{1,4}(\.\d{1,4})?$/.test(text), { error: 'must be a percentage such as "12.5": not negative, at most four decimals' });

const secret = z
  .string()
  .refine((text) => wholeSecretReference(text) !== null, {
    error: 'a secret is never written in the file: use "${env:NAME}", "${file:/path}", or "${stored}" to keep the one already there',
  });

const CredentialSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  secret,
  weight: whole(0, 1_000).optional(),
  /** Lower ones are used first, the others when those cool down; equal ones share by weight. */
  priority: whole(1, 100).optional(),
  enabled: z.boolean().optional(),
});

/** When a target of this provider stops being asked: failures in a row, the first pause, and the longest. */
const BreakerSchema = z.strictObject({
  failures: whole(1, 1_000).optional(),
  coolDownMs: whole(1, 3_600_000).optional(),
  maxCoolDownMs: whole(1, 86_400_000).optional(),
});

const TimeoutsSchema = z.strictObject({
  connectMs: whole(1, 3_600_000).optional(),
  firstTokenMs: whole(1, 3_600_000).optional(),
  idleMs: whole(1, 3_600_000).optional(),
  totalMs: whole(1, 86_400_000).optional(),
});

export const ProviderSchema = z.strictObject({
  id: slug('a provider id'),
  adapter: z.string(),
  label: z.string().min(1).max(80).nullable().optional(),
  baseUrl: z.string().nullable().optional(),
  credentials: z.array(CredentialSchema).max(100).optional(),
  timeouts: TimeoutsSchema.optional(),
  breaker: BreakerSchema.optional(),
  onClientDisconnect: z.enum(['cancel', 'drain']).optional(),
  /** Where calls are processed, for rules such as `region:cn`; null: the name of its endpoint. */
  dataRegion: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/, 'must be a region such as cn, eu or us').nullable().optional(),
  enabled: z.boolean().optional(),
});

export const ModelSchema = z.strictObject({
  id: modelName('a model id'),
  provider: z.string(),
  upstreamModel: z.string().min(1).max(200).optional(),
  kind: z.enum(['chat', 'embedding', 'image', 'audio', 'moderation', 'rerank']).optional(),
  displayName: z.string().min(1).max(120).nullable().optional(),
  contextWindow: limit.optional(),
  maxOutputTokens: limit.optional(),
  capabilities: z.array(z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a word such as tools, vision or json')).max(50).optional(),
  /** Absent: the present price, for a new model the catalogue's. Null: unpriced. */
  prices: PricesSchema.nullable().optional(),
  scheduledPrices: z.array(ScheduledPricesSchema).max(50).optional(),
  /** The last day the provider serves it. */
  retiresOn: z.iso.date('must be a day such as "2027-01-31"').nullable().optional(),
  enabled: z.boolean().optional(),
});

const word = z.string().trim().min(1).max(200);

/** What a call must be like for a target to be asked; a condition that is not named is no condition. */
const ConditionsSchema = z.strictObject({
  /** Estimated prompt tokens. */
  minInputTokens: whole(0, 2_000_000_000).optional(),
  maxInputTokens: whole(1, 2_000_000_000).optional(),
  /** true: only calls with tools; false: only calls without. */
  tools: z.boolean().optional(),
  /** true: only calls with images; false: only calls without. */
  images: z.boolean().optional(),
  /** The language of the last user message: Chinese, or anything else. */
  language: z.enum(['zh', 'other']).optional(),
  /** The organization's plan is one of these. */
  plans: z.array(word).min(1).max(100).optional(),
  /** The call carries each of these tags, with this value ("*": any). */
  tags: z.record(z.string().min(1).max(200), z.string().max(200)).optional(),
  /** `x-fairlead-region`, or the tag `region`, is one of these. */
  regions: z.array(word).min(1).max(100).optional(),
});

const TargetSchema = z.strictObject({
  model: z.string(),
  retries: whole(0, 5).optional(),
  /** A silent target is left at once unless this says `retry`: then its retries count for time-outs too. */
  onTimeout: z.enum(['next', 'retry']).optional(),
  weight: whole(0, 1_000).optional(),
  timeouts: TimeoutsSchema.optional(),
  conditions: ConditionsSchema.optional(),
});

export const AliasSchema = z.strictObject({
  name: modelName('an alias name'),
  description: z.string().max(200).nullable().optional(),
  strategy: z.enum(['priority', 'weighted', 'cheapest', 'fastest']).optional(),
  targets: z.array(TargetSchema).min(1, 'an alias needs at least one target').max(50).optional(),
  sticky: z.enum(['none', 'user', 'session']).optional(),
  onContextOverflow: z.enum(['next', 'fail']).optional(),
  streamRecovery: z.enum(['none', 'restart', 'hold']).optional(),
  /** This share of the calls tries that target first. */
  canary: z.strictObject({ model: z.string(), percent: z.number().min(0, 'must be at least 0').max(100, 'must be at most 100') }).nullable().optional(),
  /** Deadline over all attempts; absent: the longest of the targets'. */
  totalMs: whole(1, 86_400_000).nullable().optional(),
});

const pattern = z.string().regex(PATTERN, 'must be an alias, a model id, or a pattern with "*" such as "demo/*"');

export const PlanSchema = z.strictObject({
  id: slug('a plan id'),
  name: z.string().min(1).max(80).optional(),
  price: z.strictObject({ currency: z.literal('USD', 'plans are priced in USD').optional(), monthly: amount }).optional(),
  includedCredit: amount.optional(),
  /** What may be used beyond all credit in one billing period and is billed by meter. "0": nothing. */
  overageLimit: amount.optional(),
  /** Days before the first payment; 0: no trial. 730 is the most Stripe takes (`trial_period_days`, API 2026-10-28). */
  trialDays: whole(0, 730).optional(),
  /** Given when a trial begins, gone when it ends. */
  trialCredit: amount.optional(),
  models: z.strictObject({ allow: z.array(pattern).max(1_000).optional(), deny: z.array(pattern).max(1_000).optional() }).optional(),
  limits: z.strictObject({ rpm: limit.optional(), tpm: limit.optional(), concurrency: limit.optional() }).optional(),
  logRetentionDays: whole(1, 3_650).optional(),
  seats: limit.optional(),
  /** What an organization on it may spend in one period, whatever its balance. */
  budget: z.strictObject({ limit: amount, period: z.enum(['day', 'week', 'month', 'total']) }).nullable().optional(),
  /** Parts of the product that it opens; all of them when absent in a new plan. */
  features: z.array(z.enum(PLAN_FEATURES)).max(PLAN_FEATURES.length).optional(),
  prepaid: z.boolean().optional(),
  markupPercent: percent.nullable().optional(),
  public: z.boolean().optional(),
  position: whole(0, 10_000).optional(),
});

/** What the operator may spend at most: on everything, at a provider, with a key, or for the organizations of a plan. */
export const BudgetSchema = z.strictObject({
  scope: z.enum(OPERATOR_SCOPES),
  of: z.string().max(200).optional(),
  limitUsd: amount,
  period: z.enum(BUDGET_PERIODS),
  resetDay: whole(1, 31).nullable().optional(),
  action: z.enum(['block', 'warn']).optional(),
  warnPercents: z.array(whole(1, 1_000)).max(10).optional(),
});

export const SettingsSchema = z.strictObject({
  defaultPlan: z.string().optional(),
  markupPercent: percent.optional(),
  logBodies: z.boolean().optional(),
  automaticTax: z.boolean().optional(),
  /** Dollars of included credit that all organizations together are given on one day. */
  includedCreditPerDay: amount.optional(),
  /** Who may sign up by themselves; SIGNUP bounds it. */
  signUp: z.strictObject(SignupPolicyInput.shape).partial().optional(),
  /** Name, colours, links, mail sender, currency of display, announcement. */
  branding: z.strictObject(unwrapDefaults(BrandingInput.shape)).partial().optional(),
  /** A picture in base64; null: the product's own mark. */
  logo: z.string().max(180_000).regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be a picture in base64').nullable().optional(),
  /** Captcha at sign-up and the hashed tenant for providers; a captcha without its secret, which is pasted on /admin/settings, is not asked. */
  abuse: z.strictObject(AbuseSettingsInput.omit({ secret: true }).shape).partial().optional(),
  /** What nobody may call, whatever else allows it. */
  deny: z.array(z.strictObject({ rule: PlatformDenyInput.shape.rules.element.shape.rule, reason: z.string().trim().max(200).optional() })).max(200).optional(),
});

/** What a file does not name stays as it is, so a form's defaults are not a file's. */
function unwrapDefaults(shape: typeof BrandingInput.shape) {
  return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, field instanceof z.ZodDefault ? field.unwrap() : field])) as { [K in keyof typeof shape]: UnwrapDefault<(typeof shape)[K]> };
}
type UnwrapDefault<T> = T extends z.ZodDefault<infer Inner> ? Inner : T;

export const ConfigSchema = z.strictObject({
  apiVersion: z.literal('fairlead/v1', 'must be fairlead/v1'),
  providers: z.array(ProviderSchema).optional(),
  models: z.array(ModelSchema).optional(),
  aliases: z.array(AliasSchema).optional(),
  plans: z.array(PlanSchema).optional(),
  budgets: z.array(BudgetSchema).max(500).optional(),
  settings: SettingsSchema.optional(),
});

export type ConfigFile = z.infer<typeof ConfigSchema>;
export type ProviderEntry = z.infer<typeof ProviderSchema>;
export type ModelEntry = z.infer<typeof ModelSchema>;
export type AliasEntry = z.infer<typeof AliasSchema>;
export type BudgetEntry = z.infer<typeof BudgetSchema>;
export type PlanEntry = z.infer<typeof PlanSchema>;
export type SettingsEntry = z.infer<typeof SettingsSchema>;
export type PricesEntry = z.infer<typeof PricesSchema>;
