import type { Handler, Simulator } from '../simulator';
import { invalidRequest } from '../stripe-fault';
import { type CheckoutSession, getSession, type LineItem, publicSession } from './checkout-sessions';
import { addInvoice } from './invoices';
import { beginPayment, decline, succeed, takePayment } from './payment-intents';
import { addPaymentMethod } from './payment-methods';
import { addSetupIntent } from './setup-intents';
import { startSubscription } from './subscriptions';

export interface PayOptions {
  /** A method that takes days, as SEPA does: the session completes unpaid. */
  delayed?: boolean;
  /** A trial that is taken without a card. */
  withoutCard?: boolean;
}

/** What "Pay" does: takes the money, starts the subscription, completes the session. A second click, or a refused card, changes nothing. */
export function paySession(sim: Simulator, id: string, options: PayOptions = {}): CheckoutSession {
  const session = getSession(sim, id);
  expireWhenDue(sim, session);
  if (session.status !== 'open') return session;
  const lines = sim.state.sessionLines[id] ?? [];
  // The first payment of a session is refused on its own page; nothing completes.
  if (session.amount_total > 0 && session.mode !== 'payment' && sim.takeDecline()) return session;
  const method = session.savesCard && session.customer && !options.withoutCard ? addPaymentMethod(sim, session.customer).id : null;
  session.status = 'complete';
  session.url = null;
  if (session.amount_total > 0) session.payment_status = options.delayed ? 'unpaid' : 'paid';
  if (session.mode === 'subscription') {
    const subscription = startSubscription(sim, {
      customer: session.customer ?? '',
      lines: lines.map(({ price, quantity }) => ({ price, quantity })),
      metadata: session.pendingMetadata,
      trialDays: session.trialDays,
      missingCard: session.missingCard,
      paymentMethod: method,
      automaticTax: session.automatic_tax.enabled,
    });
    session.subscription = subscription.id;
    session.invoice = subscription.latest_invoice;
  } else if (session.mode === 'setup') {
    session.setup_intent = addSetupIntent(sim, { customer: session.customer ?? '', paymentMethod: method ?? '', metadata: session.pendingMetadata }).id;
  } else {
    payOnce(sim, session, lines, options.delayed ?? false);
  }
  sim.touch();
  sim.emit('checkout.session.completed', publicSession(session));
  return session;
}

/** The end of a delayed payment. */
export function settleDelayed(sim: Simulator, id: string, succeeds: boolean): CheckoutSession {
  const session = getSession(sim, id);
  const intent = sim.state.paymentIntents[session.payment_intent ?? ''];
  if (session.status !== 'complete' || session.payment_status !== 'unpaid' || !intent) throw invalidRequest('This session waits for no payment.');
  if (succeeds) {
    session.payment_status = 'paid';
    succeed(sim, intent);
  } else {
    decline(sim, intent, 'generic_decline');
  }
  sim.touch();
  sim.emit(succeeds ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed', publicSession(session));
  return session;
}

function payOnce(sim: Simulator, session: CheckoutSession, lines: LineItem[], delayed: boolean): void {
  const { customer, currency, pendingMetadata: metadata } = session;
  const parts = { amount: session.amount_total, currency, customer, description: null, metadata };
  if (delayed) {
    session.payment_intent = beginPayment(sim, parts).id;
    return;
  }
  if (!session.wantsInvoice) {
    session.payment_intent = takePayment(sim, parts).id;
    return;
  }
  const now = sim.nowS();
  const invoice = addInvoice(sim, {
    customer,
    currency,
    reason: 'manual',
    subscription: null,
    metadata,
    automaticTax: session.automatic_tax.enabled,
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
