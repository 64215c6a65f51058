import type { EventHandler } from '../process-events';
import { settleCheckout } from '../settle-checkout';

/** Also serves the delayed payment methods, whose session completes unpaid and is paid later. */
export const checkoutSessionCompleted: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleCheckout(tx, billing, event.objectId) : 'the event names no session';
