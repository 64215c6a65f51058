import { idOf } from '../client';
import type { EventHandler } from '../process-events';
import { settleRefunds } from '../settle-refunds';

/** A refund may go through at once; the charge says the same a moment later. */
export const refundCreated: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no refund';
  const { payment_intent: payment } = await billing.stripe.refunds.retrieve(event.objectId);
  const paymentId = idOf(payment);
  return paymentId ? settleRefunds(tx, billing, paymentId) : 'the refund belongs to no payment of ours';
};
