import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { type Tx, bumpVersion } from '@/lib/store';
import { DEMO_PROVIDER_ID, STARTER_ALIASES, STARTER_MODELS, STARTER_PLANS, STARTER_SETTINGS, type StarterAlias, type StarterModel, type StarterPlan } from './starter';

/** Names of everything that was ever seeded: what an operator removed since must not come back at the next start. */
const SEEDED_SETTING = 'catalogue.seeded';

/**
 * Loads the starter catalogue. Runs at every start: it adds what this installation never had (also items that came
 * with an upgrade), and never touches a row that exists or one that an operator removed.
 * Answers the names it added, such as `plan:free`.
 */
export async function seedCatalogue(tx: Tx): Promise<string[]> {
  // Two products may start on one database at the same time; the second waits and then finds nothing to do.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('fairlead.catalogue'))`;
  const seeded = new Set(await readSeeded(tx));
  const added: string[] = [];

  const once = async (name: string, create: () => Promise<void>): Promise<void> => {
    if (seeded.has(name)) return;
    await create();
    added.push(name);
  };

  for (const [key, value] of Object.entries(STARTER_SETTINGS)) {
    await once(`setting:${key}`, async () => {
      await tx.setting.createMany({ data: [{ key, value }], skipDuplicates: true });
    });
  }
  for (const [position, plan] of STARTER_PLANS.entries()) await once(`plan:${plan.id}`, () => seedPlan(tx, plan, position));
  await once(`provider:${DEMO_PROVIDER_ID}`, async () => {
    await tx.provider.createMany({ data: [{ id: DEMO_PROVIDER_ID, adapter: DEMO_PROVIDER_ID, label: 'Demo' }], skipDuplicates: true });
  });
  for (const model of STARTER_MODELS) await once(`model:${model.id}`, () => seedModel(tx, model));
  for (const alias of STARTER_ALIASES) await once(`alias:${alias.name}`, () => seedAlias(tx, alias));

  if (added.length > 0) {
    const value = [...seeded, ...added].sort();
    await tx.setting.upsert({ where: { key: SEEDED_SETTING }, create: { key: SEEDED_SETTING, value }, update: { value } });
    await bumpVersion(tx, 'policy');
    await bumpVersion(tx, 'keys');
  }
  return added;
}

async function readSeeded(tx: Tx): Promise<string[]> {
  const row = await tx.setting.findUnique({ where: { key: SEEDED_SETTING } });
  return Array.isArray(row?.value) ? row.value.filter((name): name is string => typeof name === 'string') : [];
}

async function seedPlan(tx: Tx, plan: StarterPlan, position: number): Promise<void> {
  const { monthly, includedCredit, ...rest } = plan;
  await tx.plan.createMany({
    data: [{ ...rest, position, monthlyNano: parseUsd(monthly), includedCreditNano: parseUsd(includedCredit), deny: [] }],
    skipDuplicates: true,
  });
}

async function seedModel(tx: Tx, model: StarterModel): Promise<void> {
  const { input, output, ...rest } = model;
  await tx.model.createMany({ data: [{ ...rest, providerId: DEMO_PROVIDER_ID, upstreamModel: model.id }], skipDuplicates: true });
  if ((await tx.priceCard.count({ where: { modelId: model.id } })) > 0) return;
  await tx.priceCard.create({
    data: { id: newId('card'), modelId: model.id, effectiveFrom: new Date(), rates: { input, output }, source: 'catalogue' },
  });
}

async function seedAlias(tx: Tx, alias: StarterAlias): Promise<void> {
  const { name, description } = alias;
  await tx.alias.createMany({
    data: [{ id: newId('als'), name, description, targets: alias.targets.map((model) => ({ model })) }],
    skipDuplicates: true,
  });
}
