import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContract } from './contract/load-contract';
import { findResponseFaults } from './contract/validate-response';
import { type RunningSimulator, startSimulator } from './start-simulator';

let running: RunningSimulator;
let stripe: Stripe;

beforeEach(async () => {
  running = await startSimulator({ port: 0, webhookUrl: 'http://127.0.0.1:9/', webhookSecret: 'whsec_x', controlPlane: true });
  const { hostname, port } = new URL(running.apiBase);
  stripe = new Stripe(running.secretKey, { host: hostname, port: Number(port), protocol: 'http', telemetry: false });
});
afterEach(() => running.close());

/** A draft of $25.00 for a customer, with automatic tax of 20 %. */
async function writeInvoice(): Promise<{ invoice: Stripe.Invoice; item: Stripe.InvoiceItem }> {
  running.sim.state.taxPercent = 20;
  const { id: customer } = await stripe.customers.create({ name: 'Acme' });
  const draft = await stripe.invoices.create({ customer, currency: 'usd', auto_advance: false, automatic_tax: { enabled: true } });
  const item = await stripe.invoiceItems.create({ customer, invoice: draft.id ?? '', amount: 2_500, currency: 'usd', description: 'Credit', tax_behavior: 'exclusive' });
  return { invoice: await stripe.invoices.finalizeInvoice(draft.id ?? ''), item };
}

const textOf = async (url: string | null | undefined): Promise<string> => (await fetch(url ?? '')).text();

describe('invoices and receipts of the simulator', () => {
  it('adds tax to an invoice that is written by hand, and answers in the shapes of the contract', async () => {
    const { invoice, item } = await writeInvoice();
    expect(invoice).toMatchObject({ status: 'open', subtotal: 2_500, total: 3_000, total_taxes: [{ amount: 500 }] });
    await stripe.invoices.pay(invoice.id ?? '');
    const payments = (await stripe.invoicePayments.list({ invoice: invoice.id ?? '' })).data;
    expect(payments).toMatchObject([{ status: 'paid', amount_paid: 3_000 }]);
    const { schemas } = loadContract().components;
    const shapes: [string, object][] = [
      ['Invoice', await stripe.invoices.retrieve(invoice.id ?? '')],
      ['InvoiceItem', item],
      ...payments.map((payment): [string, object] => ['InvoicePayment', payment]),
    ];
    for (const [name, object] of shapes) expect(findResponseFaults(loadContract(), schemas[name] ?? {}, JSON.parse(JSON.stringify(object)), name)).toEqual([]);
    expect(running.sim.violations).toEqual([]);
  });

  it('lets a person pay an open invoice at its own address, after a refusal too, and shows the receipt', async () => {
    const { invoice } = await writeInvoice();
    running.sim.state.declines = { code: 'card_declined', times: 1 };
    const url = invoice.hosted_invoice_url ?? '';
    expect(await textOf(url)).toContain('30.00 USD');
    expect(await (await fetch(url, { method: 'POST' })).text()).toContain('declined');
    expect((await stripe.invoices.retrieve(invoice.id ?? '')).status).toBe('open');
    await fetch(url, { method: 'POST' });
    expect((await stripe.invoices.retrieve(invoice.id ?? '')).status).toBe('paid');
    const charge = (await stripe.charges.list()).data[0];
    await stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 });
    const receipt = await textOf(charge?.receipt_url);
    expect([receipt.includes('30.00 USD'), receipt.includes('-1.00 USD')]).toEqual([true, true]);
    expect((await fetch(`${running.apiBase}/invoice/in_unknown`)).status).toBe(404);
  });

  it('refuses to add to a finished invoice, and to finish it twice', async () => {
    const { invoice } = await writeInvoice();
    await expect(stripe.invoiceItems.create({ customer: String(invoice.customer), invoice: invoice.id ?? '', amount: 1, currency: 'usd' })).rejects.toMatchObject({ code: 'invoice_not_editable' });
    await expect(stripe.invoices.finalizeInvoice(invoice.id ?? '')).rejects.toMatchObject({ code: 'invoice_not_editable' });
  });
});
