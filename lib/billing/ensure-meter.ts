import { asSystem } from '@/lib/store';
import { type Billing, idOf, isMissing } from './client';
import { CURRENCY, METER_UNIT_CENTS } from './convert';
import { TAX_BEHAVIOR } from './tax';

/** Names our meter at Stripe; its unit is one micro-dollar of usage as priced by us. */
export const METER_EVENT = 'fairlead_usage_microusd';
const LOOKUP_KEY = 'fairlead_usage';

export interface Meter {
  meterId: string;
  priceId: string;
}

/**
 * The one meter of the account and the one metered price that every plan carries, so that a change of plan never swaps
 * it. Found by name and lookup key, made when missing, remembered in our table.
 */
export async function ensureMeter(billing: Billing): Promise<Meter> {
  const known = await asSystem((tx) => tx.stripeMeter.findUnique({ where: { simulated: billing.simulated } }));
  if (known && (await stillThere(billing, known.priceId))) return known;
  const meterId = await findOrMakeMeter(billing);
  const price = await findOrMakePrice(billing, meterId);
  const row = { meterId, ...price };
  await asSystem((tx) => tx.stripeMeter.upsert({ where: { simulated: billing.simulated }, create: { simulated: billing.simulated, ...row }, update: row }));
  return row;
}

async function stillThere(billing: Billing, priceId: string): Promise<boolean> {
  try {
    return (await billing.stripe.prices.retrieve(priceId)).active;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function findOrMakeMeter(billing: Billing): Promise<string> {
  for await (const meter of billing.stripe.billing.meters.list({ status: 'active', limit: 100 })) if (meter.event_name === METER_EVENT) return meter.id;
  const made = await billing.stripe.billing.meters.create(
    {
      display_name: 'Fairlead usage (micro-dollars)',
      event_name: METER_EVENT,
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    },
    { idempotencyKey: `meter:${METER_EVENT}` },
  );
  return made.id;
}

async function findOrMakePrice(billing: Billing, meterId: string): Promise<{ priceId: string; productId: string }> {
  const { data } = await billing.stripe.prices.list({ lookup_keys: [LOOKUP_KEY], active: true, limit: 1 });
  const [found] = data;
  if (found?.recurring?.meter === meterId) return { priceId: found.id, productId: idOf(found.product) ?? '' };
  const product = await billing.stripe.products.create(
    { name: 'Usage beyond the included credit', metadata: { fairlead: 'usage' } },
    { idempotencyKey: `product:usage:${meterId}` },
  );
  const price = await billing.stripe.prices.create(
    {
      product: product.id,
      currency: CURRENCY,
      unit_amount_decimal: METER_UNIT_CENTS as never,
      recurring: { interval: 'month', usage_type: 'metered', meter: meterId },
      tax_behavior: TAX_BEHAVIOR,
      lookup_key: LOOKUP_KEY,
      transfer_lookup_key: true,
    },
    { idempotencyKey: `price:usage:${meterId}` },
  );
  return { priceId: price.id, productId: product.id };
}
