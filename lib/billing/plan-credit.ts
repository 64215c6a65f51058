import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';
import { CURRENCY } from './convert';
import { findPlanOfPrice } from './plan-of-price';

/** Invoices that begin a paid period. Changes within a period, manual and threshold invoices bring no credit. */
const PERIOD_REASONS: ReadonlySet<string> = new Set(['subscription_create', 'subscription_cycle']);

/**
 * Grants the credit a plan includes for the period an invoice paid, once per invoice. Simulated money stays simulated.
 * Returns the plan, or null when the invoice grants nothing.
 */
export async function grantPlanCredit(tx: Tx, billing: Billing, orgId: string, invoice: Stripe.Invoice): Promise<string | null> {
  const priceId = findPaidPlanPrice(invoice);
  const planId = priceId && (await findPlanOfPrice(tx, billing, priceId));
  const plan = planId ? await tx.plan.findUnique({ where: { id: planId } }) : null;
  if (!plan || plan.includedCreditNano <= 0n) return null;
  await grantCredit(tx, {
    orgId,
    fund: billing.simulated ? 'simulated' : 'included',
    amount: nano(plan.includedCreditNano),
    kind: 'grant',
    sourceType: 'stripe_invoice',
    sourceId: invoice.id ?? '',
    memo: `Credit included in ${plan.name}`,
  });
  return plan.id;
}

/** The price of the one plan line of an invoice that was paid in full for a period; null for every other invoice. */
function findPaidPlanPrice(invoice: Stripe.Invoice): string | null {
  if (invoice.status !== 'paid' || !PERIOD_REASONS.has(invoice.billing_reason ?? '')) return null;
  if (invoice.currency !== CURRENCY || invoice.amount_paid <= 0 || invoice.amount_remaining > 0) return null;
  const lines = invoice.lines.data.filter((line) => line.parent?.subscription_item_details?.proration === false && line.amount > 0);
  const [line] = lines;
  if (!line || lines.length > 1 || line.quantity !== 1) return null;
  const discount = (invoice.total_discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0);
  if (invoice.total + discount < line.amount) return null;
  const price = line.pricing?.price_details?.price;
  return typeof price === 'string' ? price : (price?.id ?? null);
}
