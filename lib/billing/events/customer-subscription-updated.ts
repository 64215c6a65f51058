import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** Something of a subscription changed; its present state is read from Stripe. */
export const customerSubscriptionUpdated: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
