import type Stripe from 'stripe';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { bumpVersion, type Tx } from '@/lib/store';
import { updateAccountState } from './account-state';
import { raiseAlert } from './alerts';
import { recordBillingAudit } from './billing-audit';
import { type Billing, isMissing } from './client';
import { readDefaultPlan } from './default-plan';
import { endDuplicates } from './end-duplicates';
import { grantPlanCredit } from './plan-credit';
import { readPlanState, type PlanState } from './plan-state';
import { ENDED, ENTITLED } from './subscription-states';
import { grantTrialCredit } from './trial';

/**
 * Makes our rows say what Stripe says now about one customer: subscriptions, the organization's plan, how it stands with
 * its payments, the credit of paid periods. It reads everything anew, so any event may call it, in any order and any
 * number of times. The caller holds the customer's lock.
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
  const hadPlan = before.some((row) => ENTITLED.has(row.status) && (row.planId === org.planId || row.heldPlanId === org.planId));
  const { note, counts } = await applyPlan(tx, billing, org, states, hadPlan);
  const standing = counts ?? states.find(({ subscription }) => !ENDED.has(subscription.status)) ?? null;
  const account = await updateAccountState(tx, billing, org.id, standing?.subscription ?? null);
  await withholdPostpaid(tx, billing, org.id, account);
  for (const state of states) {
    const invoice = state.subscription.latest_invoice;
    if (!ENTITLED.has(state.subscription.status)) continue;
    if (invoice && typeof invoice !== 'string') await grantPlanCredit(tx, billing, org.id, invoice);
    if (state.subscription.status === 'trialing' && state.planId) await grantTrialCredit(tx, billing, org.id, state.planId, state.subscription);
  }
  return note;
}

/** Oldest first. A customer that was deleted at Stripe has none. */
async function listSubscriptions(billing: Billing, customer: string): Promise<Stripe.Subscription[]> {
  try {
    const found: Stripe.Subscription[] = [];
    for await (const each of billing.stripe.subscriptions.list({ customer, status: 'all', limit: 100, expand: ['data.latest_invoice'] })) found.push(each);
    // The list comes newest first, which tells two of the same second apart.
    return found.reverse().sort((a, b) => a.created - b.created);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function writeSubscription(tx: Tx, billing: Billing, orgId: string, { subscription, planId, planItem, meteredItemId, held }: PlanState): Promise<void> {
  const state = {
    status: subscription.status,
    currentPeriodStart: planItem && new Date(planItem.current_period_start * 1_000),
    currentPeriodEnd: planItem && new Date(planItem.current_period_end * 1_000),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    meteredItemId,
    trialEnd: dateOf(subscription.trial_end),
    endedAt: dateOf(subscription.ended_at),
    heldPlanId: held?.planId ?? null,
    heldUntil: held?.until ?? null,
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

function dateOf(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1_000);
}

/** A subscription that Stripe no longer lists is over. */
async function endVanished(tx: Tx, before: { stripeId: string; status: string }[], states: PlanState[]): Promise<void> {
  const listed = new Set(states.map(({ subscription }) => subscription.id));
  const gone = before.filter((row) => !listed.has(row.stripeId) && row.status !== 'canceled').map((row) => row.stripeId);
  if (gone.length > 0)
    await tx.subscription.updateMany({ where: { stripeId: { in: gone } }, data: { status: 'canceled', endedAt: new Date(), syncedAt: new Date() } });
}

async function applyPlan(
  tx: Tx,
  billing: Billing,
  org: { id: string; planId: string },
  states: PlanState[],
  hadPlan: boolean,
): Promise<{ note: string; counts: PlanState | null }> {
  const live = states.filter(({ subscription }) => ENTITLED.has(subscription.status));
  const good = live.filter(({ planId, fault }) => planId !== null && fault === null);
  for (const { subscription, fault } of live) if (fault) await reportFault(tx, billing, org.id, subscription.id, fault);
  const [counts, ...surplus] = good;
  await endDuplicates(tx, billing, org.id, surplus);
  // An organization without a subscription keeps a plan that an operator gave it.
  const target = counts?.held?.planId ?? counts?.planId ?? (hadPlan ? await readDefaultPlan(tx) : org.planId);
  if (target === org.planId) return { note: `the plan is ${target}`, counts: counts ?? null };
  await changePlan(tx, billing, org, target);
  return { note: `the plan changed from ${org.planId} to ${target}`, counts: counts ?? null };
}

/** A plan without a balance check would let an organization in trouble owe without end, so it waits on the default plan. */
async function withholdPostpaid(tx: Tx, billing: Billing, orgId: string, account: string): Promise<void> {
  if (account !== 'restricted' && account !== 'suspended') return;
  const org = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, include: { plan: true } });
  if (org.plan.prepaid) return;
  const sold = await tx.subscription.findFirst({ where: { orgId, simulated: billing.simulated, planId: org.planId, status: { notIn: [...ENDED] } } });
  const fallback = await readDefaultPlan(tx);
  if (sold && fallback !== org.planId) await changePlan(tx, billing, org, fallback);
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
  await raiseAlert(tx, { kind: 'mismatch', orgId, targetId, detail: fault });
  const known = await tx.auditEntry.findFirst({ where: { orgId, action: 'billing.mismatch', targetId } });
  if (!known) await recordBillingAudit(tx, billing, { orgId, action: 'billing.mismatch', targetType: 'subscription', targetId, after: { fault } });
}
