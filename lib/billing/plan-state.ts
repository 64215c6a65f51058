import type Stripe from 'stripe';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';
import { findItemFault, findMeteredItem, findPlanItem, findPlanOfPrice } from './plan-of-price';

/** What one subscription means for us. */
export interface PlanState {
  subscription: Stripe.Subscription;
  planItem: Stripe.SubscriptionItem | null;
  meteredItemId: string | null;
  /** The plan its price sells; null for a price that is not ours. */
  planId: string | null;
  /** A dearer plan that was paid for and is kept until its period ends. */
  held: { planId: string; until: Date } | null;
  /** Why it cannot count. */
  fault: string | null;
}

/** Metadata of a subscription whose downgrade waits for the end of the paid period. Stripe keeps it, so a sync restores it. */
export const HELD_PLAN = 'held_plan';
export const HELD_UNTIL = 'held_until';

export async function readPlanState(tx: Tx, billing: Billing, subscription: Stripe.Subscription): Promise<PlanState> {
  const planItem = findPlanItem(subscription);
  const meteredItemId = findMeteredItem(subscription)?.id ?? null;
  const planId = planItem && (await findPlanOfPrice(tx, billing, planItem.price.id));
  const base = { subscription, planItem, meteredItemId };
  if (!planItem || !planId) return { ...base, planId: null, held: null, fault: 'its price is not one of ours' };
  return { ...base, planId, held: await readHeld(tx, billing, subscription, planItem.current_period_start * 1_000), fault: findItemFault(planItem) };
}

/** A period that has begun at Stripe ends it too: a test clock there may be ahead of ours. */
async function readHeld(tx: Tx, billing: Billing, { metadata }: Stripe.Subscription, periodStartMs: number): Promise<PlanState['held']> {
  const untilMs = Number(metadata[HELD_UNTIL]) * 1_000;
  const planId = metadata[HELD_PLAN];
  if (!planId || !(untilMs > Math.max(billing.now(), periodStartMs))) return null;
  return (await tx.plan.findUnique({ where: { id: planId } })) ? { planId, until: new Date(untilMs) } : null;
}
