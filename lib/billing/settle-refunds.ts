import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { clawBackCredit, type FundClass, grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { applyOverage } from './account-state';
import type { Billing } from './client';
import { shareOfCredit } from './convert';

/**
 * Makes the credit of a payment say what its refunds say now: each one that went through takes its share back once, one
 * that failed gives it back once. The balance may become negative; calls then stop.
 */
export async function settleRefunds(tx: Tx, billing: Billing, paymentId: string): Promise<string> {
  const payment = await tx.stripePayment.findUnique({ where: { id: paymentId } });
  if (!payment) return 'the payment bought no credit of ours';
  const { orgId } = payment;
  const fund = payment.fund as FundClass;
  let taken = 0;
  let restored = 0;
  let refundedCents = 0;
  for (const refund of await listRefunds(billing, paymentId)) {
    const isOver = refund.status === 'failed' || refund.status === 'canceled';
    if (refund.status !== 'succeeded' && !isOver) continue;
    const before = refundedCents;
    refundedCents += isOver ? 0 : refund.amount;
    // The share is the difference of two sums, so that rounding never takes more or less than the whole credit.
    const share = nano(
      shareOfCredit(payment.creditNano, before + refund.amount, payment.amountCents) - shareOfCredit(payment.creditNano, before, payment.amountCents),
    );
    const source = { orgId, fund, sourceId: refund.id };
    if (!isOver && share > 0n) {
      if ((await clawBackCredit(tx, { ...source, amount: share, kind: 'refund', sourceType: 'stripe_refund', memo: 'Refund' })).taken) taken += 1;
      continue;
    }
    const booked = await tx.ledgerEntry.findFirst({ where: { sourceType: 'stripe_refund', sourceId: refund.id, leg: 0 } });
    if (!booked) continue;
    const back = await grantCredit(tx, {
      ...source,
      amount: nano(booked.amountNano),
      kind: 'adjustment',
      sourceType: 'stripe_refund_failed',
      memo: 'Refund that failed',
    });
    if (back.granted) restored += 1;
  }
  await tx.stripePayment.update({ where: { id: paymentId }, data: { refundedCents } });
  await applyOverage(tx, billing, orgId);
  return `${taken} refunds were taken from the balance, ${restored} were given back`;
}

/** Every refund of a payment, oldest first. */
export async function listRefunds({ stripe }: Billing, paymentId: string): Promise<Stripe.Refund[]> {
  const found: Stripe.Refund[] = [];
  for await (const refund of stripe.refunds.list({ payment_intent: paymentId, limit: 100 })) found.push(refund);
  return found.sort((a, b) => a.created - b.created || a.id.localeCompare(b.id));
}
