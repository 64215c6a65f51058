import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** An invoice that nobody expects to be paid. */
export const invoiceMarkedUncollectible: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
