import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A paused subscription goes on. */
export const customerSubscriptionResumed: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
