import type { Prisma } from '@/lib/store';
import { toPrices } from './canonical';
import type { PricesItem, Rates, TierItem } from './items';

type CardColumns = Pick<Prisma.PriceCardUncheckedCreateInput, 'currency' | 'fxRate' | 'region' | 'rates' | 'tiers'>;

/** Prices as the columns of a card. */
export function toCardColumns({ currency, fxRate, region, tiers, ...rates }: PricesItem): CardColumns {
  return {
    currency,
    fxRate: fxRate ?? null,
    region: region ?? null,
    rates: { ...rates },
    tiers: (tiers ?? []).map(({ maxInput, maxOutput, windows, ...rest }) => ({
      ...(maxInput ? { maxInput } : {}),
      ...(maxOutput ? { maxOutput } : {}),
      ...(windows ? { windows: windows.map((window) => ({ ...window })) } : {}),
      rates: { ...rest },
    })),
  };
}

/** A card as the prices that it was written from. */
export function toCardPrices(card: { currency: string; fxRate: string | null; region: string | null; rates: unknown; tiers: unknown }): PricesItem {
  return toPrices({
    currency: card.currency,
    fxRate: card.fxRate ?? undefined,
    region: card.region ?? undefined,
    ...(card.rates as Rates),
    tiers: (card.tiers as (Pick<TierItem, 'maxInput' | 'maxOutput' | 'windows'> & { rates: Rates })[]).map(({ rates, ...bounds }) => ({ ...bounds, ...rates })),
  });
}
