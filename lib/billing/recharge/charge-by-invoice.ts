import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { type Billing, idOf } from '../client';
import { CURRENCY, centsFromMoney } from '../convert';
import { TAX_BEHAVIOR } from '../tax';
import { type Attempt, KEY_LIFE_MS } from './charge-card';
import type { RechargeOutcome } from './settle-recharge';

/**
 * Charges the saved card by an invoice, on which Stripe works out the tax that comes on top. Every step carries the
 * attempt's own key, so a repeated try ends at the same invoice. What the bank refuses is void, lest somebody pays it later;
 * what it wants confirmed stays open, for the person to pay at its own address.
 */
export async function chargeByInvoice(billing: Billing, attempt: Attempt, customer: string, card: string): Promise<RechargeOutcome> {
  const { stripe } = billing;
  let id: string | null = null;
  try {
    const made = (await findEarlier(billing, attempt, customer)) ?? (await openInvoice(billing, attempt, customer, card));
    id = made.id ?? '';
    const invoice = made.status === 'draft' ? await finalize(billing, attempt, customer, made) : made;
    if (invoice.status === 'open') await stripe.invoices.pay(id, { off_session: true, payment_method: card }, { idempotencyKey: `recharge-pay:${attempt.id}` });
  } catch (error) {
    const { type, code } = error as { type?: unknown; code?: unknown };
    if (code === 'customer_tax_location_invalid') {
      if (id) await stripe.invoices.del(id);
      return { payment: null, refusal: 'tax_address' };
    }
    const isConfirmable = CONFIRMABLE.has(String(code));
    if (!id || (type !== 'StripeCardError' && !isConfirmable)) throw error;
    if (!isConfirmable && (await stripe.invoices.retrieve(id)).status === 'open') await stripe.invoices.voidInvoice(id);
  }
  return readInvoiceOutcome(billing, await stripe.invoices.retrieve(id));
}

/** The bank did not refuse: it wants the person. */
const CONFIRMABLE = new Set(['authentication_required', 'invoice_payment_intent_requires_action']);

async function finalize({ stripe }: Billing, attempt: Attempt, customer: string, draft: Stripe.Invoice): Promise<Stripe.Invoice> {
  const invoice = draft.id ?? '';
  const item = {
    customer,
    invoice,
    amount: centsFromMoney(nano(attempt.amountNano)),
    currency: CURRENCY,
    description: 'Fairlead credit (auto-recharge)',
    tax_behavior: TAX_BEHAVIOR,
  };
  if (draft.lines.data.length === 0) await stripe.invoiceItems.create(item, { idempotencyKey: `recharge-item:${attempt.id}` });
  return stripe.invoices.finalizeInvoice(invoice, { auto_advance: false }, { idempotencyKey: `recharge-finalize:${attempt.id}` });
}

function openInvoice({ stripe }: Billing, attempt: Attempt, customer: string, card: string): Promise<Stripe.Invoice> {
  return stripe.invoices.create(
    {
      customer,
      currency: CURRENCY,
      auto_advance: false,
      collection_method: 'charge_automatically',
      default_payment_method: card,
      pending_invoice_items_behavior: 'exclude',
      automatic_tax: { enabled: true },
      metadata: { org_id: attempt.orgId, attempt_id: attempt.id, purpose: 'recharge' },
    },
    { idempotencyKey: `recharge-invoice:${attempt.id}` },
  );
}

/** The payment behind an attempt's invoice, with what was asked for before tax. */
export async function readInvoiceOutcome({ stripe }: Billing, invoice: Stripe.Invoice): Promise<RechargeOutcome> {
  const parts = { beforeTaxCents: invoice.subtotal, url: invoice.hosted_invoice_url ?? null };
  let found: Stripe.PaymentIntent | null = null;
  for await (const { payment } of stripe.invoicePayments.list({ invoice: invoice.id ?? '', limit: 100 })) {
    const id = idOf(payment.payment_intent);
    if (!id) continue;
    found = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    if (found.status === 'succeeded') break;
  }
  if (found) return { payment: found, invoice: parts };
  if (invoice.status === 'void') return { payment: null, refusal: 'declined' };
  throw new Error(`invoice ${invoice.id} is ${invoice.status} and has no payment`);
}

async function findEarlier({ stripe, now }: Billing, attempt: Attempt, customer: string): Promise<Stripe.Invoice | null> {
  if (now() - attempt.createdAt.getTime() < KEY_LIFE_MS) return null;
  const created = { gte: Math.floor(attempt.createdAt.getTime() / 1_000) };
  for await (const invoice of stripe.invoices.list({ customer, created, limit: 100 })) if (invoice.metadata?.attempt_id === attempt.id) return invoice;
  return null;
}
