import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A change of plan that waited for its payment never got it. */
export const customerSubscriptionPendingUpdateExpired: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
