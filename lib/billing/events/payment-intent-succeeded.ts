import type { EventHandler } from '../process-events';
import { settlePaymentIntent } from '../settle-payment-intent';

/** Ends where the session's own event ends: at one grant for the payment. */
export const paymentIntentSucceeded: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settlePaymentIntent(tx, billing, event.objectId) : 'the event names no payment';
