import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing } from '../stripe-fault';
import { addPaidInvoice, type InvoiceLineParts } from './invoices';
import { mergeMetadata } from './merge-metadata';
import { getPrice, type Price } from './prices';
import { addInterval, getSubscription, invoiceCurrentPeriod, type Subscription, type SubscriptionItem } from './subscriptions';

interface SubscriptionUpdateParams {
  cancel_at_period_end?: boolean;
  items?: { id?: string; price?: string; quantity?: number; deleted?: boolean }[];
  proration_behavior?: 'always_invoice' | 'create_prorations' | 'none';
  metadata?: Metadata | '';
}

export const updateSubscription: Handler = (sim, rawParams, id) => {
  const params = rawParams as SubscriptionUpdateParams;
  const subscription = getSubscription(sim, id);
  if (subscription.status === 'canceled')
    throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.', undefined, undefined);
  for (const change of params.items ?? []) changeItem(sim, subscription, change, params.proration_behavior ?? 'create_prorations');
  if (params.cancel_at_period_end !== undefined) setCancelAtPeriodEnd(sim, subscription, params.cancel_at_period_end);
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

function changeItem(
  sim: Simulator,
  subscription: Subscription,
  change: { id?: string; price?: string; quantity?: number; deleted?: boolean },
  proration: string,
): void {
  const item = subscription.items.data.find((each) => each.id === change.id);
  if (!item) throw invalidRequest('The simulator changes existing items only; name one by its id.', 'items[0][id]');
  if (change.deleted) throw invalidRequest('A subscription must have at least one active item.', 'items[0][deleted]');
  const price = change.price ? getPrice(sim, change.price, 'items[0][price]') : item.price;
  if (price.currency !== subscription.currency)
    throw invalidRequest(`The price's currency (${price.currency}) differs from the subscription's (${subscription.currency}).`, 'items[0][price]');
  const quantity = change.quantity ?? item.quantity ?? 1;
  if (proration !== 'none' && price.id !== item.price.id) invoiceProration(sim, subscription, item, price, quantity);
  item.price = price;
  item.quantity = quantity;
  item.plan = { id: price.id, object: 'plan', amount: price.unit_amount, currency: price.currency, product: price.product };
}

/** Credits what is left of the old price's period and charges the same stretch of the new one, by the second. */
function invoiceProration(sim: Simulator, subscription: Subscription, item: SubscriptionItem, next: Price, quantity: number): void {
  const period = { start: sim.nowS(), end: item.current_period_end };
  const share = Math.max(0, period.end - period.start) / Math.max(1, item.current_period_end - item.current_period_start);
  const line = (price: Price, count: number, sign: 1 | -1): InvoiceLineParts => ({
    amount: sign * Math.round((price.unit_amount ?? 0) * count * share),
    description: `${sign < 0 ? 'Unused' : 'Remaining'} time on ${sim.state.products[price.product]?.name ?? price.product}`,
    price,
    quantity: count,
    period,
    subscriptionItem: item.id,
    proration: true,
  });
  const invoice = addPaidInvoice(sim, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason: 'subscription_update',
    subscription: { id: subscription.id, metadata: subscription.metadata },
    metadata: {},
    lines: [line(item.price, item.quantity ?? 1, -1), line(next, quantity, 1)],
  });
  subscription.latest_invoice = invoice.id;
}

export const cancelSubscription: Handler = (sim, _params, id) => {
  const subscription = getSubscription(sim, id);
  if (subscription.status === 'canceled') throw resourceMissing('subscription', id);
  cancelNow(sim, subscription);
  return subscription;
};

export function cancelNow(sim: Simulator, subscription: Subscription): void {
  const now = sim.nowS();
  Object.assign(subscription, { status: 'canceled', canceled_at: subscription.canceled_at ?? now, ended_at: now, cancel_at: null });
  subscription.cancellation_details.reason ??= 'cancellation_requested';
  sim.touch();
  sim.emit('customer.subscription.deleted', subscription);
}

/** Renews what is due by the simulator's clock, or ends what asked to end; `decline` plays a card that fails. */
export function renewDueSubscriptions(sim: Simulator, decline = false): void {
  for (const subscription of Object.values(sim.state.subscriptions)) {
    while (subscription.status === 'active' && periodEnd(subscription) <= sim.nowS()) {
      if (subscription.cancel_at_period_end) {
        cancelNow(sim, subscription);
        break;
      }
      for (const item of subscription.items.data) {
        item.current_period_start = item.current_period_end;
        item.current_period_end = addInterval(item.current_period_start, item.price);
      }
      invoiceCurrentPeriod(sim, subscription, 'subscription_cycle', decline);
      if (decline) subscription.status = 'past_due';
      sim.emit('customer.subscription.updated', subscription);
    }
  }
}

function periodEnd(subscription: Subscription): number {
  return subscription.items.data[0]?.current_period_end ?? Number.POSITIVE_INFINITY;
}
