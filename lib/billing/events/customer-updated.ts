import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** Cards and addresses are Stripe’s; the subscriptions are looked at again. */
export const customerUpdated: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
