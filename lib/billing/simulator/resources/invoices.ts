import type { Handler, Simulator } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest, resourceMissing, StripeFault } from '../stripe-fault';
import { buildInvoicePayment, type InvoicePayment } from './invoice-payments';
import { listPage } from './list-page';
import { takePayment } from './payment-intents';
import type { Price } from './prices';

export interface InvoiceLineParts {
  amount: number;
  description: string;
  price: Price;
  quantity: number | null;
  period: { start: number; end: number };
  /** Set for the lines of a subscription. */
  subscriptionItem: string | null;
  proration: boolean;
  /** Counts the meter while the invoice is a draft. */
  usage?: boolean;
}

export interface InvoiceParts {
  customer: string | null;
  currency: string;
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'manual';
  subscription: { id: string; metadata: Metadata } | null;
  metadata: Metadata;
  lines: InvoiceLineParts[];
}

/** Writes an invoice, finalizes it and takes its payment at once; what the bank refuses stays open. Emits the events Stripe does. */
export function addInvoice(sim: Simulator, parts: InvoiceParts): Invoice {
  const invoice = addDraft(sim, parts);
  finalizeInvoice(sim, invoice);
  return invoice;
}

/** Writes an invoice that waits for late usage before it is finalized. */
export function addDraft(sim: Simulator, parts: InvoiceParts): Invoice {
  const invoice = buildInvoice(sim, parts);
  sim.state.invoices[invoice.id] = invoice;
  sim.emit('invoice.created', invoice);
  return invoice;
}

export function finalizeInvoice(sim: Simulator, invoice: Invoice): void {
  const total = Math.max(invoice.subtotal, 0);
  Object.assign(invoice, { status: 'open', amount_due: total, amount_remaining: total, total, total_excluding_tax: total, automatically_finalizes_at: null });
  invoice.status_transitions.finalized_at = sim.nowS();
  sim.emit('invoice.finalized', invoice);
  payInvoice(sim, invoice);
}

/** Tries to take an open invoice's payment; a total of zero needs none. Returns the bank's reason when it refuses. */
export function payInvoice(sim: Simulator, invoice: Invoice): string | null {
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const code = invoice.total > 0 ? sim.takeDecline() : null;
  if (code) {
    invoice.next_payment_attempt = sim.nowS() + RETRY_AFTER_S;
    sim.emit('invoice.payment_failed', invoice);
    return code;
  }
  if (invoice.total > 0) {
    const intent = takePayment(sim, { amount: invoice.total, currency: invoice.currency, customer: invoice.customer, description: 'Subscription', metadata: {} });
    invoice.payments.data.push(buildInvoicePayment(sim, invoice, intent.id));
  }
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.total, amount_remaining: 0, next_payment_attempt: null });
  invoice.status_transitions.paid_at = sim.nowS();
  sim.emit('invoice.paid', invoice);
  return null;
}

/** Sets the amount of a line that counts usage, while the invoice is a draft. */
export function setUsage(invoice: Invoice, lineId: string, units: number, amount: number): void {
  const line = invoice.lines.data.find((each) => each.id === lineId);
  if (!line) return;
  Object.assign(line, { quantity: units, quantity_decimal: String(units), amount, subtotal: amount });
  invoice.subtotal = invoice.lines.data.reduce((sum, each) => sum + each.amount, 0);
  invoice.subtotal_excluding_tax = invoice.subtotal;
  invoice.total = Math.max(invoice.subtotal, 0);
  invoice.total_excluding_tax = invoice.total;
  invoice.amount_due = invoice.total;
  invoice.amount_remaining = invoice.total;
}

const RETRY_AFTER_S = 3 * 86_400;

/** An invoice as a draft; a preview is one that is never kept. */
export function buildInvoice(sim: Simulator, parts: InvoiceParts) {
  const id = sim.newId('in');
  const now = sim.nowS();
  const subtotal = parts.lines.reduce((sum, line) => sum + line.amount, 0);
  const total = Math.max(subtotal, 0);
  const { period } = parts.lines[0] ?? { period: { start: now, end: now } };
  return {
    id,
    object: 'invoice' as const,
    account_country: 'US',
    account_name: 'Simulator',
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null as number | null,
    billing_reason: parts.reason,
    collection_method: 'charge_automatically' as const,
    created: now,
    currency: parts.currency,
    custom_fields: null,
    customer: parts.customer,
    customer_account: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none' as const,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [] as never[],
    description: null,
    discounts: [] as never[],
    due_date: null,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null as string | null,
    invoice_pdf: null,
    issuer: { type: 'self' as const },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list' as const, data: parts.lines.map((line) => buildLine(sim, id, parts, line)), has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false as const,
    metadata: { ...parts.metadata },
    next_payment_attempt: null as number | null,
    number: nextNumber(sim),
    on_behalf_of: null,
    parent: parts.subscription
      ? {
          quote_details: null,
          subscription_details: { metadata: parts.subscription.metadata, subscription: parts.subscription.id },
          type: 'subscription_details' as const,
        }
      : null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    payments: { object: 'list' as const, data: [] as InvoicePayment[], has_more: false, url: `/v1/invoices/${id}/payments` },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft' as 'draft' | 'open' | 'paid' | 'uncollectible' | 'void',
    status_transitions: { finalized_at: null as number | null, marked_uncollectible_at: null, paid_at: null as number | null, voided_at: null as number | null },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: null,
    total,
    total_discount_amounts: [] as never[],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [] as never[],
    total_taxes: [] as never[],
    webhooks_delivered_at: now,
  };
}

export type Invoice = ReturnType<typeof buildInvoice>;

function nextNumber(sim: Simulator): string {
  return `SIM-${String(Object.keys(sim.state.invoices).length + 1).padStart(4, '0')}`;
}

function buildLine(sim: Simulator, invoice: string, parts: InvoiceParts, line: InvoiceLineParts) {
  const { subscriptionItem, proration, price } = line;
  return {
    id: sim.newId('il'),
    object: 'line_item' as const,
    amount: line.amount,
    currency: parts.currency,
    description: line.description,
    discount_amounts: [] as never[],
    discountable: !proration,
    discounts: [] as never[],
    invoice,
    livemode: false as const,
    metadata: { ...(parts.subscription?.metadata ?? {}) },
    parent: subscriptionItem
      ? {
          invoice_item_details: null,
          subscription_item_details: {
            invoice_item: null,
            proration,
            proration_details: null,
            subscription: parts.subscription?.id ?? null,
            subscription_item: subscriptionItem,
          },
          type: 'subscription_item_details' as const,
        }
      : null,
    period: line.period,
    pretax_credit_amounts: [] as never[],
    pricing: { price_details: { price: price.id, product: price.product }, type: 'price_details' as const, unit_amount_decimal: price.unit_amount_decimal },
    quantity: line.quantity,
    quantity_decimal: line.quantity === null ? null : String(line.quantity),
    subscription: parts.subscription?.id ?? null,
    subtotal: line.amount,
    taxes: [] as never[],
  };
}

export const retrieveInvoice: Handler = (sim, _params, id) => withoutPayments(getInvoice(sim, id));

export const listInvoices: Handler = (sim, params) => {
  const { customer, status, subscription } = params as { customer?: string; status?: string; subscription?: string };
  const found = Object.values(sim.state.invoices).filter(
    (invoice) =>
      (!customer || invoice.customer === customer) &&
      (!status || invoice.status === status) &&
      (!subscription || invoice.parent?.subscription_details.subscription === subscription),
  );
  const page = listPage(found, params, '/v1/invoices');
  return { ...page, data: page.data.map(withoutPayments) };
};

export const payOpenInvoice: Handler = (sim, _params, id) => {
  const invoice = getInvoice(sim, id);
  if (invoice.status !== 'open') throw invalidRequest(`This invoice is ${invoice.status}.`, undefined, 'invoice_not_editable');
  const code = payInvoice(sim, invoice);
  if (code) throw new StripeFault(402, 'card_error', 'Your card was declined.', { code: 'card_declined', decline_code: code });
  sim.onInvoicePaid(invoice);
  return withoutPayments(invoice);
};

export const voidInvoice: Handler = (sim, _params, id) => {
  const invoice = getInvoice(sim, id);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') throw invalidRequest('You can only pass in open invoices.', undefined, 'invoice_not_editable');
  invoice.status = 'void';
  invoice.status_transitions.voided_at = sim.nowS();
  sim.touch();
  sim.emit('invoice.voided', invoice);
  return withoutPayments(invoice);
};

export const listInvoiceLines: Handler = (sim, params, id) => listPage([...getInvoice(sim, id).lines.data], params, `/v1/invoices/${id}/lines`);

export function getInvoice(sim: Simulator, id: string): Invoice {
  const invoice = sim.state.invoices[id];
  if (!invoice) throw resourceMissing('invoice', id, 'invoice');
  return invoice;
}

/** `payments` comes only when it is expanded. */
export function withoutPayments({ payments: _, ...invoice }: Invoice): object {
  return invoice;
}
