import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import { type Billing, idOf } from './client';
import { takeBackEarlier } from './take-back-earlier';

/** Remembers the payment of a subscription's invoice, for the operator's refunds and for disputes. It bought no credit of its own. */
export async function recordPlanPayment(tx: Tx, billing: Billing, orgId: string, invoice: Stripe.Invoice): Promise<void> {
  if (!invoice.id || invoice.amount_paid <= 0 || !invoice.parent?.subscription_details) return;
  for await (const { payment, amount_paid: paid } of billing.stripe.invoicePayments.list({ invoice: invoice.id, limit: 100 })) {
    const id = idOf(payment.payment_intent);
    if (!id || !paid) continue;
    if (await tx.stripePayment.findUnique({ where: { id } })) continue;
    await tx.stripePayment.create({
      data: { id, orgId, purpose: 'plan', amountCents: paid, fund: 'none', simulated: billing.simulated, createdAt: new Date(invoice.created * 1_000) },
    });
    await takeBackEarlier(tx, billing, id);
  }
}
