import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { raiseAlert } from './alerts';
import { type Billing, idOf } from './client';
import { EVENT_HANDLERS } from './events';
import { lockCustomer } from './lock-customer';
import { settleCheckout } from './settle-checkout';
import { settleDispute } from './settle-dispute';
import { settleRefunds } from './settle-refunds';
import { ENDED } from './subscription-states';
import { syncCustomer } from './sync-customer';
import type { ThinEvent } from './verify-delivery';
import { storeEvent, storeThinEvent } from './webhook';

const MOST_EVENTS = 2_000;
const RECENT_S = 3 * 86_400;
/** Stripe has tried several times by then. */
const LATE_MS = 3_600_000;

/** Fetches events that Stripe could not deliver, as though they had arrived. Returns how many it was told of. */
export async function pollUndelivered(billing: Billing): Promise<number> {
  const found = await pollEvents(billing);
  // Meter errors exist as thin events only. An account or a key that may not list them still has everything above.
  const thin = await pollThinEvents(billing).catch((error: unknown) => {
    log.warn({ err: error }, 'thin events could not be listed at Stripe');
    return 0;
  });
  return found + thin;
}

async function pollEvents(billing: Billing): Promise<number> {
  let found = 0;
  let late = 0;
  for await (const event of billing.stripe.events.list({ delivery_success: false, limit: 100 })) {
    if (found++ >= MOST_EVENTS) break;
    if (!(event.type in EVENT_HANDLERS)) continue;
    await storeEvent(billing, event, 'poll');
    if (event.created * 1_000 < billing.now() - LATE_MS) late += 1;
  }
  if (late > 0) await tellMissed(billing, late);
  return found;
}

/** Payments still work without webhooks, only later; so nobody would notice that the endpoint is gone. */
async function tellMissed(billing: Billing, count: number): Promise<void> {
  const detail = `${count} events of more than an hour ago were never delivered and were fetched instead; look at the webhook endpoint at Stripe`;
  await asSystem((tx) => raiseAlert(tx, { kind: 'webhooks_missed', orgId: null, targetId: new Date(billing.now()).toISOString().slice(0, 10), detail }));
}

const THIN_TYPES = Object.keys(EVENT_HANDLERS).filter((type) => type.startsWith('v1.'));

/** Stripe does not say which thin events it delivered, so all recent ones are looked at; known ones change nothing. */
async function pollThinEvents(billing: Billing): Promise<number> {
  const since = billing.now() - RECENT_S * 1_000;
  let found = 0;
  for await (const event of billing.stripe.v2.core.events.list({ types: THIN_TYPES, limit: 100 })) {
    // Newest first.
    if (Date.parse(event.created) < since || found++ >= MOST_EVENTS) break;
    await storeThinEvent(billing, event as unknown as ThinEvent, 'poll');
  }
  return found;
}

/** Brings every organization that pays, or began to, in step with Stripe, whatever was lost on the way. */
export async function syncAll(billing: Billing, signal?: AbortSignal): Promise<void> {
  const ids = await asSystem(async (tx) => {
    const subscriptions = await tx.subscription.findMany({ where: { simulated: billing.simulated }, distinct: ['orgId'], select: { orgId: true } });
    const checkouts = await tx.checkoutIntent.findMany({
      where: { simulated: billing.simulated, status: 'open', sessionId: { not: null } },
      select: { orgId: true },
    });
    return [...new Set([...subscriptions, ...checkouts].map(({ orgId }) => orgId))];
  });
  for (const orgId of ids) {
    if (signal?.aborted) return;
    // One organization's trouble is no reason to leave the others behind.
    await syncOrg(billing, orgId).catch((error: unknown) => log.warn({ err: error, orgId }, 'an organization could not be compared with Stripe'));
  }
  await settleRecentReversals(billing).catch((error: unknown) => log.warn({ err: error }, 'refunds and disputes could not be compared with Stripe'));
}

/** One organization: its unfinished checkouts, then its subscriptions. */
export async function syncOrg(billing: Billing, orgId: string): Promise<void> {
  const open = await asSystem((tx) => tx.checkoutIntent.findMany({ where: { orgId, simulated: billing.simulated, status: 'open', sessionId: { not: null } } }));
  for (const { sessionId } of open) if (sessionId) await asSystem((tx) => settleCheckout(tx, billing, sessionId));
  await asSystem(async (tx) => {
    const { stripeCustomerId } = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
    if (!stripeCustomerId) return;
    await lockCustomer(tx, stripeCustomerId);
    await syncCustomer(tx, billing, stripeCustomerId);
  });
}

/** Organizations for which something became due by the clock alone: a grace that is over, a plan that was kept until now. */
export async function syncDue(billing: Billing): Promise<number> {
  const now = new Date(billing.now());
  const ids = await asSystem(async (tx) => {
    const held = await tx.subscription.findMany({
      where: { simulated: billing.simulated, heldUntil: { lte: now }, status: { notIn: [...ENDED] } },
      select: { orgId: true },
    });
    const grace = await tx.billingAccount.findMany({ where: { state: 'grace', graceUntil: { lte: now } }, select: { orgId: true } });
    return [...new Set([...held, ...grace].map(({ orgId }) => orgId))];
  });
  for (const orgId of ids)
    await syncOrg(billing, orgId).catch((error: unknown) => log.warn({ err: error, orgId }, 'an organization could not be compared with Stripe'));
  return ids.length;
}

async function settleRecentReversals(billing: Billing): Promise<void> {
  const created = { gte: Math.floor(billing.now() / 1_000) - RECENT_S };
  for await (const refund of billing.stripe.refunds.list({ created, limit: 100 })) {
    const payment = idOf(refund.payment_intent);
    if (payment) await asSystem((tx) => settleRefunds(tx, billing, payment));
  }
  for await (const dispute of billing.stripe.disputes.list({ created, limit: 100 })) await asSystem((tx) => settleDispute(tx, billing, dispute.id));
}
