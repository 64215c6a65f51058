import { type CompiledCard, compileCard } from '@/lib/catalog';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd } from '@/lib/kernel/money';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem, type Tx } from '@/lib/store';

/** One price card. Cards are never changed: a new price is a new card from a later day. */
export interface CardView {
  id: string;
  effectiveFrom: string;
  currency: string;
  fxRate: string | null;
  source: string;
  /** Null: everybody's; else the organization it was made for. */
  organization: { id: string; name: string } | null;
  /** Dollars per million tokens; null for a card that cannot be read. */
  inputUsd: string | null;
  outputUsd: string | null;
  cachedInputUsd: string | null;
  tiers: number;
  state: 'past' | 'in_force' | 'future';
}

export interface OperatorModel {
  id: string;
  displayName: string | null;
  provider: { id: string; label: string; adapter: string };
  upstreamModel: string;
  kind: string;
  contextWindow: number | null;
  maxOutputTokens: number | null;
  capabilities: string[];
  enabled: boolean;
  demo: boolean;
  retiresAt: string | null;
  /** What providers charge now; null: unpriced, and refused under a dollar limit. */
  price: CardView | null;
  /** The next card that will take over, when one is set. */
  next: CardView | null;
  /** Aliases that have it as a target. */
  aliases: string[];
}

export interface OperatorModelDetail extends OperatorModel {
  /** Newest first; also those of single organizations. */
  cards: CardView[];
}

/** Every model of the installation, by id. */
export async function listOperatorModels(_args: { ctx: OperatorCtx }): Promise<OperatorModel[]> {
  const models = await asSystem((tx) => readModels(tx));
  return models.map(({ cards: _cards, ...model }) => model);
}

/** One model with the history of its prices. Throws `not_found`. */
export async function getOperatorModel({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<OperatorModelDetail> {
  const [model] = await asSystem((tx) => readModels(tx, input.id));
  if (!model) throw new FairleadError('not_found');
  return model;
}

async function readModels(tx: Tx, id?: string): Promise<OperatorModelDetail[]> {
  const rows = await tx.model.findMany({
    where: id === undefined ? {} : { id },
    include: { provider: true, cards: { orderBy: [{ effectiveFrom: 'desc' }, { createdAt: 'desc' }] } },
    orderBy: { id: 'asc' },
  });
  const aliases = (await tx.alias.findMany({ select: { name: true, targets: true } })).map(({ name, targets }) => ({ name, models: (targets as { model: string }[]).map(({ model }) => model) }));
  const orgIds = [...new Set(rows.flatMap(({ cards }) => cards.flatMap(({ orgId }) => (orgId ? [orgId] : []))))];
  const orgs = new Map((await tx.organization.findMany({ where: { id: { in: orgIds } }, select: { id: true, name: true } })).map((org) => [org.id, org]));
  const now = Date.now();
  return rows.map((row) => {
    const inForce = row.cards.find((card) => card.orgId === null && card.effectiveFrom.getTime() <= now);
    const cards = row.cards.map((card) => viewCard(card, now, card.id === inForce?.id, orgs));
    const future = cards.filter(({ state, organization }) => state === 'future' && organization === null);
    return {
      id: row.id,
      displayName: row.displayName,
      provider: { id: row.providerId, label: row.provider.label ?? row.providerId, adapter: row.provider.adapter },
      upstreamModel: row.upstreamModel,
      kind: row.kind,
      contextWindow: row.contextWindow,
      maxOutputTokens: row.maxOutputTokens,
      capabilities: row.capabilities,
      enabled: row.enabled,
      demo: row.provider.adapter === 'demo',
      retiresAt: row.retiresAt?.toISOString() ?? null,
      price: cards.find(({ id: card }) => card === inForce?.id) ?? null,
      next: future.at(-1) ?? null,
      aliases: aliases.filter(({ models }) => models.includes(row.id)).map(({ name }) => name),
      cards,
    };
  });
}

interface CardColumns {
  id: string;
  orgId: string | null;
  effectiveFrom: Date;
  currency: string;
  fxRate: string | null;
  rates: unknown;
  tiers: unknown;
  source: string;
}

function viewCard(row: CardColumns, now: number, isInForce: boolean, orgs: ReadonlyMap<string, { id: string; name: string }>): CardView {
  const rates = readRates(row);
  const begun = row.effectiveFrom.getTime() <= now;
  return {
    id: row.id,
    effectiveFrom: row.effectiveFrom.toISOString(),
    currency: row.currency,
    fxRate: row.fxRate,
    source: row.source,
    organization: row.orgId === null ? null : (orgs.get(row.orgId) ?? { id: row.orgId, name: row.orgId }),
    inputUsd: rates && formatUsd(rates.input),
    outputUsd: rates && formatUsd(rates.output),
    cachedInputUsd: rates && rates.cachedInput !== rates.input ? formatUsd(rates.cachedInput) : null,
    tiers: Array.isArray(row.tiers) ? row.tiers.length : 0,
    state: !begun ? 'future' : isInForce || row.orgId !== null ? 'in_force' : 'past',
  };
}

/** The rates a list shows: of the first step without hours. */
function readRates(row: CardColumns): CompiledCard['rates'] | null {
  try {
    const card = compileCard({ id: row.id, currency: row.currency, fx_rate: row.fxRate, rates: row.rates, tiers: row.tiers } as Parameters<typeof compileCard>[0]);
    return card.tiers.find(({ windows }) => windows === null)?.rates ?? card.rates;
  } catch {
    return null;
  }
}
