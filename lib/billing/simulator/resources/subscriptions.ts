import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { getCustomer } from './customers';
import { addPaidInvoice, addUnpaidInvoice, type InvoiceLineParts } from './invoices';
import { listPage } from './list-page';
import type { Price } from './prices';

export type SubscriptionStatus = 'active' | 'past_due' | 'canceled' | 'unpaid' | 'incomplete' | 'incomplete_expired' | 'trialing' | 'paused';

/** Starts a subscription whose first invoice is paid already. */
export function startSubscription(
  sim: Simulator,
  parts: { customer: string; lines: { price: Price; quantity: number | null }[]; metadata: Metadata },
): Subscription {
  const subscription = buildSubscription(sim, parts);
  sim.state.subscriptions[subscription.id] = subscription;
  getCustomer(sim, parts.customer).currency = subscription.currency;
  invoiceCurrentPeriod(sim, subscription, 'subscription_create');
  sim.emit('customer.subscription.created', subscription);
  return subscription;
}

function buildSubscription(sim: Simulator, parts: { customer: string; lines: { price: Price; quantity: number | null }[]; metadata: Metadata }) {
  const id = sim.newId('sub');
  const start = sim.nowS();
  return {
    id,
    object: 'subscription' as const,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: start,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'flexible' as const },
    billing_schedules: [] as never[],
    billing_thresholds: null,
    cancel_at: null as number | null,
    cancel_at_period_end: false,
    canceled_at: null as number | null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null as 'cancellation_requested' | 'payment_failed' | null },
    collection_method: 'charge_automatically' as const,
    created: start,
    currency: parts.lines[0]?.price.currency ?? 'usd',
    customer: parts.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [] as never[],
    description: null,
    discounts: [] as never[],
    ended_at: null as number | null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' as const } },
    items: {
      object: 'list' as const,
      data: parts.lines.map((line) => buildItem(sim, id, line.price, line.quantity, start)),
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null as string | null,
    livemode: false as const,
    managed_payments: null,
    metadata: { ...parts.metadata },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: start,
    status: 'active' as SubscriptionStatus,
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
}

export type Subscription = ReturnType<typeof buildSubscription>;

function buildItem(sim: Simulator, subscription: string, price: Price, quantity: number | null, start: number) {
  return {
    id: sim.newId('si'),
    object: 'subscription_item' as const,
    billing_thresholds: null,
    created: start,
    current_period_end: addInterval(start, price),
    current_period_start: start,
    current_trial: null,
    discounts: [] as never[],
    metadata: {} as Metadata,
    plan: { id: price.id, object: 'plan', amount: price.unit_amount, currency: price.currency, product: price.product },
    price,
    quantity: quantity ?? undefined,
    subscription,
    tax_rates: [] as never[],
  };
}

export type SubscriptionItem = ReturnType<typeof buildItem>;

export function addInterval(startS: number, price: Price): number {
  const { interval, interval_count: count } = price.recurring ?? { interval: 'month', interval_count: 1 };
  const date = new Date(startS * 1_000);
  if (interval === 'day' || interval === 'week') date.setUTCDate(date.getUTCDate() + count * (interval === 'week' ? 7 : 1));
  else {
    // The 31st bills on the last day of a shorter month.
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + count * (interval === 'year' ? 12 : 1));
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, lastDay));
  }
  return Math.floor(date.getTime() / 1_000);
}

export function invoiceCurrentPeriod(sim: Simulator, subscription: Subscription, reason: 'subscription_create' | 'subscription_cycle', declined = false): void {
  const lines = subscription.items.data
    .filter((item) => item.price.recurring?.usage_type !== 'metered')
    .map((item): InvoiceLineParts => {
      const quantity = item.quantity ?? 1;
      return {
        amount: (item.price.unit_amount ?? 0) * quantity,
        description: `${quantity} × ${sim.state.products[item.price.product]?.name ?? item.price.product}`,
        price: item.price,
        quantity,
        period: { start: item.current_period_start, end: item.current_period_end },
        subscriptionItem: item.id,
        proration: false,
      };
    });
  const add = declined ? addUnpaidInvoice : addPaidInvoice;
  const invoice = add(sim, {
    customer: subscription.customer,
    currency: subscription.currency,
    reason,
    subscription: { id: subscription.id, metadata: subscription.metadata },
    metadata: {},
    lines,
  });
  subscription.latest_invoice = invoice.id;
}

export const retrieveSubscription: Handler = (sim, _params, id) => getSubscription(sim, id);

export const listSubscriptions: Handler = (sim, params) => {
  const { customer, price, status } = params as { customer?: string; price?: string; status?: string };
  const found = Object.values(sim.state.subscriptions).filter(
    (subscription) =>
      (!customer || subscription.customer === customer) &&
      (!price || subscription.items.data.some((item) => item.price.id === price)) &&
      (status === 'all' ||
        (status === undefined ? subscription.status !== 'canceled' : status === 'ended' ? subscription.ended_at !== null : subscription.status === status)),
  );
  return listPage(found, params, '/v1/subscriptions');
};

export function getSubscription(sim: Simulator, id: string): Subscription {
  const subscription = sim.state.subscriptions[id];
  if (!subscription) throw resourceMissing('subscription', id);
  return subscription;
}
