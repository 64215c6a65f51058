import type { Handler, Simulator } from '../simulator';
import { invalidRequest } from '../stripe-fault';
import { type CheckoutSession, getSession, type LineItem, publicSession } from './checkout-sessions';
import { addPaidInvoice } from './invoices';
import { takePayment } from './payment-intents';
import { startSubscription } from './subscriptions';

/** What "Pay" does: takes the money, starts the subscription, completes the session. A second click changes nothing. */
export function paySession(sim: Simulator, id: string): CheckoutSession {
  const session = getSession(sim, id);
  expireWhenDue(sim, session);
  if (session.status !== 'open') return session;
  const lines = sim.state.sessionLines[id] ?? [];
  session.status = 'complete';
  session.payment_status = 'paid';
  session.url = null;
  if (session.mode === 'subscription') {
    const subscription = startSubscription(sim, {
      customer: session.customer ?? '',
      lines: lines.map(({ price, quantity }) => ({ price, quantity })),
      metadata: session.pendingMetadata,
    });
    session.subscription = subscription.id;
    session.invoice = subscription.latest_invoice;
  } else {
    payOnce(sim, session, lines);
  }
  sim.touch();
  sim.emit('checkout.session.completed', publicSession(session));
  return session;
}

function payOnce(sim: Simulator, session: CheckoutSession, lines: LineItem[]): void {
  const { customer, currency, pendingMetadata: metadata } = session;
  if (!session.wantsInvoice) {
    session.payment_intent = takePayment(sim, { amount: session.amount_total, currency, customer, description: null, metadata }).id;
    return;
  }
  const now = sim.nowS();
  const invoice = addPaidInvoice(sim, {
    customer,
    currency,
    reason: 'manual',
    subscription: null,
    metadata,
    lines: lines.map((line) => ({
      amount: line.amount_total,
      description: line.description ?? '',
      price: line.price,
      quantity: line.quantity,
      period: { start: now, end: now },
      subscriptionItem: null,
      proration: false,
    })),
  });
  const intent = sim.state.paymentIntents[invoice.payments.data[0]?.payment.payment_intent ?? ''];
  if (intent) intent.metadata = { ...metadata };
  session.invoice = invoice.id;
  session.payment_intent = intent?.id ?? null;
}

export function expireWhenDue(sim: Simulator, session: CheckoutSession): void {
  if (session.status !== 'open' || session.expires_at > sim.nowS()) return;
  expire(sim, session);
}

function expire(sim: Simulator, session: CheckoutSession): void {
  session.status = 'expired';
  session.url = null;
  sim.touch();
  sim.emit('checkout.session.expired', publicSession(session));
}

export const expireSession: Handler = (sim, _params, id) => {
  const session = getSession(sim, id);
  if (session.status !== 'open')
    throw invalidRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`);
  expire(sim, session);
  return publicSession(session);
};
