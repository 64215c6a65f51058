import { log } from '@/lib/log';
import type { Tx } from '@/lib/store';
import { type Billing, isStripeError } from './client';
import { settleDispute } from './settle-dispute';
import { settleRefunds } from './settle-refunds';

/**
 * A refund or a dispute may have been told of before its payment, when nothing was known yet that it could take back. What
 * was paid is not kept waiting when Stripe cannot say: the hourly sync looks at every recent refund and dispute.
 */
export async function takeBackEarlier(tx: Tx, billing: Billing, paymentId: string): Promise<void> {
  try {
    await settleRefunds(tx, billing, paymentId);
    for await (const { id } of billing.stripe.disputes.list({ payment_intent: paymentId, limit: 100 })) await settleDispute(tx, billing, id);
  } catch (error) {
    if (!isStripeError(error)) throw error;
    log.warn({ err: error, payment: paymentId }, 'earlier refunds and disputes could not be read from Stripe; the hourly sync will');
  }
}
