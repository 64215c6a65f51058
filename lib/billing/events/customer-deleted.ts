import type { EventHandler } from '../process-events';
import { raiseAlert } from '../alerts';
import { syncCustomer } from '../sync-customer';

/** The subscriptions went with the customer; the credit stays. Its id stays on the organization until the next checkout replaces it. */
export const customerDeleted: EventHandler = async ({ tx, billing, event }) => {
  if (!event.customerId) return 'the event names no customer';
  const org = await tx.organization.findUnique({ where: { stripeCustomerId: event.customerId } });
  if (org) await raiseAlert(tx, { kind: 'deleted_customer', orgId: org.id, targetId: event.customerId, detail: 'the customer was deleted at Stripe; the next checkout makes a new one' });
  return syncCustomer(tx, billing, event.customerId);
};
