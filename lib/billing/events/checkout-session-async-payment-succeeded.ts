import type { EventHandler } from '../process-events';
import { settleCheckout } from '../settle-checkout';

/** A delayed method has paid. */
export const checkoutSessionAsyncPaymentSucceeded: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleCheckout(tx, billing, event.objectId) : 'the event names no session';
