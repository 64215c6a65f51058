import type { Tx } from '@/lib/store';
import { type Billing, idOf } from './client';
import { lockCustomer } from './lock-customer';
import { settleRecharge } from './recharge/settle-recharge';
import { settleCheckout } from './settle-checkout';

/** Finds what a payment was for and settles that: a checkout by its session, a recharge by its attempt. */
export async function settlePaymentIntent(tx: Tx, billing: Billing, paymentId: string): Promise<string> {
  const payment = await billing.stripe.paymentIntents.retrieve(paymentId, { expand: ['latest_charge'] });
  const customer = idOf(payment.customer);
  if (customer) await lockCustomer(tx, customer);
  const { attempt_id: attemptId, intent_id: intentId, purpose } = payment.metadata;
  if (attemptId) return settleRecharge(tx, billing, attemptId, { payment });
  if (purpose !== 'topup') return 'the payment buys no credit';
  const intent = intentId ? await tx.checkoutIntent.findUnique({ where: { id: intentId }, select: { sessionId: true } }) : null;
  if (intent?.sessionId) return settleCheckout(tx, billing, intent.sessionId);
  // The process may have died between making the session and writing down its id.
  const { data } = await billing.stripe.checkout.sessions.list({ payment_intent: paymentId, limit: 1 });
  const [session] = data;
  return session ? settleCheckout(tx, billing, session.id) : 'no checkout belongs to this payment yet';
}
