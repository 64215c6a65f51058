import type Stripe from 'stripe';
import { asSystem, type Tx } from '@/lib/store';

/**
 * Prices are without tax: what tax adds comes on top and is never credit. Said on each price, because an account's own
 * default may be the other way round.
 */
export const TAX_BEHAVIOR = 'exclusive';

/** True while the operator lets Stripe work out the tax of what is sold. */
export async function readAutomaticTax(tx: Tx): Promise<boolean> {
  return (await tx.setting.findUnique({ where: { key: 'automaticTax' } }))?.value === true;
}

/**
 * What a Checkout session asks for and works out about tax. Business details and tax ids are always asked for; Stripe
 * computes the tax where the operator switched `automaticTax` on, for a subscription's later invoices too.
 */
export async function readCheckoutTax(): Promise<Partial<Stripe.Checkout.SessionCreateParams>> {
  const isAutomatic = await asSystem(readAutomaticTax);
  return {
    tax_id_collection: { enabled: true },
    customer_update: { name: 'auto', address: 'auto' },
    ...(isAutomatic && { automatic_tax: { enabled: true } }),
  };
}
