import { escapeHtml, formatCents, LABEL, layout, type PageAnswer } from './page-layout';
import type { Invoice } from './resources/build-invoice';
import { payInvoice } from './resources/invoices';
import type { Simulator } from './simulator';

/** The portal's stand-in: says what Stripe's own page would offer, and leads back. */
export function showPortal(sim: Simulator, customerId: string, returnUrl: string): PageAnswer {
  const customer = sim.state.customers[customerId];
  if (!customer || customer.deleted) return missing('customer');
  const invoices = Object.values(sim.state.invoices).filter((invoice) => invoice.customer === customerId);
  const rows = invoices.map((invoice) => row(invoiceLink(invoice), invoice.total, invoice.currency));
  const back = /^https?:\/\//.test(returnUrl) ? `<p><a href="${escapeHtml(returnUrl)}">Back</a></p>` : '';
  return page(
    'Customer portal',
    `<h1>Customer portal (simulator)</h1><p>At Stripe, cards, tax ids and invoices are managed here.</p><table>${rows.join('')}</table>${back}`,
  );
}

/** The invoice as Stripe hosts it: its lines, its tax, and a way to pay it while it is open. */
export function showInvoice(sim: Simulator, id: string, alert = ''): PageAnswer {
  const invoice = sim.state.invoices[id];
  if (!invoice || invoice.status === 'draft') return missing('invoice');
  const lines = invoice.lines.data.map((line) => row(escapeHtml(line.description), line.amount, invoice.currency));
  const taxes = invoice.total_taxes.map((tax) => row('Tax', tax.amount, invoice.currency));
  const total = `<tr class="total"><td>Total <small>${invoice.status}</small></td><td class="n">${formatCents(invoice.total, invoice.currency)}</td></tr>`;
  const form = invoice.status === 'open' ? '<form method="post"><button class="main" name="action" value="pay">Pay</button></form>' : '';
  return page(
    `Invoice ${invoice.number}`,
    `${alert}<h1>Invoice ${escapeHtml(invoice.number)} (simulator)</h1><table>${lines.join('')}${taxes.join('')}${total}</table>${form}${receiptLinks(sim, invoice)}`,
  );
}

/** What its button does. */
export function payAtInvoicePage(sim: Simulator, id: string): PageAnswer {
  const invoice = sim.state.invoices[id];
  if (invoice?.status !== 'open') return showInvoice(sim, id);
  const refused = payInvoice(sim, invoice);
  if (!refused) sim.onInvoicePaid(invoice);
  sim.touch();
  sim.commit();
  return refused ? showInvoice(sim, id, '<p role="alert">The card was declined. Nothing was charged.</p>') : { redirect: sim.documentUrl('invoice', id) };
}

/** The receipt of one payment. */
export function showReceipt(sim: Simulator, chargeId: string): PageAnswer {
  const charge = sim.state.charges[chargeId];
  if (!charge) return missing('payment');
  const refunded = charge.amount_refunded > 0 ? row('Refunded', -charge.amount_refunded, charge.currency) : '';
  const paid = new Date(charge.created * 1_000).toISOString().slice(0, 10);
  return page(
    'Receipt',
    `<h1>Receipt (simulator)</h1><table>${row(escapeHtml(charge.description ?? 'Payment'), charge.amount, charge.currency)}${refunded}</table><p>Paid on ${paid}.</p>`,
  );
}

function receiptLinks(sim: Simulator, invoice: Invoice): string {
  const charges = invoice.payments.data.flatMap(({ payment }) => sim.state.paymentIntents[payment.payment_intent]?.latest_charge ?? []);
  return charges.map((id) => `<p><a href="${escapeHtml(sim.documentUrl('receipt', id))}">Receipt</a></p>`).join('');
}

function invoiceLink(invoice: Invoice): string {
  const name = escapeHtml(invoice.number);
  return `${invoice.hosted_invoice_url ? `<a href="${escapeHtml(invoice.hosted_invoice_url)}">${name}</a>` : name} <small>${invoice.status}</small>`;
}

function row(what: string, cents: number, currency: string): string {
  return `<tr><td>${what}</td><td class="n">${formatCents(cents, currency)}</td></tr>`;
}

function page(title: string, body: string): PageAnswer {
  return { status: 200, html: layout(escapeHtml(title), `${LABEL}${body}`) };
}

function missing(what: string): PageAnswer {
  return { status: 404, html: layout('Not found', `<p>There is no such ${what}.</p>`) };
}
