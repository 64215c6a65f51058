import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { applyConfig } from '@/lib/services/config/apply-config';
import type { Change } from '@/lib/services/config/diff-state';
import type { ModelItem } from '@/lib/services/config/items';
import { planConfig } from '@/lib/services/config/plan-config';
import { PricesSchema } from '@/lib/services/config/prices-schema';
import { readState } from '@/lib/services/config/read-state';
import type { ModelEntry } from '@/lib/services/config/schema';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';

const Card = z.looseObject({
  currency: z.string(),
  region: z.string().optional(),
  effectiveFrom: z.iso.datetime({ offset: true }).optional(),
  rates: z.record(z.string(), z.string()),
  tiers: z.array(z.looseObject({ rates: z.record(z.string(), z.string()) })).optional(),
  fxRate: z.string().optional(),
});
const Part = z.looseObject({ adapter: z.string(), models: z.array(z.looseObject({ id: z.string(), cards: z.array(Card).min(1) })) });
/** The form of `lib/catalog/data`: one provider's models with dated cards; a file may hold several of them in a list. */
const Parts = z.array(Part).min(1);

export interface UpdatePricesInput {
  text: string;
  /** Write it; otherwise only say what would change. */
  apply: boolean;
  /** Leave models alone whose price the operator set by hand. */
  keepOwn: boolean;
}

export interface UpdatedPrices {
  changes: Change[];
  /** Models of the installation that the file says nothing of. */
  notInFile: string[];
  /** Models whose price was set by hand and stays. */
  kept: string[];
}

/**
 * Takes prices from a catalogue file. Every change is a new card from now on, or from the day the file names when that is
 * still to come; cards that were in force stay as they are. Throws `invalid_request` with the path of a mistake.
 */
export async function updatePrices({ ctx, input }: { ctx: OperatorCtx; input: UpdatePricesInput }): Promise<UpdatedPrices> {
  const parts = parseFile(input.text);
  const { state, own } = await asSystem(async (tx) => ({ state: (await readState(tx)).state, own: await pricedByHand(tx) }));
  const found: ModelEntry[] = [];
  const [notInFile, kept]: [string[], string[]] = [[], []];
  for (const model of state.models.values()) {
    const provider = state.providers.get(model.provider);
    if (!provider || provider.adapter === 'demo') continue;
    const cards = parts
      .filter(({ adapter }) => adapter === provider.adapter)
      .flatMap(({ models }) => models.filter(({ id }) => id === model.upstreamModel).flatMap((entry) => entry.cards));
    const regional = cards.filter(({ region }) => region === provider.baseUrl);
    const fitting = regional.length > 0 ? regional : cards.filter(({ region }) => region === cards[0]?.region);
    if (fitting.length === 0) notInFile.push(model.id);
    else if (input.keepOwn && own.has(model.id)) kept.push(model.id);
    else found.push(toEntry(model, fitting));
  }
  const text = JSON.stringify({ apiVersion: 'fairlead/v1', models: found });
  const call = { ctx, input: { text, fromCatalogue: true }, surroundings: configSurroundings('remote') };
  const changes = input.apply ? await applyConfig({ ...call, audit: { action: 'catalogue.update', targetType: 'catalogue' } }) : await planConfig(call);
  return { changes, notInFile, kept };
}

function parseFile(text: string): z.output<typeof Parts> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FairleadError('invalid_request', 'The file is not JSON.');
  }
  const parsed = Parts.safeParse(Array.isArray(value) ? value : [value]);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(file)'}: ${message}`);
  throw new FairleadError('invalid_request', `The file is no catalogue; nothing was changed.\n${lines.join('\n')}`, {
    param: parsed.error.issues[0]?.path.join('.') || null,
  });
}

/** The latest card in force becomes the price, later ones are scheduled beside those there are. */
function toEntry(model: ModelItem, cards: readonly z.output<typeof Card>[]): ModelEntry {
  const now = new Date().toISOString();
  const dated = cards
    .map((card) => ({ from: card.effectiveFrom === undefined ? '' : new Date(card.effectiveFrom).toISOString(), prices: toPrices(model.id, card) }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const present = dated.filter(({ from }) => from <= now).at(-1);
  const later = dated.filter(({ from }) => from > now).map(({ from, prices }) => ({ from, ...prices }));
  const kept = model.scheduledPrices.filter(({ from }) => !later.some((card) => card.from === from));
  return {
    id: model.id,
    provider: model.provider,
    ...(present ? { prices: present.prices } : {}),
    ...(later.length > 0 ? { scheduledPrices: [...kept, ...later] } : {}),
  };
}

function toPrices(id: string, { currency, region, fxRate, rates, tiers }: z.output<typeof Card>): z.output<typeof PricesSchema> {
  const flat = {
    currency,
    ...(region === undefined ? {} : { region }),
    ...(fxRate === undefined ? {} : { fxRate }),
    ...rates,
    ...(tiers ? { tiers: tiers.map(({ rates: inner, ...bounds }) => ({ ...bounds, ...inner })) } : {}),
  };
  const parsed = PricesSchema.safeParse(flat);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FairleadError('invalid_request', `The price of ${id} cannot be used: ${issue?.path.join('.')}: ${issue?.message}`, { param: id });
}

/** Models whose card in force was written by the operator. */
async function pricedByHand(tx: Tx): Promise<Set<string>> {
  const cards = await tx.priceCard.findMany({
    where: { orgId: null, effectiveFrom: { lte: new Date() } },
    orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }],
    select: { modelId: true, source: true },
  });
  const latest = new Map(cards.map(({ modelId, source }) => [modelId, source]));
  return new Set([...latest].filter(([, source]) => source === 'operator').map(([id]) => id));
}
