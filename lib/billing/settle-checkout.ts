import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import { log } from '@/lib/log';
import type { Tx } from '@/lib/store';
import { recordBillingAudit } from './billing-audit';
import { type Billing, idOf } from './client';
import { CURRENCY, centsFromMoney } from './convert';
import { lockCustomer } from './lock-customer';
import { syncCustomer } from './sync-customer';

interface Intent {
  id: string;
  orgId: string;
  purpose: string;
  amountNano: bigint | null;
}

/**
 * Gives what a completed Checkout session paid for, as often as it is called exactly once. The webhook and the page that
 * the person returns to both call it; neither believes anything but Stripe's present answer.
 */
export async function settleCheckout(tx: Tx, billing: Billing, sessionId: string): Promise<string> {
  const session = await billing.stripe.checkout.sessions.retrieve(sessionId);
  const customerId = idOf(session.customer);
  if (customerId) await lockCustomer(tx, customerId);
  const intent = await findIntent(tx, session);
  if (!intent) return 'no checkout of ours opened this session';
  if (session.status !== 'complete') return closeUnpaid(tx, intent, session);
  const org = await tx.organization.findUniqueOrThrow({ where: { id: intent.orgId } });
  if (customerId === null || customerId !== org.stripeCustomerId) return refuse(tx, billing, intent, session, 'the customer is not the organization’s');
  await tx.checkoutIntent.update({ where: { id: intent.id }, data: { status: 'complete', sessionId: session.id } });
  return intent.purpose === 'topup' ? grantTopUp(tx, billing, intent, session) : syncCustomer(tx, billing, customerId);
}

async function findIntent(tx: Tx, session: Stripe.Checkout.Session): Promise<Intent | null> {
  const bySession = await tx.checkoutIntent.findUnique({ where: { sessionId: session.id } });
  // The process may have died between making the session and writing down its id.
  const id = session.metadata?.intent_id;
  return bySession ?? (id ? await tx.checkoutIntent.findFirst({ where: { id, sessionId: null } }) : null);
}

async function closeUnpaid(tx: Tx, intent: Intent, session: Stripe.Checkout.Session): Promise<string> {
  if (session.status === 'expired') await tx.checkoutIntent.updateMany({ where: { id: intent.id, status: 'open' }, data: { status: 'expired' } });
  return `the session is ${session.status}`;
}

async function grantTopUp(tx: Tx, billing: Billing, intent: Intent, session: Stripe.Checkout.Session): Promise<string> {
  const paymentId = idOf(session.payment_intent);
  if (session.payment_status !== 'paid' || !paymentId) return `the payment is ${session.payment_status}`;
  const amount = nano(intent.amountNano ?? 0n);
  // Tax comes on top of the subtotal and is never credit.
  if (session.currency !== CURRENCY || session.amount_subtotal !== centsFromMoney(amount)) {
    return refuse(tx, billing, intent, session, `${session.amount_subtotal} ${session.currency} was paid for a top-up of another amount`);
  }
  const { granted } = await grantCredit(tx, {
    orgId: intent.orgId,
    fund: billing.simulated ? 'simulated' : 'paid',
    amount,
    kind: 'topup',
    sourceType: 'stripe_payment',
    sourceId: paymentId,
    memo: 'Top-up',
  });
  if (granted)
    await recordBillingAudit(tx, billing, {
      orgId: intent.orgId,
      action: 'credit.top_up',
      targetType: 'payment',
      targetId: paymentId,
      after: { amount_nano: String(amount) },
    });
  return granted ? 'the top-up was credited' : 'the top-up was credited before';
}

async function refuse(tx: Tx, billing: Billing, intent: Intent, session: Stripe.Checkout.Session, fault: string): Promise<string> {
  log.error({ orgId: intent.orgId, session: session.id, fault }, 'a payment does not match its checkout');
  const known = await tx.auditEntry.findFirst({ where: { orgId: intent.orgId, action: 'billing.mismatch', targetId: session.id } });
  if (!known)
    await recordBillingAudit(tx, billing, { orgId: intent.orgId, action: 'billing.mismatch', targetType: 'checkout', targetId: session.id, after: { fault } });
  return `nothing was granted: ${fault}`;
}
