import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import { type Billing, idOf } from './client';
import { CURRENCY } from './convert';
import { lockCustomer } from './lock-customer';
import { refusePayment } from './refuse-payment';
import { creditPayment } from './settle-payment';
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
  if (customerId === null || customerId !== org.stripeCustomerId)
    return refusePayment(tx, billing, { orgId: intent.orgId, targetId: session.id, fault: 'the customer is not the organization’s' });
  // A delayed method takes days: until it has paid, the checkout stays open and the hourly sync asks again.
  if (intent.purpose === 'topup' && session.payment_status === 'unpaid') return 'the payment is unpaid';
  await tx.checkoutIntent.update({ where: { id: intent.id }, data: { status: 'complete', sessionId: session.id } });
  if (intent.purpose === 'topup') return grantTopUp(tx, billing, intent, session);
  return intent.purpose === 'card' ? saveCard(tx, billing, intent, session, customerId) : syncCustomer(tx, billing, customerId);
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
  const payment = await billing.stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] });
  // Tax comes on top of the subtotal and is never credit.
  if (session.currency !== CURRENCY)
    return refusePayment(tx, billing, { orgId: intent.orgId, targetId: session.id, fault: `the session is in ${session.currency}` });
  return creditPayment(tx, billing, { orgId: intent.orgId, amountNano: intent.amountNano ?? 0n, purpose: 'topup' }, payment, session.amount_subtotal ?? -1);
}

/** A saved card becomes the one that renewals and auto-recharge use. */
async function saveCard(tx: Tx, billing: Billing, intent: Intent, session: Stripe.Checkout.Session, customer: string): Promise<string> {
  const setupId = idOf(session.setup_intent);
  const setup = setupId ? await billing.stripe.setupIntents.retrieve(setupId) : null;
  const method = idOf(setup?.payment_method);
  if (setup?.status !== 'succeeded' || !method) return 'no card was saved';
  await billing.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
  await tx.autoRecharge.updateMany({ where: { orgId: intent.orgId }, data: { pausedReason: null, failures: 0, retryAt: null, updatedAt: new Date() } });
  return 'the card was saved';
}
