import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A change of plan that waited for its payment has it. */
export const customerSubscriptionPendingUpdateApplied: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
