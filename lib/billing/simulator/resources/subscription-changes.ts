import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing, StripeFault } from '../stripe-fault';
import type { Invoice } from './build-invoice';
import { finalizeInvoice, getInvoice } from './invoices';
import { countUsage } from './metered-lines';
import { mergeMetadata } from './merge-metadata';
import { changedLines, prorationInvoice } from './prorations';
import { getPrice } from './prices';
import { getSubscription, invoiceCurrentPeriod, isMetered, type Subscription } from './subscriptions';

export interface ItemChange {
  id?: string;
  price?: string;
  quantity?: number;
  deleted?: boolean;
}

interface SubscriptionUpdateParams {
  cancel_at_period_end?: boolean;
  items?: ItemChange[];
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
  proration_date?: number;
  payment_behavior?: string;
  default_payment_method?: string;
  trial_end?: 'now' | number;
  metadata?: Metadata | '';
}

export const updateSubscription: Handler = (sim, rawParams, id) => {
  const params = rawParams as SubscriptionUpdateParams;
  const subscription = getSubscription(sim, id);
  if (subscription.status === 'canceled') throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.');
  if (params.items) changeItems(sim, subscription, params.items, params);
  if (params.cancel_at_period_end !== undefined) setCancelAtPeriodEnd(sim, subscription, params.cancel_at_period_end);
  if (params.default_payment_method) subscription.default_payment_method = params.default_payment_method;
  subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
  sim.touch();
  sim.emit('customer.subscription.updated', subscription);
  return subscription;
};

function setCancelAtPeriodEnd(sim: Simulator, subscription: Subscription, cancel: boolean): void {
  subscription.cancel_at_period_end = cancel;
  subscription.cancel_at = cancel ? (subscription.items.data[0]?.current_period_end ?? null) : null;
  subscription.canceled_at = cancel ? sim.nowS() : null;
  subscription.cancellation_details.reason = cancel ? 'cancellation_requested' : null;
}

function changeItems(sim: Simulator, subscription: Subscription, changes: readonly ItemChange[], params: SubscriptionUpdateParams): void {
  const { proration_behavior: proration = 'create_prorations', proration_date: atS = sim.nowS(), payment_behavior: behavior = 'allow_incomplete' } = params;
  const lines = subscription.status === 'trialing' || proration === 'none' ? [] : changedLines(sim, subscription, changes, atS);
  if (lines.length > 0) {
    const due = lines.reduce((sum, line) => sum + line.amount, 0);
    // Stripe asks the bank before it changes anything, so a refusal leaves the subscription as it was.
    const code = due > 0 && behavior === 'error_if_incomplete' ? sim.takeDecline() : null;
    if (code) throw new StripeFault(402, 'card_error', 'Your card was declined.', { code: 'card_declined', decline_code: code });
    subscription.latest_invoice = prorationInvoice(sim, subscription, lines).id;
  }
  for (const [index, change] of changes.entries()) {
    const item = subscription.items.data.find((each) => each.id === change.id);
    if (!item) throw invalidRequest('The simulator changes existing items only; name one by its id.', `items[${index}][id]`);
    const price = change.price ? getPrice(sim, change.price, `items[${index}][price]`) : item.price;
    item.price = price;
    if (!isMetered(item)) item.quantity = change.quantity ?? item.quantity ?? 1;
    item.plan = { id: price.id, object: 'plan', amount: price.unit_amount, currency: price.currency, product: price.product };
  }
}

export const cancelSubscription: Handler = (sim, params, id) => {
  const subscription = getSubscription(sim, id);
  if (subscription.status === 'canceled') throw resourceMissing('subscription', id);
  const { invoice_now: invoiceNow } = params as { invoice_now?: boolean };
  if (invoiceNow) billUsageSoFar(sim, subscription);
  cancelNow(sim, subscription);
  return subscription;
};

/** The last invoice of a subscription that ends: what was used and not invoiced yet. */
export function billUsageSoFar(sim: Simulator, subscription: Subscription): void {
  const item = subscription.items.data.find(isMetered);
  if (!item) return;
  const ended = { start: item.current_period_start, end: Math.min(item.current_period_end, sim.nowS() + 60) };
  const total = countUsage(sim, subscription.customer, item.price, ended);
  if (total.amount <= 0) return;
  invoiceCurrentPeriod(sim, subscription, 'subscription_update', ended);
}

export function cancelNow(sim: Simulator, subscription: Subscription): void {
  const now = sim.nowS();
  Object.assign(subscription, { status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now, cancel_at: null });
  subscription.cancellation_details.reason ??= 'cancellation_requested';
  sim.touch();
  sim.emit('customer.subscription.deleted', subscription);
}

/** An invoice that had failed is paid: the subscription that waited for it goes on. */
export function recover(sim: Simulator, invoice: Invoice): void {
  const id = invoice.parent?.subscription_details.subscription;
  const subscription = id ? sim.state.subscriptions[id] : undefined;
  if (!subscription || (subscription.status !== 'past_due' && subscription.status !== 'unpaid')) return;
  subscription.status = 'active';
  sim.touch();
  sim.emit('customer.subscription.updated', subscription);
}

/** Finalizes a draft whose hour for late usage is over, and marks the subscription when its payment fails. */
export function finalizeDue(sim: Simulator, invoice: Invoice): void {
  if (invoice.status !== 'draft' || invoice.automatically_finalizes_at === null || invoice.automatically_finalizes_at > sim.nowS()) return;
  finalizeInvoice(sim, getInvoice(sim, invoice.id));
  const id = invoice.parent?.subscription_details.subscription;
  const subscription = id ? sim.state.subscriptions[id] : undefined;
  if (!subscription || (invoice.status as string) !== 'open' || subscription.status !== 'active') return;
  subscription.status = 'past_due';
  sim.emit('customer.subscription.updated', subscription);
}
