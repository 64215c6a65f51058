import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { listPage } from './list-page';
import { mergeMetadata } from './merge-metadata';
import { buildProduct, getProduct, type ProductParams } from './products';

export interface PriceParams {
  currency: string;
  unit_amount?: number;
  unit_amount_decimal?: string;
  recurring?: { interval: 'day' | 'week' | 'month' | 'year'; interval_count?: number; usage_type?: 'licensed' | 'metered'; meter?: string };
  product?: string;
  product_data?: ProductParams;
  lookup_key?: string;
  transfer_lookup_key?: boolean;
  nickname?: string;
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified';
  active?: boolean;
  metadata?: Metadata | '';
}

/** Makes a price, also the unnamed one of a `price_data` line. */
export function addPrice(sim: Simulator, params: PriceParams): Price {
  const { recurring } = params;
  if (params.unit_amount === undefined && params.unit_amount_decimal === undefined)
    throw invalidRequest('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (params.unit_amount !== undefined && params.unit_amount < 0)
    throw invalidRequest('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  if (recurring?.usage_type === 'metered' && !recurring.meter)
    throw invalidRequest('Metered prices must name a meter.', 'recurring[meter]', 'parameter_missing');
  if ((params.product === undefined) === (params.product_data === undefined))
    throw invalidRequest('You must specify exactly one of product and product_data.', 'product', 'parameters_exclusive');
  const price = buildPrice(sim, params, params.product ? getProduct(sim, params.product).id : addProduct(sim, params.product_data ?? {}));
  if (price.lookup_key !== null) claimLookupKey(sim, price.lookup_key, params.transfer_lookup_key ?? false);
  sim.state.prices[price.id] = price;
  sim.touch();
  return price;
}

function buildPrice(sim: Simulator, params: PriceParams, product: string) {
  const { recurring } = params;
  return {
    id: sim.newId('price'),
    object: 'price' as const,
    active: params.active ?? true,
    billing_scheme: 'per_unit' as const,
    created: sim.nowS(),
    currency: params.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false as const,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: recurring.meter ?? null,
          trial_period_days: null,
          usage_type: recurring.usage_type ?? ('licensed' as const),
        }
      : null,
    tax_behavior: params.tax_behavior ?? ('unspecified' as const),
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? ('recurring' as const) : ('one_time' as const),
    unit_amount: params.unit_amount ?? null,
    unit_amount_decimal: params.unit_amount_decimal ?? String(params.unit_amount),
  };
}

export type Price = ReturnType<typeof buildPrice>;

function addProduct(sim: Simulator, params: ProductParams): string {
  const product = buildProduct(sim, params);
  sim.state.products[product.id] = product;
  return product.id;
}

function claimLookupKey(sim: Simulator, key: string, transfer: boolean): void {
  const holder = Object.values(sim.state.prices).find((price) => price.lookup_key === key);
  if (!holder) return;
  if (!transfer) throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, 'lookup_key', 'resource_already_exists');
  holder.lookup_key = null;
}

export const createPrice: Handler = (sim, params) => {
  const price = addPrice(sim, params as unknown as PriceParams);
  sim.emit('price.created', price);
  return price;
};

export const retrievePrice: Handler = (sim, _params, id) => getPrice(sim, id, 'id');

export const updatePrice: Handler = (sim, params, id) => {
  const price = getPrice(sim, id, 'id');
  const { active, lookup_key, transfer_lookup_key, nickname, metadata } = params as Partial<PriceParams>;
  if (lookup_key !== undefined && lookup_key !== price.lookup_key) {
    claimLookupKey(sim, lookup_key, transfer_lookup_key ?? false);
    price.lookup_key = lookup_key;
  }
  if (active !== undefined) price.active = active;
  if (nickname !== undefined) price.nickname = nickname;
  price.metadata = mergeMetadata(price.metadata, metadata);
  sim.touch();
  sim.emit('price.updated', price);
  return price;
};

export const listPrices: Handler = (sim, params) => {
  const {
    active,
    currency,
    product,
    type,
    lookup_keys: keys,
  } = params as { active?: boolean; currency?: string; product?: string; type?: string; lookup_keys?: string[] };
  const found = Object.values(sim.state.prices).filter(
    (price) =>
      (active === undefined || price.active === active) &&
      (currency === undefined || price.currency === currency) &&
      (product === undefined || price.product === product) &&
      (type === undefined || price.type === type) &&
      (!keys || (price.lookup_key !== null && keys.includes(price.lookup_key))),
  );
  return listPage(found, params, '/v1/prices');
};

export function getPrice(sim: Simulator, id: string, param = 'price'): Price {
  const price = sim.state.prices[id];
  if (!price) throw resourceMissing('price', id, param);
  return price;
}
