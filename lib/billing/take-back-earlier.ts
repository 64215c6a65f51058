import type { Tx } from '@/lib/store';
import type { Billing } from './client';
import { settleDispute } from './settle-dispute';
import { settleRefunds } from './settle-refunds';

/** A refund or a dispute may have been told of before its payment, when nothing was known yet that it could take back. */
export async function takeBackEarlier(tx: Tx, billing: Billing, paymentId: string): Promise<void> {
  await settleRefunds(tx, billing, paymentId);
  const { data } = await billing.stripe.disputes.list({ payment_intent: paymentId, limit: 100 });
  for (const { id } of data) await settleDispute(tx, billing, id);
}
