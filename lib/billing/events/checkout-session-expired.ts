import type { EventHandler } from '../process-events';
import { settleCheckout } from '../settle-checkout';

/** Frees the organization to start another checkout. */
export const checkoutSessionExpired: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settleCheckout(tx, billing, event.objectId) : 'the event names no session';
