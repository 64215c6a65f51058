import { type Billing, idOf, isMissing } from '../client';
import { ENDED } from '../subscription-states';

/** The card that may be charged without the person: the customer's default, else the one its subscription is paid with. */
export async function findSavedCard(billing: Billing, customerId: string): Promise<string | null> {
  try {
    const customer = await billing.stripe.customers.retrieve(customerId);
    if (customer.deleted) return null;
    const preferred = idOf(customer.invoice_settings.default_payment_method);
    if (preferred) return preferred;
    for await (const { status, default_payment_method: method } of billing.stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 100 }))
      if (method && !ENDED.has(status)) return idOf(method);
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
