import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { nano } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import type { Billing } from './client';
import { endAt } from './ending-credit';

/** Who counts as having had a trial: the organization, and the address of whoever owns it. */
async function claimsOf(tx: Tx, orgId: string): Promise<string[]> {
  const owners = await tx.membership.findMany({ where: { orgId, role: 'owner' }, include: { user: true } });
  const hash = (email: string) => createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
  return [`org:${orgId}`, ...owners.map(({ user }) => `email:${hash(user.email)}`)];
}

/** True while neither the organization nor one of its owners had a trial. */
export async function mayTry(tx: Tx, orgId: string): Promise<boolean> {
  return (await tx.trialClaim.count({ where: { claim: { in: await claimsOf(tx, orgId) } } })) === 0;
}

/** Writes down that a trial was taken and gives its credit, once a subscription. The credit ends with the trial: a hard stop. */
export async function grantTrialCredit(tx: Tx, billing: Billing, orgId: string, planId: string, subscription: Stripe.Subscription): Promise<void> {
  await tx.trialClaim.createMany({ data: (await claimsOf(tx, orgId)).map((claim) => ({ claim, orgId })), skipDuplicates: true });
  const plan = await tx.plan.findUniqueOrThrow({ where: { id: planId } });
  if (plan.trialCreditNano <= 0n || subscription.trial_end === null) return;
  const source = { sourceType: 'stripe_trial', sourceId: subscription.id };
  const fund = billing.simulated ? 'simulated' : 'included';
  const amount = nano(plan.trialCreditNano);
  const { granted } = await grantCredit(tx, { orgId, fund, amount, kind: 'grant', ...source, memo: `Trial of ${plan.name}` });
  if (granted) await endAt(tx, { orgId, fund, amount, ...source, expiresAt: new Date(subscription.trial_end * 1_000) });
}
