import { FairleadError } from '@/lib/kernel/errors';
import type { Billing } from './client';
import { isMissing } from './client';

const MARK = 'fairlead_portal';

/**
 * The address of Stripe's own page for cards, tax ids, addresses and invoices. It is a key to the customer's account:
 * never logged, never kept. Plans are changed in the product, where the change can be previewed.
 */
export async function openPortal(billing: Billing, customer: string | null, returnUrl: string): Promise<string> {
  if (!customer) throw new FairleadError('not_found', 'There is nothing to manage at Stripe yet: nothing was bought.');
  const configuration = await ensureConfiguration(billing);
  try {
    return (await billing.stripe.billingPortal.sessions.create({ customer, configuration, return_url: returnUrl })).url;
  } catch (error) {
    if (isMissing(error))
      throw new FairleadError('not_found', 'The customer no longer exists at Stripe. The next checkout makes a new one.', { internal: error });
    throw error;
  }
}

async function ensureConfiguration(billing: Billing): Promise<string> {
  for await (const { id, metadata } of billing.stripe.billingPortal.configurations.list({ active: true, limit: 100 }))
    if (metadata?.made_for === MARK) return id;
  const made = await billing.stripe.billingPortal.configurations.create(
    {
      features: {
        customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address', 'phone', 'tax_id'] },
        invoice_history: { enabled: true },
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true, mode: 'at_period_end' },
      },
      metadata: { made_for: MARK },
    },
    { idempotencyKey: 'portal:1' },
  );
  return made.id;
}
