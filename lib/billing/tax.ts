import type Stripe from 'stripe';
import { asSystem } from '@/lib/store';

/**
 * Prices are without tax: what tax adds comes on top and is never credit. Said on each price, because an account's own
 * default may be the other way round.
 */
export const TAX_BEHAVIOR = 'exclusive';

/**
 * What a Checkout session asks for and works out about tax. Business details and tax ids are always asked for; Stripe
 * computes the tax where the operator switched `automaticTax` on, for a subscription's later invoices too.
 */
export async function readCheckoutTax(): Promise<Partial<Stripe.Checkout.SessionCreateParams>> {
  const row = await asSystem((tx) => tx.setting.findUnique({ where: { key: 'automaticTax' } }));
  return {
    tax_id_collection: { enabled: true },
    customer_update: { name: 'auto', address: 'auto' },
    ...(row?.value === true && { automatic_tax: { enabled: true } }),
  };
}
