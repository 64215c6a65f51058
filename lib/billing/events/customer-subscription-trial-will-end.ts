import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** Three days before a trial ends: the row is brought up to date, so that the page says so. */
export const customerSubscriptionTrialWillEnd: EventHandler = async ({ tx, billing, event }) =>
  event.customerId ? syncCustomer(tx, billing, event.customerId) : 'the event names no customer';
