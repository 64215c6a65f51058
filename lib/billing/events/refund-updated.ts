import { idOf } from '../client';
import type { EventHandler } from '../process-events';
import { settleRefunds } from '../settle-refunds';

/** A refund that took its time. */
export const refundUpdated: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no refund';
  const { payment_intent: payment } = await billing.stripe.refunds.retrieve(event.objectId);
  const paymentId = idOf(payment);
  return paymentId ? settleRefunds(tx, billing, paymentId) : 'the refund belongs to no payment of ours';
};
