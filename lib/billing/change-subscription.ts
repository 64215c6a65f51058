import type Stripe from 'stripe';
import { FairleadError } from '@/lib/kernel/errors';
import { asSystem } from '@/lib/store';
import type { Billing } from './client';
import { lockCustomer } from './lock-customer';
import { findPlanItem } from './plan-of-price';
import { ENDED } from './subscription-states';
import { syncCustomer } from './sync-customer';
import { ensurePlanPrice } from './sync-plan-prices';

/** Stripe's name for the organization's running subscription, or null when it has none. */
export async function findLiveSubscription(billing: Billing, orgId: string): Promise<string | null> {
  const row = await asSystem((tx) =>
    tx.subscription.findFirst({ where: { orgId, simulated: billing.simulated, status: { notIn: [...ENDED] } }, orderBy: { createdAt: 'asc' } }),
  );
  return row?.stripeId ?? null;
}

/**
 * Moves a running subscription to another paid plan now and charges the difference for the rest of the period. A declined
 * card leaves everything as it was. Repeating it changes nothing more.
 */
export async function moveSubscription(billing: Billing, stripeId: string, planId: string): Promise<void> {
  const plan = await asSystem((tx) => tx.plan.findUniqueOrThrow({ where: { id: planId } }));
  const { priceId } = await ensurePlanPrice(billing, plan);
  const subscription = await billing.stripe.subscriptions.retrieve(stripeId);
  const item = findPlanItem(subscription);
  if (!item) throw new FairleadError('conflict', 'The subscription holds no plan that could be changed.');
  await update(billing, stripeId, {
    items: [{ id: item.id, price: priceId }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'error_if_incomplete',
    cancel_at_period_end: false,
  });
}

/** Ends a running subscription when its paid period does (`true`), or lets it go on after all (`false`). */
export async function cancelAtPeriodEnd(billing: Billing, stripeId: string, cancel: boolean): Promise<void> {
  await update(billing, stripeId, { cancel_at_period_end: cancel });
}

async function update(billing: Billing, stripeId: string, params: Stripe.SubscriptionUpdateParams): Promise<void> {
  const subscription = await asPaymentError(billing.stripe.subscriptions.update(stripeId, params));
  const customer = typeof subscription.customer === 'string' ? subscription.customer : subscription.customer.id;
  await asSystem(async (tx) => {
    await lockCustomer(tx, customer);
    await syncCustomer(tx, billing, customer);
  });
}

async function asPaymentError<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if ((error as { type?: unknown }).type === 'StripeCardError')
      throw new FairleadError('conflict', 'The card was declined, so nothing was changed.', { internal: error, more: { reason: 'card_declined' } });
    throw error;
  }
}
