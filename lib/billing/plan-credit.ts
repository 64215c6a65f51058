import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { applyOverage } from './account-state';
import { type Billing, idOf } from './client';
import { CURRENCY, METER_UNIT_CENTS } from './convert';
import { endAt } from './ending-credit';
import { findPlanOfPrice } from './plan-of-price';

/** Invoices that begin a paid period. Changes within a period, manual and threshold invoices bring no credit. */
const PERIOD_REASONS: ReadonlySet<string> = new Set(['subscription_create', 'subscription_cycle']);

/**
 * Grants the credit a plan includes for the period an invoice paid, once per period. Simulated money stays simulated.
 * Returns the plan, or null when the invoice grants nothing.
 */
export async function grantPlanCredit(tx: Tx, billing: Billing, orgId: string, invoice: Stripe.Invoice): Promise<string | null> {
  const paid = findPaidPeriod(invoice);
  const planId = paid && (await findPlanOfPrice(tx, billing, paid.price));
  const plan = planId ? await tx.plan.findUnique({ where: { id: planId } }) : null;
  if (!paid || !plan || plan.includedCreditNano <= 0n) return null;
  // Keyed by what was paid: one period of one subscription, whichever invoice says so.
  const source = { sourceType: 'stripe_period', sourceId: `${paid.subscription}:${paid.period.start}` };
  const fund = billing.simulated ? 'simulated' : 'included';
  const amount = nano(plan.includedCreditNano);
  const { granted } = await grantCredit(tx, { orgId, fund, amount, kind: 'grant', ...source, memo: `Credit included in ${plan.name}` });
  if (granted) {
    await endAt(tx, { orgId, fund, amount, ...source, expiresAt: new Date(paid.period.end * 1_000) });
    await applyOverage(tx, billing, orgId);
  }
  return plan.id;
}

interface PaidPeriod {
  price: string;
  subscription: string;
  period: { start: number; end: number };
}

/**
 * The price and period of the one plan line of an invoice that was paid in full for a period, by card or from what earlier
 * changes left on the customer's balance; null for every other invoice.
 */
function findPaidPeriod(invoice: Stripe.Invoice): PaidPeriod | null {
  if (invoice.status !== 'paid' || !PERIOD_REASONS.has(invoice.billing_reason ?? '')) return null;
  if (invoice.currency !== CURRENCY || invoice.total <= 0 || invoice.amount_remaining > 0) return null;
  const lines = invoice.lines.data.filter((line) => line.parent?.subscription_item_details?.proration === false && line.amount > 0 && !isUsage(line));
  const [line] = lines;
  if (!line || lines.length > 1 || line.quantity !== 1) return null;
  const discount = (invoice.total_discount_amounts ?? []).reduce((sum, each) => sum + each.amount, 0);
  if (invoice.total + discount < line.amount) return null;
  const price = line.pricing?.price_details?.price;
  const subscription = idOf(invoice.parent?.subscription_details?.subscription);
  const priceId = typeof price === 'string' ? price : (price?.id ?? null);
  return priceId && subscription ? { price: priceId, subscription, period: line.period } : null;
}

/** The metered line counts micro-dollars; it is no plan. */
function isUsage(line: Stripe.InvoiceLineItem): boolean {
  return Number(line.pricing?.unit_amount_decimal?.toString() ?? 0) === Number(METER_UNIT_CENTS);
}
