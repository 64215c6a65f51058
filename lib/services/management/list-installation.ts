import type { OperatorCtx } from '@/lib/services/context';
import type { ConfigState } from '@/lib/services/config/items';
import { readState } from '@/lib/services/config/read-state';
import { asSystem, type Tx } from '@/lib/store';
import { newestFirst, type Page, type PageQuery, pageOf, toPage } from './page';
import { toSnakeCase } from './snake-case';

type Kind = 'providers' | 'models' | 'aliases' | 'plans';

/** Providers, models, aliases or plans of the whole installation, as fairlead.yaml names their parts; never a secret. */
export async function listInstallation({ input }: { ctx: OperatorCtx; input: { kind: Kind; page: PageQuery } }): Promise<Page<{ id: string }>> {
  const { state } = await asSystem((tx) => readState(tx));
  const items = [...(state[input.kind] as ConfigState['providers'] | ConfigState['aliases']).entries()];
  return pageOf(
    items.map(([id, item]) => ({ ...(toSnakeCase(item) as object), id })),
    input.page,
  );
}

export interface PriceCardJson {
  id: string;
  model: string;
  organization_id: string | null;
  effective_from: string;
  currency: string;
  fx_rate: string | null;
  region: string | null;
  rates: unknown;
  tiers: unknown;
  source: string;
  created_at: string;
}

/** Every price card ever, newest first: which one priced a call of last month stays answerable. */
export async function listPrices({ input }: { ctx: OperatorCtx; input: PageQuery & { model?: string } }): Promise<Page<PriceCardJson>> {
  const rows = await asSystem((tx) => tx.priceCard.findMany({ where: input.model ? { modelId: input.model } : {}, ...newestFirst(input) }));
  return toPage(rows, input.limit, toPriceCardJson);
}

type PriceCardRow = Awaited<ReturnType<Tx['priceCard']['findMany']>>[number];

export function toPriceCardJson(row: PriceCardRow): PriceCardJson {
  return {
    id: row.id,
    model: row.modelId,
    organization_id: row.orgId,
    effective_from: row.effectiveFrom.toISOString(),
    currency: row.currency,
    fx_rate: row.fxRate,
    region: row.region,
    rates: toSnakeCase(row.rates),
    tiers: toSnakeCase(row.tiers),
    source: row.source,
    created_at: row.createdAt.toISOString(),
  };
}
