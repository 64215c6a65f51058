import type { Handler, Simulator } from '../simulator';
import { invalidRequest, resourceMissing, StripeFault } from '../stripe-fault';
import { buildInvoice, type Invoice, type InvoiceParts, setTotals } from './build-invoice';
import { buildInvoicePayment, markPaid } from './invoice-payments';
import { listPage } from './list-page';
import { beginPayment, decline, type PaymentIntent, succeed } from './payment-intents';

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
  openInvoice(sim, invoice);
  payInvoice(sim, invoice);
}

/** Ends the draft: the invoice has its last amounts and an address of its own. */
export function openInvoice(sim: Simulator, invoice: Invoice): void {
  setTotals(sim, invoice);
  applyBalance(sim, invoice);
  const hosted = sim.documentUrl('invoice', invoice.id);
  Object.assign(invoice, { status: 'open', automatically_finalizes_at: null, hosted_invoice_url: hosted });
  invoice.status_transitions.finalized_at = sim.nowS();
  sim.emit('invoice.finalized', invoice);
}

/** What a change gave back waits on the customer's balance, below zero, and pays later invoices first. */
function applyBalance(sim: Simulator, invoice: Invoice): void {
  const customer = sim.state.customers[invoice.customer ?? ''];
  if (!customer) return;
  const before = customer.balance;
  const fromBalance = Math.min(Math.max(-before, 0), Math.max(invoice.total, 0));
  customer.balance = before + fromBalance + Math.min(invoice.total, 0);
  const due = Math.max(invoice.total, 0) - fromBalance;
  Object.assign(invoice, { starting_balance: before, ending_balance: customer.balance, amount_due: due, amount_remaining: due });
}

/** Tries to take an open invoice's payment; a total of zero needs none. Returns the bank's reason when it refuses. */
export function payInvoice(sim: Simulator, invoice: Invoice): string | null {
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const code = invoice.amount_due > 0 ? sim.takeDecline() : null;
  if (code) {
    decline(sim, paymentOf(sim, invoice), code);
    invoice.next_payment_attempt = sim.nowS() + RETRY_AFTER_S;
    sim.emit('invoice.payment_failed', invoice);
    return code;
  }
  if (invoice.amount_due > 0) {
    const intent = paymentOf(sim, invoice);
    succeed(sim, intent);
    markPaid(sim, invoice, intent.id);
  }
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.amount_due, amount_remaining: 0, next_payment_attempt: null });
  invoice.status_transitions.paid_at = sim.nowS();
  sim.emit('invoice.paid', invoice);
  return null;
}

/** The one payment of an invoice, made with its first try and kept for the next. */
function paymentOf(sim: Simulator, invoice: Invoice): PaymentIntent {
  const known = sim.state.paymentIntents[invoice.payments.data[0]?.payment.payment_intent ?? ''];
  if (known) return known;
  const intent = beginPayment(sim, { amount: invoice.amount_due, currency: invoice.currency, customer: invoice.customer, description: 'Invoice', metadata: {} });
  invoice.payments.data.push(buildInvoicePayment(sim, invoice, intent.id));
  return intent;
}

/** Sets the amount of a line that counts usage, while the invoice is a draft. */
export function setUsage(sim: Simulator, invoice: Invoice, lineId: string, units: number, amount: number): void {
  const line = invoice.lines.data.find((each) => each.id === lineId);
  if (!line) return;
  Object.assign(line, { quantity: units, quantity_decimal: String(units), amount, subtotal: amount });
  setTotals(sim, invoice);
}

const RETRY_AFTER_S = 3 * 86_400;

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
  if (code)
    throw new StripeFault(402, 'card_error', 'Your card was declined.', {
      code: code === 'authentication_required' ? code : 'card_declined',
      decline_code: code,
    });
  sim.onInvoicePaid(invoice);
  return withoutPayments(invoice);
};

export const voidInvoice: Handler = (sim, _params, id) => {
  const invoice = getInvoice(sim, id);
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalidRequest('You can only pass in open invoices.', undefined, 'invoice_not_editable');
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
