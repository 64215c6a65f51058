import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';
import { CURRENCY } from './convert';

/** The plan that a price of ours sells, or null for a price we did not make. */
export async function findPlanOfPrice(tx: Tx, billing: Billing, priceId: string): Promise<string | null> {
  const row = await tx.stripePrice.findUnique({ where: { priceId } });
  return row && row.simulated === billing.simulated ? row.planId : null;
}

/** The item of a subscription that carries the plan: found by its price's kind, never by its place in the list. */
export function findPlanItem(subscription: Stripe.Subscription): Stripe.SubscriptionItem | null {
  return subscription.items.data.find((item) => item.price.recurring?.usage_type === 'licensed') ?? null;
}

/** The item that counts usage, if it was sold with one. */
export function findMeteredItem(subscription: Stripe.Subscription): Stripe.SubscriptionItem | null {
  return subscription.items.data.find((item) => item.price.recurring?.usage_type === 'metered') ?? null;
}

/** Why a subscription's plan item cannot count, or null when it is sold as we sell it. */
export function findItemFault(item: Stripe.SubscriptionItem): string | null {
  if (item.price.currency !== CURRENCY) return `its currency is ${item.price.currency}`;
  if ((item.quantity ?? 1) !== 1) return `its quantity is ${item.quantity}`;
  return null;
}
