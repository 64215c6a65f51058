import type { EventHandler } from '../process-events';
import { settleCheckout } from '../settle-checkout';

/** Paid, or complete and still unpaid with a delayed method: then nothing is granted yet. */
export const checkoutSessionCompleted: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleCheckout(tx, billing, event.objectId) : 'the event names no session';
