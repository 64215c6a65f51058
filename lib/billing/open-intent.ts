import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Money } from '@/lib/kernel/money';
import type { Tx } from '@/lib/store';
import { ENDED } from './subscription-states';

/** Younger than Stripe's 24 hours, so an address we hand out again still works. */
const REUSE_FOR_MS = 22 * 3_600_000;

export interface OpenIntent {
  id: string;
  orgId: string;
  /** plan, topup or card. */
  purpose: string;
  planId: string | null;
  amountNano: bigint | null;
  /** Set once the session exists. */
  sessionId: string | null;
  url: string | null;
  isNew: boolean;
  /** Sessions of other plans that this choice replaces. */
  replaced: string[];
}

interface Buyer {
  orgId: string;
  simulated: boolean;
  createdById: string | null;
}

/**
 * Writes down that the organization wants a plan. A second click finds the same row, so both lead to one session; another
 * plan's unfinished checkout is replaced. Refuses what cannot be bought and a second subscription.
 */
export async function openPlanIntent(tx: Tx, buyer: Buyer, planId: string): Promise<OpenIntent> {
  await lockBuyer(tx, buyer.orgId);
  const plan = await tx.plan.findUnique({ where: { id: planId } });
  if (!plan?.isPublic) throw new FairleadError('not_found', 'There is no such plan.');
  if (plan.monthlyNano <= 0n) throw new FairleadError('invalid_request', `${plan.name} costs nothing, so there is nothing to check out.`, { param: 'plan' });
  const subscription = await tx.subscription.findFirst({ where: { orgId: buyer.orgId, simulated: buyer.simulated, status: { notIn: [...ENDED] } } });
  if (subscription)
    throw new FairleadError('conflict', 'The organization has a subscription already; change it instead of buying another.', {
      more: { reason: 'already_subscribed' },
    });

  const open = await tx.checkoutIntent.findMany({ where: { orgId: buyer.orgId, purpose: 'plan', status: 'open', simulated: buyer.simulated } });
  const same = open.find((intent) => intent.planId === planId && intent.createdAt.getTime() > Date.now() - REUSE_FOR_MS);
  const others = open.filter((intent) => intent !== same);
  await tx.checkoutIntent.updateMany({ where: { id: { in: others.map((intent) => intent.id) } }, data: { status: 'expired' } });
  const replaced = others.flatMap((intent) => intent.sessionId ?? []);
  if (same) return { ...same, isNew: false, replaced };
  const fresh = await tx.checkoutIntent.create({ data: { id: newId('chk'), purpose: 'plan', planId, ...buyer } });
  return { ...fresh, isNew: true, replaced };
}

/** Writes down that the organization wants credit. Every click is a purchase of its own. */
export async function openTopUpIntent(tx: Tx, buyer: Buyer, amount: Money): Promise<OpenIntent> {
  const fresh = await tx.checkoutIntent.create({ data: { id: newId('chk'), purpose: 'topup', amountNano: amount, ...buyer } });
  return { ...fresh, isNew: true, replaced: [] };
}

/** Writes down that a card is to be saved for later charges. */
export async function openCardIntent(tx: Tx, buyer: Buyer): Promise<OpenIntent> {
  const fresh = await tx.checkoutIntent.create({ data: { id: newId('chk'), purpose: 'card', ...buyer } });
  return { ...fresh, isNew: true, replaced: [] };
}

async function lockBuyer(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`checkout:${orgId}`}, 0))`;
}
