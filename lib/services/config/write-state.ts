import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { changePlanBudget, planBudgetId } from '@/lib/ledger';
import { seal } from '@/lib/seal';
import { bumpVersion, Prisma, type Tx } from '@/lib/store';
import type { Change } from './diff-state';
import type { AliasItem, ModelItem, PlanItem, PricesItem, ProviderItem, ScheduledPricesItem, SettingsItem } from './items';
import { type PreparedConfig, lastFour } from './prepare-config';
import { writeBudgets } from './write-budgets';
import { toCardColumns } from './price-card-row';
import { FINGERPRINTS_SETTING } from './read-state';
import { wholeSecretReference } from './resolve-secrets';
import { secretFingerprint } from './secret-fingerprint';
import { SETTING_ROWS, settingRow } from './settings-items';

/** Writes exactly the differences that were found, in an order that foreign keys accept. */
export async function writeState(tx: Tx, { desired, changes, newSecrets, pricedByCatalogue }: PreparedConfig, sealPublicKey: string): Promise<void> {
  const touched = (type: Change['type']): Change[] => changes.filter((change) => change.type === type && change.op !== 'remove');
  const removed = (type: Change['type']): string[] => changes.filter((change) => change.type === type && change.op === 'remove').map((change) => change.id);

  for (const { id } of touched('provider')) await writeProvider(tx, present(desired.providers.get(id)), newSecrets, sealPublicKey);
  for (const change of touched('model')) {
    const model = present(desired.models.get(change.id));
    await writeModel(tx, model);
    const touches = (name: string): boolean => change.fields.some(({ field }) => field === name || field.startsWith(`${name}.`));
    if (model.prices && touches('prices')) await addPriceCard(tx, model.id, model.prices, pricedByCatalogue.has(model.id));
    if (touches('scheduledPrices')) await schedulePrices(tx, model.id, model.scheduledPrices);
  }
  for (const { id } of touched('alias')) await writeAlias(tx, present(desired.aliases.get(id)));
  for (const { id } of touched('plan')) {
    const plan = present(desired.plans.get(id));
    await writePlan(tx, plan);
    await ensureLogPartitions(tx, plan.logRetentionDays);
  }
  if (changes.some(({ type }) => type === 'budget')) await writeBudgets(tx, desired);
  for (const { fields } of touched('settings')) {
    for (const name of new Set(fields.map(({ field }) => field.split('.')[0] as keyof SettingsItem))) await writeSetting(tx, desired.settings, name);
  }

  await tx.plan.deleteMany({ where: { id: { in: removed('plan') } } });
  await tx.alias.deleteMany({ where: { name: { in: removed('alias') } } });
  await tx.model.deleteMany({ where: { id: { in: removed('model') } } });
  await tx.provider.deleteMany({ where: { id: { in: removed('provider') } } });
}

async function writeSetting(tx: Tx, settings: SettingsItem, name: keyof SettingsItem): Promise<void> {
  const key = SETTING_ROWS[name];
  const now = await tx.setting.findUnique({ where: { key } });
  const value = settingRow(settings, name, now?.value);
  if (value === null) await tx.setting.deleteMany({ where: { key } });
  else await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value, updatedAt: new Date() } });
}

async function writeProvider(tx: Tx, item: ProviderItem, newSecrets: ReadonlyMap<string, string>, sealPublicKey: string): Promise<void> {
  const { id, credentials, timeouts, breaker, ...rest } = item;
  const data = { ...rest, timeouts: { ...timeouts }, breaker: { ...breaker } };
  await tx.provider.upsert({ where: { id }, create: { id, ...data }, update: data });
  await tx.credential.deleteMany({ where: { providerId: id, name: { notIn: credentials.map(({ name }) => name) } } });
  for (const credential of credentials) {
    const now = await tx.credential.findUnique({ where: { providerId_name: { providerId: id, name: credential.name } } });
    const secret = newSecrets.get(`${id}/${credential.name}`);
    const isStored = wholeSecretReference(credential.secret)?.kind === 'stored';
    const sealed = secret === undefined ? (now?.sealed ?? null) : seal(sealPublicKey, secret);
    const data = {
      weight: credential.weight,
      priority: credential.priority ?? 1,
      // Without a secret there is nothing to send, whatever the file says.
      enabled: credential.enabled !== false && sealed !== null,
      source: isStored ? null : credential.secret,
      sealed,
      ...(secret === undefined ? {} : { last4: lastFour(secret) }),
    };
    const row = await tx.credential.upsert({
      where: { providerId_name: { providerId: id, name: credential.name } },
      create: { id: newId('cred'), providerId: id, name: credential.name, ...data },
      update: data,
    });
    if (secret !== undefined) await rememberFingerprint(tx, row.id, secretFingerprint(secret));
  }
}

async function rememberFingerprint(tx: Tx, credentialId: string, fingerprint: string): Promise<void> {
  const key = FINGERPRINTS_SETTING;
  const row = await tx.setting.findUnique({ where: { key } });
  const value = { ...((row?.value ?? {}) as Record<string, string>), [credentialId]: fingerprint };
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value, updatedAt: new Date() } });
}

async function writeModel(tx: Tx, item: ModelItem): Promise<void> {
  const { id, provider, prices: _prices, scheduledPrices: _scheduled, retiresOn, ...rest } = item;
  const data = { ...rest, providerId: provider, retiresAt: retiresOn === null ? null : new Date(`${retiresOn}T00:00:00Z`) };
  await tx.model.upsert({ where: { id }, create: { id, ...data }, update: data });
}

/** Old cards stay as they are: a request of yesterday was priced by the card of yesterday. */
async function addPriceCard(tx: Tx, modelId: string, prices: PricesItem, isFromCatalogue: boolean): Promise<void> {
  const { _max: latest } = await tx.priceCard.aggregate({ where: { modelId, orgId: null, effectiveFrom: { lte: new Date() } }, _max: { effectiveFrom: true } });
  await tx.priceCard.create({
    data: {
      id: newId('card'),
      modelId,
      // Two changes within a millisecond still have an order.
      effectiveFrom: new Date(Math.max(Date.now(), (latest.effectiveFrom?.getTime() ?? 0) + 1)),
      ...toCardColumns(prices),
      source: isFromCatalogue ? 'catalogue' : 'operator',
    },
  });
}

/** Cards whose hour has not come priced no call yet, so the list that a file names replaces them. */
async function schedulePrices(tx: Tx, modelId: string, scheduled: readonly ScheduledPricesItem[]): Promise<void> {
  await tx.$queryRaw`SELECT ledger.withdraw_prices(${modelId})`;
  for (const { from, ...prices } of scheduled) await tx.priceCard.create({ data: { id: newId('card'), modelId, effectiveFrom: new Date(from), ...toCardColumns(prices), source: 'operator' } });
}

/** Puts an alias in force; its version rises and the version before stays in `alias_version`. */
export async function writeAlias(tx: Tx, item: AliasItem): Promise<void> {
  const { name, targets, canary, ...rest } = item;
  const data = { ...rest, targets: targets as unknown as Prisma.InputJsonValue, canary: canary === null ? Prisma.DbNull : { ...canary } };
  await tx.alias.upsert({ where: { name }, create: { id: newId('als'), name, ...data }, update: { ...data, version: { increment: 1 }, updatedAt: new Date() } });
}

async function writePlan(tx: Tx, item: PlanItem): Promise<void> {
  const { id, price, includedCredit, overageLimit, trialCredit, models, limits, budget, public: isPublic, ...rest } = item;
  const data = {
    ...rest,
    ...limits,
    ...models,
    isPublic,
    currency: price.currency,
    monthlyNano: parseUsd(price.monthly),
    includedCreditNano: parseUsd(includedCredit),
    overageLimitNano: parseUsd(overageLimit),
    trialCreditNano: parseUsd(trialCredit),
    budgetNano: budget && parseUsd(budget.limit),
    budgetPeriod: budget && budget.period,
  };
  await tx.plan.upsert({ where: { id }, create: { id, ...data }, update: { ...data, version: { increment: 1 }, updatedAt: new Date() } });
  if (budget) await changePlanBudget(tx, planBudgetId(id, budget.period), parseUsd(budget.limit));
  // A caller is kept in memory with its plan's budget.
  await bumpVersion(tx, 'keys');
}

/** A retention class that no plan had before needs its log partitions now, not when the daily job comes around. */
async function ensureLogPartitions(tx: Tx, retentionDays: number): Promise<void> {
  await tx.$executeRaw`
    SELECT logs.ensure_partitions(ARRAY[${`d${retentionDays}`}], (now() AT TIME ZONE 'utc')::date - 1, (now() AT TIME ZONE 'utc')::date + 3)`;
}

function present<T>(item: T | undefined): T {
  if (item === undefined) throw new Error('a change names an item that is not in the desired state');
  return item;
}
