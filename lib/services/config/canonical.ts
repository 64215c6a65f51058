import { formatUsd, parseUsd } from '@/lib/kernel/money';
import type { BreakerItem, BudgetItem, CanaryItem, ConditionsItem, CredentialItem, PricesItem, Rates, ScheduledPricesItem, TargetItem, Timeouts, WindowItem } from './items';
import type { PricesEntry } from './schema';

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

export function toScheduledPrices({ from, ...prices }: Omit<PricesEntry, 'currency'> & { currency?: string; from: string }): ScheduledPricesItem {
  return { from, ...toPrices(prices) };
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

export function toBudget(from: Omit<BudgetItem, 'of' | 'resetDay' | 'action' | 'warnPercents'> & Partial<BudgetItem>): BudgetItem {
  const { scope, of = '', limitUsd, period, resetDay = null, action = 'block', warnPercents = [50, 80, 100] } = from;
  return { scope, of, limitUsd: canonicalAmount(limitUsd), period, resetDay, action, warnPercents: [...new Set(warnPercents)].sort((a, b) => a - b) };
}

/** Budgets by what they are on; several that are alike in that are told apart by their order. */
export function nameBudgets(budgets: readonly BudgetItem[]): Map<string, BudgetItem> {
  const named = new Map<string, BudgetItem>();
  const sorted = [...budgets].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  for (const budget of sorted) {
    const name = `${budget.scope}${budget.of && ` ${budget.of}`} per ${budget.period}, ${budget.action}`;
    let nth = 1;
    while (named.has(nth === 1 ? name : `${name} (${nth})`)) nth++;
    named.set(nth === 1 ? name : `${name} (${nth})`, budget);
  }
  return new Map([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
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
