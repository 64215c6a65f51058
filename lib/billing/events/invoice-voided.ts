import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** An invoice that no longer has to be paid. */
export const invoiceVoided: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
