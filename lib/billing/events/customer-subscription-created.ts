import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A subscription began; what it gives is read from Stripe. */
export const customerSubscriptionCreated: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
