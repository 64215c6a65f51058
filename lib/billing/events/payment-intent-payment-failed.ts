import type { EventHandler } from '../process-events';
import { settlePaymentIntent } from '../settle-payment-intent';

/** An auto-recharge that the bank refused; a person at Checkout has seen it there. */
export const paymentIntentPaymentFailed: EventHandler = async ({ tx, billing, event }) =>
  event.objectId ? settlePaymentIntent(tx, billing, event.objectId) : 'the event names no payment';
