import { type Billing, idOf, isMissing } from '../client';
import { ENDED } from '../subscription-states';

/** The card that may be charged without the person: the customer's default, else the one its subscription is paid with. */
export async function findSavedCard(billing: Billing, customerId: string): Promise<string | null> {
  try {
    const customer = await billing.stripe.customers.retrieve(customerId);
    if (customer.deleted) return null;
    const preferred = idOf(customer.invoice_settings.default_payment_method);
    if (preferred) return preferred;
    const { data } = await billing.stripe.subscriptions.list({ customer: customerId, status: 'all', limit: 20 });
    const live = data.find(({ status, default_payment_method: method }) => !ENDED.has(status) && method);
    return idOf(live?.default_payment_method);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
