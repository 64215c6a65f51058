import { log } from '@/lib/log';
import type { Tx } from '@/lib/store';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';
import type { PlanState } from './plan-state';

/**
 * Two checkouts were paid for one organization: the oldest subscription counts, every later one ends at once and its
 * payment goes back. Every step carries a key of its own, so a repeated sync repeats nothing.
 */
export async function endDuplicates(tx: Tx, billing: Billing, orgId: string, surplus: readonly PlanState[]): Promise<void> {
  for (const { subscription } of surplus) {
    await raiseAlert(tx, { kind: 'duplicate_subscription', orgId, targetId: subscription.id, detail: 'a second live subscription was cancelled and its payment refunded' });
    await billing.stripe.subscriptions.cancel(subscription.id);
    const invoiceId = idOf(subscription.latest_invoice);
    if (!invoiceId) continue;
    const { data } = await billing.stripe.invoicePayments.list({ invoice: invoiceId, limit: 10 });
    for (const { payment } of data) {
      const intent = idOf(payment.payment_intent);
      if (!intent) continue;
      await billing.stripe.refunds
        .create({ payment_intent: intent, reason: 'duplicate' }, { idempotencyKey: `duplicate:${subscription.id}:${intent}` })
        .catch((error: unknown) => {
          if ((error as { code?: unknown }).code !== 'charge_already_refunded') throw error;
        });
    }
    await tx.subscription.updateMany({ where: { stripeId: subscription.id }, data: { status: 'canceled', endedAt: new Date() } });
    log.warn({ orgId, subscription: subscription.id }, 'a duplicate subscription was cancelled and refunded');
  }
}
