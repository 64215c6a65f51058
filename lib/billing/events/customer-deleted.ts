import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** The subscriptions went with the customer. Its id stays on the organization until the next checkout replaces it. */
export const customerDeleted: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
