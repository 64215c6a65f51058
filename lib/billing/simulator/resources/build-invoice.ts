import type { Simulator } from '../simulator';
import type { Metadata } from '../state';
import type { InvoicePayment } from './invoice-payments';
import type { Price } from './prices';

export interface InvoiceLineParts {
  amount: number;
  description: string;
  /** Null: an amount without a price, as of an invoice item. */
  price: Price | null;
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
  /** Tax comes on top. */
  automaticTax?: boolean;
}

/** An invoice as a draft; a preview is one that is never kept. */
export function buildInvoice(sim: Simulator, parts: InvoiceParts) {
  const invoice = buildDraft(sim, parts);
  setTotals(sim, invoice);
  return invoice;
}

function buildDraft(sim: Simulator, parts: InvoiceParts) {
  const id = sim.newId('in');
  const now = sim.nowS();
  const { period } = parts.lines[0] ?? { period: { start: now, end: now } };
  return {
    id,
    object: 'invoice' as const,
    account_country: 'US',
    account_name: 'Simulator',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: parts.automaticTax ?? false, liability: null, provider: null, status: null },
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
    invoice_pdf: null as string | null,
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
    status_transitions: {
      finalized_at: null as number | null,
      marked_uncollectible_at: null,
      paid_at: null as number | null,
      voided_at: null as number | null,
    },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [] as never[],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [] as never[],
    total_taxes: [] as TotalTax[],
    webhooks_delivered_at: now,
  };
}

interface TotalTax {
  amount: number;
  tax_behavior: 'exclusive';
  tax_rate_details: null;
  taxability_reason: 'standard_rated';
  taxable_amount: number;
  type: 'tax_rate_details';
}

/** Adds the lines up, and the tax where it is worked out automatically. */
export function setTotals(sim: Simulator, invoice: ReturnType<typeof buildDraft>): void {
  const subtotal = invoice.lines.data.reduce((sum, { amount }) => sum + amount, 0);
  const net = subtotal;
  const tax = invoice.automatic_tax.enabled ? Math.round((net * sim.state.taxPercent) / 100) : 0;
  const total = net + tax;
  const due = Math.max(total, 0);
  const taxes = [
    {
      amount: tax,
      tax_behavior: 'exclusive' as const,
      tax_rate_details: null,
      taxability_reason: 'standard_rated' as const,
      taxable_amount: net,
      type: 'tax_rate_details' as const,
    },
  ];
  Object.assign(invoice, {
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: net,
    amount_due: due,
    amount_remaining: due,
    total_taxes: tax === 0 ? [] : taxes,
  });
}

export type Invoice = ReturnType<typeof buildInvoice>;

function nextNumber(sim: Simulator): string {
  return `SIM-${String(Object.keys(sim.state.invoices).length + 1).padStart(4, '0')}`;
}

/** One line, for a draft that is being written. */
export function buildLine(sim: Simulator, invoice: string, parts: Pick<InvoiceParts, 'currency' | 'subscription'>, line: InvoiceLineParts) {
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
    pricing: price && {
      price_details: { price: price.id, product: price.product },
      type: 'price_details' as const,
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity: line.quantity,
    quantity_decimal: line.quantity === null ? null : String(line.quantity),
    subscription: parts.subscription?.id ?? null,
    subtotal: line.amount,
    taxes: [] as never[],
  };
}
