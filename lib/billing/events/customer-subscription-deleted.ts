import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A subscription is over: the organization returns to the default plan and keeps its credit. */
export const customerSubscriptionDeleted: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
