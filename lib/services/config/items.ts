import { formatUsd, parseUsd } from '@/lib/kernel/money';
import type { PricesEntry } from './schema';

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
  prepaid: boolean;
  markupPercent: string | null;
  public: boolean;
  position: number;
}

export interface SettingsItem {
  defaultPlan: string;
  markupPercent: string;
  logBodies: boolean;
  /** Stripe works out the tax of what is sold from now on. */
  automaticTax: boolean;
}

/** "2", "2.0" and "2.00" are one amount; it is written with at least two decimals. */
export const canonicalAmount = (text: string): string => formatUsd(parseUsd(text), 2);

/** "12.50" and "12.5" are one percentage. */
export const canonicalPercent = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text).replace(/^0+(?=\d)/, '');

export function toCredential(entry: { name: string; secret: string; weight?: number; priority?: number; enabled?: boolean }): CredentialItem {
  const { priority = 1 } = entry;
  return { name: entry.name, secret: entry.secret.trim(), weight: entry.weight ?? 1, ...(priority === 1 ? {} : { priority }), ...(entry.enabled === false ? { enabled: false as const } : {}) };
}

export function toTimeouts(from: Timeouts): Timeouts {
  const { connectMs, firstTokenMs, idleMs, totalMs } = from;
  return present({ connectMs, firstTokenMs, idleMs, totalMs });
}

export function toBreaker({ failures, coolDownMs, maxCoolDownMs }: BreakerItem): BreakerItem {
  return present({ failures, coolDownMs, maxCoolDownMs });
}

export function toTarget(from: TargetItem): TargetItem {
  const timeouts = toTimeouts(from.timeouts ?? {});
  const conditions = toConditions(from.conditions ?? {});
  return {
    model: from.model,
    ...present({ retries: from.retries, onTimeout: from.onTimeout, weight: from.weight }),
    ...(Object.keys(timeouts).length > 0 ? { timeouts } : {}),
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
  };
}

function toConditions(from: ConditionsItem): ConditionsItem {
  const { minInputTokens, maxInputTokens, tools, images, language, plans, tags, regions } = from;
  return present({
    minInputTokens,
    maxInputTokens,
    tools,
    images,
    language,
    plans: plans && sortedSet(plans),
    tags: tags && Object.keys(tags).length > 0 ? Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1))) : undefined,
    regions: regions && sortedSet(regions),
  });
}

export function toCanary(from: CanaryItem | null | undefined): CanaryItem | null {
  return from ? { model: from.model, percent: from.percent } : null;
}

export function toPrices(from: Omit<PricesEntry, 'currency'> & { currency?: string }): PricesItem {
  return {
    currency: from.currency ?? 'USD',
    ...present({ fxRate: from.fxRate === undefined ? undefined : canonicalAmount(from.fxRate), region: from.region }),
    ...toRates(from),
    ...(from.tiers && from.tiers.length > 0
      ? { tiers: from.tiers.map((tier) => ({ ...present({ maxInput: tier.maxInput, maxOutput: tier.maxOutput, windows: tier.windows?.map(toWindow) }), ...toRates(tier) })) }
      : {}),
  };
}

function toWindow({ days, from, to, utcOffsetMinutes }: WindowItem): WindowItem {
  return { ...present({ days: days && [...new Set(days)].sort() }), from, to, ...present({ utcOffsetMinutes }) };
}

const OPTIONAL_RATES = ['cachedInput', 'cacheWrite', 'cacheWrite1h', 'output', 'reasoning', 'request', 'audioInput', 'audioOutput', 'image', 'second', 'character'] as const;

export function toRates(from: Rates): Rates {
  const rates: Rates = { input: canonicalAmount(from.input) };
  for (const name of OPTIONAL_RATES) {
    const value = from[name];
    if (value !== undefined) rates[name] = canonicalAmount(value);
  }
  return rates;
}

export function sortedSet(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}

export function by<K extends string>(key: K) {
  return (a: Record<K, string>, b: Record<K, string>): number => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
}

function present<T extends object>(from: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
