import { idOf } from '../client';
import type { EventHandler } from '../process-events';
import { settleRefunds } from '../settle-refunds';

/** Takes back the credit of a refunded payment, once per refund. */
export const chargeRefunded: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no charge';
  const { payment_intent: payment } = await billing.stripe.charges.retrieve(event.objectId);
  const paymentId = idOf(payment);
  return paymentId ? settleRefunds(tx, billing, paymentId) : 'the charge belongs to no payment of ours';
};
