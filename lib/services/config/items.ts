import type { PlatformRule } from '@/lib/services/access/platform-deny';
import type { AbuseChoice } from '@/lib/services/abuse/abuse-settings';
import type { SignupChoice } from '@/lib/services/accounts/signup-policy';
import type { BrandingSettings } from '@/lib/services/branding/branding-schema';

/**
 * One installation's configuration in canonical form: what `export` writes, and what `plan` compares. Two equal
 * configurations give equal JSON, so amounts have one spelling, lists without order are sorted and absent optional
 * parts are left out.
 */
export interface ConfigState {
  providers: Map<string, ProviderItem>;
  models: Map<string, ModelItem>;
  aliases: Map<string, AliasItem>;
  plans: Map<string, PlanItem>;
  budgets: Map<string, BudgetItem>;
  settings: SettingsItem;
}

export interface CredentialItem {
  name: string;
  /** `${env:X}`, `${file:/x}` or `${stored}`: never the secret itself. */
  secret: string;
  weight: number;
  /** Written only when it is not 1. */
  priority?: number;
  /** Written only when off. */
  enabled?: false;
}

export interface Timeouts {
  connectMs?: number;
  firstTokenMs?: number;
  idleMs?: number;
  totalMs?: number;
}

export interface BreakerItem {
  failures?: number;
  coolDownMs?: number;
  maxCoolDownMs?: number;
}

export interface ProviderItem {
  id: string;
  adapter: string;
  label: string | null;
  baseUrl: string | null;
  credentials: CredentialItem[];
  timeouts: Timeouts;
  breaker: BreakerItem;
  onClientDisconnect: string;
  /** Where calls are processed, for rules by region; null: the name of its endpoint, else unknown. */
  dataRegion: string | null;
  enabled: boolean;
}

export interface Rates {
  input: string;
  cachedInput?: string;
  cacheWrite?: string;
  cacheWrite1h?: string;
  output?: string;
  reasoning?: string;
  request?: string;
  audioInput?: string;
  audioOutput?: string;
  image?: string;
  second?: string;
  character?: string;
}

/** Hours of the week in which a tier holds. */
export interface WindowItem {
  days?: number[];
  from: string;
  to: string;
  utcOffsetMinutes?: number;
}

export interface TierItem extends Rates {
  maxInput?: number;
  maxOutput?: number;
  windows?: WindowItem[];
}

export interface PricesItem extends Rates {
  currency: string;
  fxRate?: string;
  region?: string;
  tiers?: TierItem[];
}

export interface ScheduledPricesItem extends PricesItem {
  /** ISO 8601 in UTC. */
  from: string;
}

export interface ModelItem {
  id: string;
  provider: string;
  upstreamModel: string;
  kind: string;
  displayName: string | null;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  capabilities: string[];
  /** Null: unpriced. */
  prices: PricesItem | null;
  /** Prices that take over later, by their instant. */
  scheduledPrices: ScheduledPricesItem[];
  /** The day the provider switches it off, `2027-01-31`. */
  retiresOn: string | null;
  enabled: boolean;
}

export interface ConditionsItem {
  minInputTokens?: number;
  maxInputTokens?: number;
  tools?: boolean;
  images?: boolean;
  language?: 'zh' | 'other';
  plans?: string[];
  tags?: Record<string, string>;
  regions?: string[];
}

export interface TargetItem {
  model: string;
  retries?: number;
  onTimeout?: 'next' | 'retry';
  weight?: number;
  timeouts?: Timeouts;
  conditions?: ConditionsItem;
}

export interface CanaryItem {
  model: string;
  percent: number;
}

export interface AliasItem {
  name: string;
  description: string | null;
  strategy: string;
  targets: TargetItem[];
  sticky: string;
  onContextOverflow: string;
  streamRecovery: string;
  canary: CanaryItem | null;
  totalMs: number | null;
}

export interface PlanItem {
  id: string;
  name: string;
  price: { currency: string; monthly: string };
  includedCredit: string;
  overageLimit: string;
  trialDays: number;
  trialCredit: string;
  models: { allow: string[]; deny: string[] };
  limits: { rpm: number | null; tpm: number | null; concurrency: number | null };
  logRetentionDays: number;
  seats: number | null;
  budget: { limit: string; period: string } | null;
  features: string[];
  prepaid: boolean;
  markupPercent: string | null;
  public: boolean;
  position: number;
}

/** A spending limit of the operator's own. */
export interface BudgetItem {
  scope: string;
  /** A provider, a plan, or `provider/credential`; empty for the platform. */
  of: string;
  limitUsd: string;
  period: string;
  resetDay: number | null;
  action: string;
  warnPercents: number[];
}

export interface SettingsItem {
  defaultPlan: string;
  markupPercent: string;
  logBodies: boolean;
  /** Stripe works out the tax of what is sold from now on. */
  automaticTax: boolean;
  /** Dollars of included credit that all organizations together are given on one day. */
  includedCreditPerDay: string;
  /** Who may sign up by themselves; SIGNUP may be narrower. */
  signUp: SignupChoice;
  branding: BrandingSettings;
  /** A PNG, JPEG or WebP picture in base64; null: our mark. */
  logo: string | null;
  /** What stands against abuse; the captcha's secret is never here. */
  abuse: AbuseChoice;
  /** What nobody may call, whatever a plan, an organization, a role or a key allows. */
  deny: PlatformRule[];
}
