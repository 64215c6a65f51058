import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A trial ended without a card. */
export const customerSubscriptionPaused: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
