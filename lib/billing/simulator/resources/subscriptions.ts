import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { resourceMissing } from '../stripe-fault';
import { getCustomer } from './customers';
import type { Invoice, InvoiceLineParts } from './build-invoice';
import { addDraft, addInvoice } from './invoices';
import { listPage } from './list-page';
import { countUsage } from './metered-lines';
import type { Price } from './prices';

export type SubscriptionStatus = 'active' | 'past_due' | 'canceled' | 'unpaid' | 'incomplete' | 'incomplete_expired' | 'trialing' | 'paused';

interface SubscriptionParts {
  customer: string;
  lines: { price: Price; quantity: number | null }[];
  metadata: Metadata;
  trialDays: number;
  /** What a trial that ends without a card does. */
  missingCard: 'cancel' | 'pause' | 'create_invoice';
  paymentMethod: string | null;
  automaticTax: boolean;
}

/** Starts a subscription whose first invoice is paid already; a trial begins with one of zero. */
export function startSubscription(sim: Simulator, parts: SubscriptionParts): Subscription {
  const subscription = buildSubscription(sim, parts);
  sim.state.subscriptions[subscription.id] = subscription;
  getCustomer(sim, parts.customer).currency = subscription.currency;
  invoiceCurrentPeriod(sim, subscription, 'subscription_create');
  sim.emit('customer.subscription.created', subscription);
  return subscription;
}

function buildSubscription(sim: Simulator, parts: SubscriptionParts) {
  const id = sim.newId('sub');
  const start = sim.nowS();
  const trialEnd = parts.trialDays > 0 ? start + parts.trialDays * 86_400 : null;
  return {
    id,
    object: 'subscription' as const,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: parts.automaticTax, liability: null },
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
    default_payment_method: parts.paymentMethod,
    default_source: null,
    default_tax_rates: [] as never[],
    description: null,
    discounts: [] as never[],
    ended_at: null as number | null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' as const } },
    items: {
      object: 'list' as const,
      data: parts.lines.map((line) => buildItem(sim, id, line.price, line.quantity, start, trialEnd)),
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
    status: (trialEnd === null ? 'active' : 'trialing') as SubscriptionStatus,
    test_clock: null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: parts.missingCard } },
    trial_start: trialEnd === null ? null : start,
  };
}

export type Subscription = ReturnType<typeof buildSubscription>;

function buildItem(sim: Simulator, subscription: string, price: Price, quantity: number | null, start: number, trialEnd: number | null) {
  return {
    id: sim.newId('si'),
    object: 'subscription_item' as const,
    billing_thresholds: null,
    created: start,
    current_period_end: trialEnd ?? addInterval(start, price),
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

/**
 * Writes the invoice of the period that begins, with what was used in the one that ended. With usage it stays a draft for
 * an hour, so that late usage still finds its period.
 */
export function invoiceCurrentPeriod(
  sim: Simulator,
  subscription: Subscription,
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update',
  ended?: { start: number; end: number },
): Invoice {
  const lines = subscription.items.data.flatMap((item) =>
    isMetered(item) ? usageLine(sim, subscription.customer, item, ended) : reason === 'subscription_update' ? [] : [planLine(sim, subscription, item)],
  );
  const parts = {
    customer: subscription.customer,
    currency: subscription.currency,
    reason,
    subscription: { id: subscription.id, metadata: subscription.metadata },
    metadata: {},
    lines,
    automaticTax: subscription.automatic_tax.enabled,
  };
  const waits = reason === 'subscription_cycle' && lines.some(({ usage }) => usage);
  const invoice = waits ? addDraft(sim, parts) : addInvoice(sim, parts);
  if (waits && ended) invoice.automatically_finalizes_at = ended.end + USAGE_GRACE_S;
  subscription.latest_invoice = invoice.id;
  return invoice;
}

const USAGE_GRACE_S = 3_600;

export function isMetered(item: SubscriptionItem): boolean {
  return item.price.recurring?.usage_type === 'metered';
}

function planLine(sim: Simulator, subscription: Subscription, item: SubscriptionItem): InvoiceLineParts {
  const quantity = item.quantity ?? 1;
  return {
    amount: subscription.status === 'trialing' ? 0 : (item.price.unit_amount ?? 0) * quantity,
    description: `${quantity} × ${sim.state.products[item.price.product]?.name ?? item.price.product}`,
    price: item.price,
    quantity,
    period: { start: item.current_period_start, end: item.current_period_end },
    subscriptionItem: item.id,
    proration: false,
  };
}

function usageLine(sim: Simulator, customer: string, item: SubscriptionItem, ended?: { start: number; end: number }): InvoiceLineParts[] {
  if (!ended) return [];
  const { units, amount } = countUsage(sim, customer, item.price, ended);
  return [
    {
      amount,
      description: sim.state.products[item.price.product]?.name ?? 'Usage',
      price: item.price,
      quantity: units,
      period: ended,
      subscriptionItem: item.id,
      proration: false,
      usage: true,
    },
  ];
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
