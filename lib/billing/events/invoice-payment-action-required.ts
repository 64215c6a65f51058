import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A renewal waits for the person to confirm it; the account shows where. */
export const invoicePaymentActionRequired: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
