import type Stripe from 'stripe';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { bumpVersion, type Tx } from '@/lib/store';
import { recordBillingAudit } from './billing-audit';
import { type Billing, isMissing } from './client';
import { readDefaultPlan } from './default-plan';
import { grantPlanCredit } from './plan-credit';
import { findItemFault, findPlanItem, findPlanOfPrice } from './plan-of-price';
import { ENTITLED } from './subscription-states';

interface PlanState {
  subscription: Stripe.Subscription;
  planId: string | null;
  fault: string | null;
}

/**
 * Makes our rows say what Stripe says now about one customer: subscriptions, the organization's plan, the credit of paid
 * periods. It reads everything anew, so any event may call it, in any order and any number of times. The caller holds
 * the customer's lock.
 */
export async function syncCustomer(tx: Tx, billing: Billing, customerId: string): Promise<string> {
  const org = await tx.organization.findUnique({ where: { stripeCustomerId: customerId } });
  if (!org) return 'no organization has this customer';
  const before = await tx.subscription.findMany({ where: { orgId: org.id, simulated: billing.simulated } });
  const states: PlanState[] = [];
  for (const subscription of await listSubscriptions(billing, customerId)) {
    const state = await readPlanState(tx, billing, subscription);
    await writeSubscription(tx, billing, org.id, state);
    states.push(state);
  }
  await endVanished(tx, before, states);
  const hadPlan = before.some((row) => ENTITLED.has(row.status) && row.planId === org.planId);
  const note = await applyPlan(tx, billing, org, states, hadPlan);
  for (const { subscription } of states) {
    const invoice = subscription.latest_invoice;
    if (ENTITLED.has(subscription.status) && invoice && typeof invoice !== 'string') await grantPlanCredit(tx, billing, org.id, invoice);
  }
  return note;
}

/** Oldest first. A customer that was deleted at Stripe has none. */
async function listSubscriptions(billing: Billing, customer: string): Promise<Stripe.Subscription[]> {
  try {
    const page = await billing.stripe.subscriptions.list({ customer, status: 'all', limit: 100, expand: ['data.latest_invoice'] });
    return page.data.sort((a, b) => a.created - b.created || a.id.localeCompare(b.id));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readPlanState(tx: Tx, billing: Billing, subscription: Stripe.Subscription): Promise<PlanState> {
  const item = findPlanItem(subscription);
  const planId = item && (await findPlanOfPrice(tx, billing, item.price.id));
  if (!item || !planId) return { subscription, planId: null, fault: 'its price is not one of ours' };
  return { subscription, planId, fault: findItemFault(item) };
}

async function writeSubscription(tx: Tx, billing: Billing, orgId: string, { subscription, planId }: PlanState): Promise<void> {
  const item = findPlanItem(subscription);
  const state = {
    status: subscription.status,
    currentPeriodStart: item && new Date(item.current_period_start * 1_000),
    currentPeriodEnd: item && new Date(item.current_period_end * 1_000),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    syncedAt: new Date(),
    ...(planId ? { planId } : {}),
  };
  await tx.subscription.upsert({
    where: { stripeId: subscription.id },
    create: {
      id: newId('sub'),
      orgId,
      stripeId: subscription.id,
      simulated: billing.simulated,
      createdAt: new Date(subscription.created * 1_000),
      planId: 'unknown',
      ...state,
    },
    update: state,
  });
}

/** A subscription that Stripe no longer lists is over. */
async function endVanished(tx: Tx, before: { stripeId: string; status: string }[], states: PlanState[]): Promise<void> {
  const listed = new Set(states.map(({ subscription }) => subscription.id));
  const gone = before.filter((row) => !listed.has(row.stripeId) && row.status !== 'canceled').map((row) => row.stripeId);
  if (gone.length > 0) await tx.subscription.updateMany({ where: { stripeId: { in: gone } }, data: { status: 'canceled', syncedAt: new Date() } });
}

async function applyPlan(tx: Tx, billing: Billing, org: { id: string; planId: string }, states: PlanState[], hadPlan: boolean): Promise<string> {
  const live = states.filter(({ subscription }) => ENTITLED.has(subscription.status));
  const good = live.filter(({ planId, fault }) => planId !== null && fault === null);
  for (const { subscription, fault } of live) if (fault) await reportFault(tx, billing, org.id, subscription.id, fault);
  if (good.length > 1) await reportFault(tx, billing, org.id, org.id, `${good.length} subscriptions are live; the oldest one counts`);
  // An organization without a subscription keeps a plan that an operator gave it.
  const target = good[0]?.planId ?? (hadPlan ? await readDefaultPlan(tx) : org.planId);
  if (target === org.planId) return `the plan is ${target}`;
  await changePlan(tx, billing, org, target);
  return `the plan changed from ${org.planId} to ${target}`;
}

/** Puts an organization on another plan, in the caller's transaction; running processes follow within a second. */
export async function changePlan(tx: Tx, billing: Pick<Billing, 'simulated'>, org: { id: string; planId: string }, planId: string): Promise<void> {
  await tx.organization.update({ where: { id: org.id }, data: { planId } });
  await bumpVersion(tx, 'policy');
  await recordBillingAudit(tx, billing, {
    orgId: org.id,
    action: 'plan.change',
    targetType: 'organization',
    targetId: org.id,
    before: { plan: org.planId },
    after: { plan: planId },
  });
}

async function reportFault(tx: Tx, billing: Billing, orgId: string, targetId: string, fault: string): Promise<void> {
  log.error({ orgId, targetId, fault }, 'a subscription does not match what is sold');
  const known = await tx.auditEntry.findFirst({ where: { orgId, action: 'billing.mismatch', targetId } });
  if (!known) await recordBillingAudit(tx, billing, { orgId, action: 'billing.mismatch', targetType: 'subscription', targetId, after: { fault } });
}
