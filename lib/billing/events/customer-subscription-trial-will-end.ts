import { mailPayers } from '../mail-payers';
import { readPlanState } from '../plan-state';
import type { EventHandler } from '../process-events';
import { syncCustomer } from '../sync-customer';

/** Three days before a trial ends: the row is brought up to date, and those who pay are told, once a trial. */
export const customerSubscriptionTrialWillEnd: EventHandler = async ({ tx, billing, event }) => {
  if (!event.customerId) return 'the event names no customer';
  const note = await syncCustomer(tx, billing, event.customerId);
  const org = await tx.organization.findUnique({ where: { stripeCustomerId: event.customerId } });
  if (!org || !event.objectId) return note;
  const subscription = await billing.stripe.subscriptions.retrieve(event.objectId);
  const { planId } = await readPlanState(tx, billing, subscription);
  const plan = planId && (await tx.plan.findUnique({ where: { id: planId } }));
  // A late or repeated signal of a trial that is over tells nobody.
  if (subscription.status !== 'trialing' || subscription.trial_end === null || !plan) return note;
  const facts = { kind: 'trial_ending', plan: plan.name, endsAt: new Date(subscription.trial_end * 1_000).toISOString() } as const;
  await mailPayers(tx, billing, { orgId: org.id, facts, cause: `${subscription.id}:${subscription.trial_end}` });
  return note;
};
