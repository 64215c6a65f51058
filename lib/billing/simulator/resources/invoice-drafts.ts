import type { Handler } from '../simulator';
import type { Metadata } from '../state';
import { invalidRequest } from '../stripe-fault';
import { buildLine } from './build-invoice';
import { getCustomer } from './customers';
import { addDraft, getInvoice, openInvoice, withoutPayments } from './invoices';

interface InvoiceParams {
  customer?: string;
  currency?: string;
  metadata?: Metadata;
  automatic_tax?: { enabled: boolean };
  pending_invoice_items_behavior?: 'exclude' | 'include';
}

/** An invoice that is written by hand: a draft to which items are added. */
export const createInvoice: Handler = (sim, rawParams) => {
  const params = rawParams as InvoiceParams;
  if (!params.customer) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  getCustomer(sim, params.customer);
  const parts = {
    customer: params.customer,
    currency: params.currency ?? 'usd',
    reason: 'manual' as const,
    subscription: null,
    metadata: params.metadata ?? {},
    lines: [],
  };
  return withoutPayments(addDraft(sim, { ...parts, automaticTax: params.automatic_tax?.enabled ?? false }));
};

interface ItemParams {
  customer?: string;
  invoice?: string;
  amount?: number;
  currency?: string;
  description?: string;
  tax_behavior?: 'exclusive' | 'inclusive' | 'unspecified';
}

export const createInvoiceItem: Handler = (sim, rawParams) => {
  const { customer, invoice: id, amount = 0, currency = 'usd', description = '' } = rawParams as ItemParams;
  if (!id) throw invalidRequest('The simulator adds items to a draft only; name it.', 'invoice', 'parameter_missing');
  const invoice = getInvoice(sim, id);
  if (invoice.status !== 'draft') throw invalidRequest('You can only add invoice items to draft invoices.', 'invoice', 'invoice_not_editable');
  if (customer && customer !== invoice.customer) throw invalidRequest('The customer of the item is not the customer of the invoice.', 'customer');
  const now = sim.nowS();
  const period = { start: now, end: now };
  invoice.lines.data.push(
    buildLine(sim, id, { currency, subscription: null }, { amount, description, price: null, quantity: 1, period, subscriptionItem: null, proration: false }),
  );
  sim.touch();
  return {
    id: sim.newId('ii'),
    object: 'invoiceitem',
    amount,
    currency,
    customer: invoice.customer,
    customer_account: null,
    date: now,
    description,
    discountable: true,
    discounts: [],
    invoice: id,
    livemode: false,
    metadata: {},
    parent: null,
    period,
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: '1',
    tax_rates: [],
    test_clock: null,
  };
};

export const finalizeDraft: Handler = (sim, _params, id) => {
  const invoice = getInvoice(sim, id);
  if (invoice.status !== 'draft')
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.", undefined, 'invoice_not_editable');
  const { address } = sim.state.customers[invoice.customer ?? ''] ?? { address: null };
  if (invoice.automatic_tax.enabled && sim.state.wantsAddress && !address)
    throw invalidRequest(
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      undefined,
      'customer_tax_location_invalid',
    );
  openInvoice(sim, invoice);
  return withoutPayments(invoice);
};

export const deleteDraft: Handler = (sim, _params, id) => {
  if (getInvoice(sim, id).status !== 'draft') throw invalidRequest('You can only delete draft invoices.', undefined, 'invoice_not_editable');
  delete sim.state.invoices[id];
  sim.touch();
  return { id, object: 'invoice', deleted: true };
};
