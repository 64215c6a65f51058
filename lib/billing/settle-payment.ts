import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { applyOverage } from './account-state';
import { recordBillingAudit } from './billing-audit';
import { type Billing, idOf } from './client';
import { CURRENCY, centsFromMoney } from './convert';
import { refusePayment } from './refuse-payment';
import { takeBackEarlier } from './take-back-earlier';

/** What a payment was asked for, from our own row. */
export interface Purchase {
  orgId: string;
  amountNano: bigint;
  purpose: 'topup' | 'recharge';
}

/**
 * Credits a succeeded payment, once per payment intent: the session's events, the payment's own, the page that the person
 * returns to and the auto-recharge all end here. `paidCents` is what was paid before tax; it has to be what we asked for.
 */
export async function creditPayment(tx: Tx, billing: Billing, purchase: Purchase, payment: Stripe.PaymentIntent, paidCents: number): Promise<string> {
  if (payment.status !== 'succeeded') return `the payment is ${payment.status}`;
  const amount = nano(purchase.amountNano);
  if (payment.currency !== CURRENCY || paidCents !== centsFromMoney(amount))
    return refusePayment(tx, billing, {
      orgId: purchase.orgId,
      targetId: payment.id,
      fault: `${paidCents} ${payment.currency} was paid for credit of another amount`,
    });
  const fund = billing.simulated ? 'simulated' : 'paid';
  const memo = purchase.purpose === 'recharge' ? 'Auto-recharge' : 'Top-up';
  const { granted } = await grantCredit(tx, { orgId: purchase.orgId, fund, amount, kind: 'topup', sourceType: 'stripe_payment', sourceId: payment.id, memo });
  if (!granted) return 'the payment was credited before';
  await tx.stripePayment.create({
    data: {
      id: payment.id,
      orgId: purchase.orgId,
      chargeId: idOf(payment.latest_charge),
      receiptUrl: typeof payment.latest_charge === 'object' ? (payment.latest_charge?.receipt_url ?? null) : null,
      purpose: purchase.purpose,
      amountCents: payment.amount_received,
      creditNano: amount,
      fund,
      simulated: billing.simulated,
      createdAt: new Date(payment.created * 1_000),
    },
  });
  await recordBillingAudit(tx, billing, {
    orgId: purchase.orgId,
    action: purchase.purpose === 'recharge' ? 'credit.recharge' : 'credit.top_up',
    targetType: 'payment',
    targetId: payment.id,
    after: { amount_nano: String(amount) },
  });
  await applyOverage(tx, billing, purchase.orgId);
  await takeBackEarlier(tx, billing, payment.id);
  return `the ${memo.toLowerCase()} was credited`;
}
