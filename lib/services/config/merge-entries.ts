import { toScheduledPrices, by, canonicalAmount, canonicalPercent, sortedSet, toBreaker, toCanary, toCredential, toPrices, toTarget, toTimeouts } from './canonical';
import { PLAN_FEATURES } from '@/lib/kernel/plan-features';
import type { AliasItem, PricesItem, ScheduledPricesItem, ModelItem, PlanItem, ProviderItem, SettingsItem } from './items';
import type { AliasEntry, ModelEntry, PlanEntry, ProviderEntry, SettingsEntry } from './schema';

/** An entry of the file over what is there: fields it does not name stay, lists it names are replaced whole. */
export function mergeProvider(entry: ProviderEntry, now: ProviderItem | undefined, normalizeUrl: (url: string | null) => string | null): ProviderItem {
  return {
    id: entry.id,
    adapter: entry.adapter,
    label: pick(entry.label, now?.label, null),
    baseUrl: normalizeUrl(pick(entry.baseUrl, now?.baseUrl, null)),
    credentials: entry.credentials ? entry.credentials.map(toCredential).sort(by('name')) : (now?.credentials ?? []),
    timeouts: toTimeouts(entry.timeouts ?? now?.timeouts ?? {}),
    breaker: toBreaker(entry.breaker ?? now?.breaker ?? {}),
    onClientDisconnect: entry.onClientDisconnect ?? now?.onClientDisconnect ?? 'cancel',
    dataRegion: pick(entry.dataRegion, now?.dataRegion, null),
    enabled: entry.enabled ?? now?.enabled ?? true,
  };
}

/** What a new model is unless the file says otherwise: what our catalogue knows of it, or nothing. */
export type ModelDefaults = Pick<ModelItem, 'kind' | 'displayName' | 'contextWindow' | 'maxOutputTokens' | 'capabilities' | 'prices'>;

export function mergeModel(entry: ModelEntry, now: ModelItem | undefined, defaults: ModelDefaults, at = new Date()): ModelItem {
  const base = now ?? defaults;
  const scheduled = (entry.scheduledPrices ?? now?.scheduledPrices ?? []).map(toScheduledPrices).sort(by('from'));
  // The last of those whose hour has come is the price, so a file stays true after it.
  const due = entry.scheduledPrices ? scheduled.filter(({ from }) => new Date(from) <= at).at(-1) : undefined;
  const named = entry.prices ? toPrices(entry.prices) : entry.prices === null ? null : base.prices;
  return {
    id: entry.id,
    provider: entry.provider,
    upstreamModel: entry.upstreamModel ?? now?.upstreamModel ?? entry.id,
    kind: entry.kind ?? base.kind,
    displayName: pick(entry.displayName, base.displayName, null),
    contextWindow: pick(entry.contextWindow, base.contextWindow, null),
    maxOutputTokens: pick(entry.maxOutputTokens, base.maxOutputTokens, null),
    capabilities: sortedSet(entry.capabilities ?? base.capabilities),
    prices: due ? withoutFrom(due) : named,
    scheduledPrices: scheduled.filter(({ from }) => new Date(from) > at),
    retiresOn: pick(entry.retiresOn, now?.retiresOn, null),
    enabled: entry.enabled ?? now?.enabled ?? true,
  };
}

export function mergeAlias(entry: AliasEntry, now: AliasItem | undefined): AliasItem {
  return {
    name: entry.name,
    description: pick(entry.description, now?.description, null),
    strategy: entry.strategy ?? now?.strategy ?? 'priority',
    targets: entry.targets ? entry.targets.map(toTarget) : (now?.targets ?? []),
    sticky: entry.sticky ?? now?.sticky ?? 'none',
    onContextOverflow: entry.onContextOverflow ?? now?.onContextOverflow ?? 'next',
    streamRecovery: entry.streamRecovery ?? now?.streamRecovery ?? 'none',
    canary: toCanary(pick(entry.canary, now?.canary, null)),
    totalMs: pick(entry.totalMs, now?.totalMs, null),
  };
}

export function mergePlan(entry: PlanEntry, now: PlanItem | undefined, nextPosition: number): PlanItem {
  const { limits = {}, models = {} } = entry;
  const markup = pick(entry.markupPercent, now?.markupPercent, null);
  return {
    id: entry.id,
    name: entry.name ?? now?.name ?? entry.id,
    price: entry.price ? { currency: 'USD', monthly: canonicalAmount(entry.price.monthly) } : (now?.price ?? { currency: 'USD', monthly: '0.00' }),
    includedCredit: canonicalAmount(entry.includedCredit ?? now?.includedCredit ?? '0'),
    overageLimit: canonicalAmount(entry.overageLimit ?? now?.overageLimit ?? '0'),
    trialDays: entry.trialDays ?? now?.trialDays ?? 0,
    trialCredit: canonicalAmount(entry.trialCredit ?? now?.trialCredit ?? '0'),
    models: {
      allow: sortedSet(models.allow ?? now?.models.allow ?? ['*']),
      deny: sortedSet(models.deny ?? now?.models.deny ?? []),
    },
    limits: {
      rpm: pick(limits.rpm, now?.limits.rpm, null),
      tpm: pick(limits.tpm, now?.limits.tpm, null),
      concurrency: pick(limits.concurrency, now?.limits.concurrency, null),
    },
    logRetentionDays: entry.logRetentionDays ?? now?.logRetentionDays ?? 7,
    seats: pick(entry.seats, now?.seats, null),
    budget: entry.budget ? { limit: canonicalAmount(entry.budget.limit), period: entry.budget.period } : pick(entry.budget, now?.budget, null),
    features: sortedSet(entry.features ?? now?.features ?? PLAN_FEATURES),
    prepaid: entry.prepaid ?? now?.prepaid ?? true,
    markupPercent: markup === null ? null : canonicalPercent(markup),
    public: entry.public ?? now?.public ?? true,
    position: entry.position ?? now?.position ?? nextPosition,
  };
}

export function mergeSettings(entry: SettingsEntry | undefined, now: SettingsItem): SettingsItem {
  return {
    defaultPlan: entry?.defaultPlan ?? now.defaultPlan,
    markupPercent: canonicalPercent(entry?.markupPercent ?? now.markupPercent),
    logBodies: entry?.logBodies ?? now.logBodies,
    automaticTax: entry?.automaticTax ?? now.automaticTax,
    includedCreditPerDay: canonicalAmount(entry?.includedCreditPerDay ?? now.includedCreditPerDay),
    signUp: { policy: entry?.signUp?.policy ?? now.signUp.policy, domains: sortedSet(entry?.signUp?.domains ?? now.signUp.domains) },
    branding: { ...now.branding, ...entry?.branding },
    logo: pick(entry?.logo, now.logo, null),
    abuse: { ...now.abuse, ...entry?.abuse },
    deny: entry?.deny?.map(({ rule, reason = '' }) => ({ rule, reason })).sort(by('rule')) ?? now.deny,
  };
}

function withoutFrom({ from: _from, ...prices }: ScheduledPricesItem): PricesItem {
  return prices;
}

/** The file's value, where `undefined` means "not named" and `null` means "take it away". */
function pick<T>(named: T | null | undefined, now: T | null | undefined, fallback: T | null): T | null {
  if (named !== undefined) return named;
  return now === undefined ? fallback : now;
}
