import type { Handler, Simulator } from '../simulator';
import { listPage } from './list-page';

export interface InvoicePayment {
  id: string;
  object: 'invoice_payment';
  amount_paid: number | null;
  amount_requested: number;
  created: number;
  currency: string;
  invoice: string;
  is_default: true;
  livemode: false;
  payment: { payment_intent: string; type: 'payment_intent' };
  status: 'open' | 'paid';
  status_transitions: { canceled_at: null; paid_at: number | null };
}

/** A try to pay an invoice; nothing is paid yet. */
export function buildInvoicePayment(sim: Simulator, invoice: { id: string; amount_due: number; currency: string }, paymentIntent: string): InvoicePayment {
  const now = sim.nowS();
  return {
    id: sim.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: paymentIntent, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  };
}

export function markPaid(sim: Simulator, invoice: { amount_due: number; payments: { data: InvoicePayment[] } }, paymentIntent: string): void {
  const payment = invoice.payments.data.find((each) => each.payment.payment_intent === paymentIntent);
  if (payment) Object.assign(payment, { amount_paid: invoice.amount_due, status: 'paid', status_transitions: { canceled_at: null, paid_at: sim.nowS() } });
}

export const listInvoicePayments: Handler = (sim, params) => {
  const { invoice, payment } = params as { invoice?: string; payment?: { payment_intent?: string } };
  const found = Object.values(sim.state.invoices)
    .flatMap((each) => each.payments.data)
    .filter((each) => (!invoice || each.invoice === invoice) && (!payment?.payment_intent || each.payment.payment_intent === payment.payment_intent));
  return listPage(found, params, '/v1/invoice_payments');
};
