import type Stripe from 'stripe';
import { FairleadError } from '@/lib/kernel/errors';
import { asSystem } from '@/lib/store';
import { type Billing, idOf } from './client';
import { moneyFromCents } from './convert';
import { lockCustomer } from './lock-customer';
import { sealUsage } from './metering/seal-usage';
import { sendUsage } from './metering/send-usage';
import { findPlanItem } from './plan-of-price';
import { HELD_PLAN, HELD_UNTIL } from './plan-state';
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

export interface ChangePreview {
  /** What is charged now, after what is left of the present period was credited. May be less than zero. Nano-USD. */
  dueNow: bigint;
  /** Pass it on when the change is confirmed: then exactly this amount is charged. Unix seconds. */
  prorationDate: number;
  /** When the paid period ends; Unix seconds. */
  periodEnd: number;
}

/** What a change of plan would cost now, as Stripe itself works it out. Changes nothing. */
export async function previewMove(billing: Billing, stripeId: string, planId: string): Promise<ChangePreview> {
  const { item, priceId } = await readMove(billing, stripeId, planId);
  const prorationDate = Math.floor(billing.now() / 1_000);
  const preview = await billing.stripe.invoices.createPreview({
    subscription: stripeId,
    subscription_details: { items: [{ id: item.id, price: priceId }], proration_behavior: 'always_invoice', proration_date: prorationDate },
  });
  return { dueNow: moneyFromCents(preview.total), prorationDate, periodEnd: item.current_period_end };
}

/**
 * Moves a running subscription to another paid plan now and charges the difference for the rest of the period. A declined
 * card leaves everything as it was. With the proration date of a preview exactly the previewed amount is charged, once.
 */
export async function moveSubscription(billing: Billing, stripeId: string, planId: string, prorationDate?: number): Promise<void> {
  await releaseHeld(billing, stripeId);
  const { item, priceId } = await readMove(billing, stripeId, planId);
  await update(
    billing,
    stripeId,
    {
      items: [{ id: item.id, price: priceId }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
      cancel_at_period_end: false,
      ...(prorationDate && { proration_date: prorationDate }),
    },
    prorationDate ? `move:${stripeId}:${item.price.id}:${priceId}:${prorationDate}` : undefined,
  );
}

/**
 * Moves a running subscription to a cheaper plan when its paid period ends: the next invoice is the cheaper one, and until
 * then the organization keeps what it paid for. The subscription itself carries the date, so a sync restores it.
 */
export async function moveAtPeriodEnd(billing: Billing, stripeId: string, keepPlanId: string, planId: string): Promise<void> {
  const { item, priceId } = await readMove(billing, stripeId, planId);
  await update(billing, stripeId, {
    items: [{ id: item.id, price: priceId }],
    proration_behavior: 'none',
    cancel_at_period_end: false,
    metadata: { [HELD_PLAN]: keepPlanId, [HELD_UNTIL]: String(item.current_period_end) },
  });
}

/** Takes back a downgrade that waits: the subscription's price is again the one of the plan that is kept. */
async function releaseHeld(billing: Billing, stripeId: string): Promise<void> {
  const { metadata } = await billing.stripe.subscriptions.retrieve(stripeId);
  const held = metadata[HELD_PLAN];
  if (!held || !(Number(metadata[HELD_UNTIL]) * 1_000 > billing.now())) return;
  const { item, priceId } = await readMove(billing, stripeId, held);
  await update(billing, stripeId, { items: [{ id: item.id, price: priceId }], proration_behavior: 'none', metadata: { [HELD_PLAN]: '', [HELD_UNTIL]: '' } });
}

async function readMove(billing: Billing, stripeId: string, planId: string): Promise<{ item: Stripe.SubscriptionItem; priceId: string }> {
  const plan = await asSystem((tx) => tx.plan.findUniqueOrThrow({ where: { id: planId } }));
  const { priceId } = await ensurePlanPrice(billing, plan);
  const item = findPlanItem(await billing.stripe.subscriptions.retrieve(stripeId));
  if (!item) throw new FairleadError('conflict', 'The subscription holds no plan that could be changed.');
  return { item, priceId };
}

/** Ends a running subscription when its paid period does (`true`), or lets it go on after all, with the plan it had (`false`). */
export async function cancelAtPeriodEnd(billing: Billing, stripeId: string, cancel: boolean): Promise<void> {
  if (!cancel) await releaseHeld(billing, stripeId);
  await update(billing, stripeId, { cancel_at_period_end: cancel });
}

/** Ends a subscription at once. Usage that was not invoiced yet is flushed first and billed with it. */
export async function cancelNow(billing: Billing, stripeId: string): Promise<void> {
  await sealUsage(billing, { settleMs: 0 });
  await sendUsage(billing);
  const subscription = await billing.stripe.subscriptions.cancel(stripeId, { invoice_now: true });
  await follow(billing, idOf(subscription.customer) ?? '');
}

async function update(billing: Billing, stripeId: string, params: Stripe.SubscriptionUpdateParams, idempotencyKey?: string): Promise<void> {
  const subscription = await asPaymentError(billing.stripe.subscriptions.update(stripeId, params, idempotencyKey ? { idempotencyKey } : {}));
  await follow(billing, idOf(subscription.customer) ?? '');
}

async function follow(billing: Billing, customer: string): Promise<void> {
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
