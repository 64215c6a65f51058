import { log } from '@/lib/log';
import type { Tx } from '@/lib/store';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';
import type { PlanState } from './plan-state';

/**
 * Two checkouts were paid for one organization: the oldest subscription counts, every later one gets its payment back and
 * ends. In this order: once it has ended no sync looks at it again, so a refund that failed would be forgotten. Every
 * step carries a key of its own, so a repeated sync repeats nothing.
 */
export async function endDuplicates(tx: Tx, billing: Billing, orgId: string, surplus: readonly PlanState[]): Promise<void> {
  for (const { subscription } of surplus) {
    await raiseAlert(tx, {
      kind: 'duplicate_subscription',
      orgId,
      targetId: subscription.id,
      detail: 'a second live subscription was cancelled and its payment refunded',
    });
    await refundInvoice(billing, subscription.id, idOf(subscription.latest_invoice));
    await billing.stripe.subscriptions.cancel(subscription.id);
    await tx.subscription.updateMany({ where: { stripeId: subscription.id }, data: { status: 'canceled', endedAt: new Date() } });
    log.warn({ orgId, subscription: subscription.id }, 'a duplicate subscription was cancelled and refunded');
  }
}

async function refundInvoice({ stripe }: Billing, subscription: string, invoice: string | null): Promise<void> {
  if (!invoice) return;
  for await (const { payment, amount_paid: paid } of stripe.invoicePayments.list({ invoice, limit: 100 })) {
    const intent = idOf(payment.payment_intent);
    if (!intent || !paid) continue;
    await stripe.refunds
      .create({ payment_intent: intent, reason: 'duplicate' }, { idempotencyKey: `duplicate:${subscription}:${intent}` })
      .catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'charge_already_refunded') throw error;
      });
  }
}
