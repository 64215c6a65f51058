import { recordBillingAudit } from '../billing-audit';
import { centsAsUsd } from '../convert';
import { mailPayers } from '../mail-payers';
import type { EventHandler } from '../process-events';

/** A delayed method did not pay: nothing was granted, and the checkout is over. */
export const checkoutSessionAsyncPaymentFailed: EventHandler = async ({ tx, billing, event }) => {
  if (!event.objectId) return 'the event names no session';
  const intent = await tx.checkoutIntent.findUnique({ where: { sessionId: event.objectId } });
  if (!intent) return 'no checkout of ours opened this session';
  const session = await billing.stripe.checkout.sessions.retrieve(event.objectId);
  if (session.payment_status === 'paid') return 'the payment arrived after all';
  await tx.checkoutIntent.update({ where: { id: intent.id }, data: { status: 'expired' } });
  await recordBillingAudit(tx, billing, { orgId: intent.orgId, action: 'billing.payment_failed', targetType: 'checkout', targetId: event.objectId });
  const facts = { kind: 'payment_missing', usd: centsAsUsd(session.amount_total ?? 0) } as const;
  await mailPayers(tx, billing, { orgId: intent.orgId, facts, cause: session.id });
  return 'the delayed payment failed and nothing was granted';
};
