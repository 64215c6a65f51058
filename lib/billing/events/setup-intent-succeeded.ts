import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** A card was saved; the session that saved it says for whom. */
export const setupIntentSucceeded: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
