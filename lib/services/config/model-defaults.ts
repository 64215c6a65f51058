import { catalogueCard, findCatalogueModel } from '@/lib/catalog';
import { toPrices } from './canonical';
import type { ProviderItem } from './items';
import type { ModelDefaults } from './merge-entries';

const UNKNOWN: ModelDefaults = { kind: 'chat', displayName: null, contextWindow: null, maxOutputTokens: null, capabilities: [], prices: null };

/** What the catalogue knows of a provider's model at that provider's endpoint. Prices drift: the plan shows them before they apply. */
export function modelDefaults(provider: ProviderItem | undefined, upstreamModel: string): ModelDefaults {
  const known = provider && findCatalogueModel(provider.adapter, upstreamModel);
  if (!known) return UNKNOWN;
  const card = catalogueCard(known, provider.baseUrl);
  return {
    kind: known.kind,
    displayName: known.displayName,
    contextWindow: known.contextWindow,
    maxOutputTokens: known.maxOutputTokens,
    capabilities: known.capabilities,
    prices: card && toPrices({ currency: card.currency, fxRate: card.fxRate, region: card.region, ...card.rates, tiers: card.tiers?.map(({ rates, ...bounds }) => ({ ...bounds, ...rates })) }),
  };
}
