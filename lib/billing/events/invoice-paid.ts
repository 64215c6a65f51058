import type { EventHandler } from '../process-events';
import { idOf } from '../client';
import { grantPlanCredit } from '../plan-credit';
import { recordPlanPayment } from '../plan-payment';
import { syncCustomer } from '../sync-customer';

/** A paid period: the plan holds, and its included credit comes once. */
export const invoicePaid: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no invoice';
  const invoice = await billing.stripe.invoices.retrieve(event.objectId);
  const customerId = idOf(invoice.customer);
  const org = customerId ? await tx.organization.findUnique({ where: { stripeCustomerId: customerId } }) : null;
  if (!org || !customerId) return 'no organization has this customer';
  await recordPlanPayment(tx, billing, org.id, invoice);
  const note = await syncCustomer(tx, billing, customerId);
  const credited = await grantPlanCredit(tx, billing, org.id, invoice);
  return credited ? `${note}; its credit is granted` : note;
};
