import type { Tx } from '@/lib/store';
import { canonicalPercent, nameBudgets, sortedSet, toBreaker, toBudget, toCanary, toCredential, toTarget, toTimeouts } from './canonical';
import type { BreakerItem, BudgetItem, CanaryItem, ConfigState, CredentialItem, ModelItem, PricesItem, ScheduledPricesItem, TargetItem, Timeouts } from './items';
import { toCardPrices } from './price-card-row';
import { readSettings, SETTING_ROWS } from './settings-items';
import { formatUsd } from '@/lib/kernel/money';

/** What the database holds beside the canonical form, which never carries secrets. */
export interface StoredSecrets {
  /** `provider/credential` → last four characters and fingerprint; absent when no secret was ever given. */
  known: Map<string, { last4: string; fingerprint: string | undefined }>;
}

export const FINGERPRINTS_SETTING = 'credential.fingerprints';

/** Reads the whole configuration in canonical form, in one consistent transaction of the caller. */
export async function readState(tx: Tx): Promise<{ state: ConfigState; secrets: StoredSecrets }> {
  const providers = await tx.provider.findMany({ include: { credentials: { orderBy: { name: 'asc' } } } });
  const models = await tx.model.findMany();
  const prices = await readPrices(tx, new Date());
  const aliases = await tx.alias.findMany();
  const plans = await tx.plan.findMany();
  const budgets = await tx.operatorBudget.findMany();
  const settingRows = await tx.setting.findMany({ where: { key: { in: [...Object.values(SETTING_ROWS), FINGERPRINTS_SETTING] } } });
  const settings = new Map(settingRows.map((row) => [row.key, row.value]));
  const fingerprints = (settings.get(FINGERPRINTS_SETTING) ?? {}) as Record<string, string>;

  const secrets: StoredSecrets = { known: new Map() };
  for (const provider of providers) {
    for (const credential of provider.credentials) {
      if (credential.sealed !== null) secrets.known.set(`${provider.id}/${credential.name}`, { last4: credential.last4, fingerprint: fingerprints[credential.id] });
    }
  }

  const state: ConfigState = {
    providers: new Map(
      sorted(providers).map((row) => [
        row.id,
        {
          id: row.id,
          adapter: row.adapter,
          label: row.label,
          baseUrl: row.baseUrl,
          credentials: row.credentials.map(readCredential).sort((a, b) => (a.name < b.name ? -1 : 1)),
          timeouts: toTimeouts((row.timeouts ?? {}) as Timeouts),
          breaker: toBreaker((row.breaker ?? {}) as BreakerItem),
          onClientDisconnect: row.onClientDisconnect,
          dataRegion: row.dataRegion,
          enabled: row.enabled,
        },
      ]),
    ),
    models: new Map(
      sorted(models).map((row): [string, ModelItem] => {
        return [
          row.id,
          {
            id: row.id,
            provider: row.providerId,
            upstreamModel: row.upstreamModel,
            kind: row.kind,
            displayName: row.displayName,
            contextWindow: row.contextWindow,
            maxOutputTokens: row.maxOutputTokens,
            capabilities: sortedSet(row.capabilities),
            prices: prices.current.get(row.id) ?? null,
            scheduledPrices: prices.scheduled.get(row.id) ?? [],
            retiresOn: row.retiresAt?.toISOString().slice(0, 10) ?? null,
            enabled: row.enabled,
          },
        ];
      }),
    ),
    aliases: new Map(
      sorted(aliases, (row) => row.name).map((row) => [
        row.name,
        {
          name: row.name,
          description: row.description,
          strategy: row.strategy,
          targets: (row.targets as unknown as TargetItem[]).map(toTarget),
          sticky: row.sticky,
          onContextOverflow: row.onContextOverflow,
          streamRecovery: row.streamRecovery,
          canary: toCanary(row.canary as CanaryItem | null),
          totalMs: row.totalMs,
        },
      ]),
    ),
    plans: new Map(
      sorted(plans).map((row) => [
        row.id,
        {
          id: row.id,
          name: row.name,
          price: { currency: row.currency, monthly: formatUsd(row.monthlyNano, 2) },
          includedCredit: formatUsd(row.includedCreditNano, 2),
          overageLimit: formatUsd(row.overageLimitNano, 2),
          trialDays: row.trialDays,
          trialCredit: formatUsd(row.trialCreditNano, 2),
          models: { allow: sortedSet(row.allow), deny: sortedSet(row.deny) },
          limits: { rpm: row.rpm, tpm: row.tpm, concurrency: row.concurrency },
          logRetentionDays: row.logRetentionDays,
          seats: row.seats,
          budget: row.budgetNano === null ? null : { limit: formatUsd(row.budgetNano, 2), period: row.budgetPeriod ?? 'month' },
          features: sortedSet(row.features),
          prepaid: row.prepaid,
          markupPercent: row.markupPercent === null ? null : canonicalPercent(row.markupPercent.toString()),
          public: row.isPublic,
          position: row.position,
        },
      ]),
    ),
    budgets: readBudgets(budgets, providers),
    settings: readSettings(settings),
  };
  return { state, secrets };
}

type BudgetRow = Awaited<ReturnType<Tx['operatorBudget']['findMany']>>[number];

/** Budgets name a credential by its place, because its id is another one on every installation. What is on nothing any more is left out. */
function readBudgets(rows: readonly BudgetRow[], providers: readonly { id: string; credentials: { id: string; name: string }[] }[]): Map<string, BudgetItem> {
  const credentials = new Map(providers.flatMap((provider) => provider.credentials.map(({ id, name }) => [id, `${provider.id}/${name}`])));
  return nameBudgets(
    rows.flatMap(({ scopeType, scopeId, limitNano, period, resetDay, action, warnPercents }) => {
      const of = scopeType === 'credential' ? credentials.get(scopeId) : scopeId;
      return of === undefined ? [] : [toBudget({ scope: scopeType, of, limitUsd: formatUsd(limitNano, 2), period, resetDay, action, warnPercents })];
    }),
  );
}

/** A credential without a secret is off for that reason alone, so its switch is not part of the configuration. */
function readCredential(row: { name: string; source: string | null; weight: number; priority: number; enabled: boolean; sealed: string | null }): CredentialItem {
  return toCredential({ name: row.name, secret: row.source ?? '${stored}', weight: row.weight, priority: row.priority, enabled: row.sealed === null || row.enabled });
}

/** The card everybody pays by now, per model, which is the latest that took effect, and those that take over later. */
async function readPrices(tx: Tx, now: Date): Promise<{ current: Map<string, PricesItem>; scheduled: Map<string, ScheduledPricesItem[]> }> {
  const cards = await tx.priceCard.findMany({ where: { orgId: null }, orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }] });
  const current = new Map<string, PricesItem>();
  const scheduled = new Map<string, ScheduledPricesItem[]>();
  for (const card of cards) {
    if (card.effectiveFrom <= now) current.set(card.modelId, toCardPrices(card));
    else scheduled.set(card.modelId, [...(scheduled.get(card.modelId) ?? []), { from: card.effectiveFrom.toISOString(), ...toCardPrices(card) }]);
  }
  return { current, scheduled };
}

/** By code unit, not by the database's collation, so every machine exports the same order. */
function sorted<T extends { id: string }>(rows: T[], name: (row: T) => string = (row) => row.id): T[] {
  return [...rows].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}
