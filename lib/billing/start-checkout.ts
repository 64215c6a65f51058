import type Stripe from 'stripe';
import { FairleadError } from '@/lib/kernel/errors';
import { formatUsd, nano } from '@/lib/kernel/money';
import { log } from '@/lib/log';
import { asSystem } from '@/lib/store';
import { type Billing, isMissing } from './client';
import { CURRENCY, centsFromMoney } from './convert';
import { ensureCustomer } from './ensure-customer';
import { ensureMeter } from './ensure-meter';
import { lockCustomer } from './lock-customer';
import type { OpenIntent } from './open-intent';
import { settleCheckout } from './settle-checkout';
import { ENDED } from './subscription-states';
import { syncCustomer } from './sync-customer';
import { ensurePlanPrice } from './sync-plan-prices';
import { readCheckoutTax, TAX_BEHAVIOR } from './tax';
import { mayTry } from './trial';

/**
 * The address of the Checkout page for an intent. Safe to repeat: the session is made under the intent's own id, so any
 * number of clicks and retries end at one session. `origin` is where the person's browser is.
 */
export async function startCheckout(billing: Billing, intent: OpenIntent, origin: string): Promise<string> {
  if (intent.url && intent.sessionId) return reopen(billing, intent.id, intent.sessionId);
  // First: what can no longer be paid cannot become a second subscription after it was looked for.
  await expireReplaced(billing, intent.replaced);
  const org = await asSystem((tx) => tx.organization.findUniqueOrThrow({ where: { id: intent.orgId } }));
  const customer = await ensureCustomer(billing, org);
  if (intent.planId) await refuseSecondSubscription(billing, intent, customer);
  const params = intent.planId
    ? await planSession(billing, intent.orgId, intent.planId)
    : intent.purpose === 'card'
      ? cardSession()
      : topUpSession(intent, await readCheckoutTax());
  const session = await createSession(billing, intent, {
    ...params(sessionMetadata(intent)),
    customer,
    client_reference_id: intent.orgId,
    success_url: `${origin}/${org.slug}/settings/billing?checkout=success&session_id={CHECKOUT_SESSION_ID}`,
    cancel_url: `${origin}/${org.slug}/${intent.planId ? 'upgrade' : 'settings/billing'}?checkout=cancelled`,
  });
  await asSystem((tx) => tx.checkoutIntent.updateMany({ where: { id: intent.id }, data: { sessionId: session.id, url: session.url } }));
  if (!session.url) throw new FairleadError('conflict', 'This checkout is finished already.');
  return session.url;
}

async function createSession(billing: Billing, intent: OpenIntent, params: Stripe.Checkout.SessionCreateParams): Promise<Stripe.Checkout.Session> {
  try {
    return await billing.stripe.checkout.sessions.create(params, { idempotencyKey: `checkout:${intent.id}` });
  } catch (error) {
    // The session exists, made with another price or origin, and its answer was lost: the next click begins anew.
    if ((error as { type?: unknown }).type === 'StripeIdempotencyError') await closeIntent(billing, intent.id, null);
    throw error;
  }
}

/** A second click goes to the first one's session, as long as it can still be paid. */
async function reopen(billing: Billing, intentId: string, sessionId: string): Promise<string> {
  const session = await billing.stripe.checkout.sessions.retrieve(sessionId).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (session?.status === 'open' && session.url) return session.url;
  return closeIntent(billing, intentId, session?.status === 'complete' ? sessionId : null);
}

/** Books what a finished session paid for, or drops the checkout. Either way this click was one too many. */
async function closeIntent(billing: Billing, intentId: string, paidSessionId: string | null): Promise<never> {
  await asSystem(async (tx) => {
    if (paidSessionId) await settleCheckout(tx, billing, paidSessionId);
    else await tx.checkoutIntent.updateMany({ where: { id: intentId, status: 'open' }, data: { status: 'expired' } });
  });
  throw new FairleadError('conflict', 'This checkout is no longer open. Reload the page and try again.');
}

type SessionParams = (metadata: Record<string, string>) => Stripe.Checkout.SessionCreateParams;

/** Base and metered price in one session; the metered line has no quantity. */
async function planSession(billing: Billing, orgId: string, planId: string): Promise<SessionParams> {
  const { plan, canTry } = await asSystem(async (tx) => {
    const plan = await tx.plan.findUniqueOrThrow({ where: { id: planId } });
    return { plan, canTry: plan.trialDays > 0 && (await mayTry(tx, orgId)) };
  });
  const { priceId } = await ensurePlanPrice(billing, plan);
  const meter = await ensureMeter(billing);
  const tax = await readCheckoutTax();
  const trial: Stripe.Checkout.SessionCreateParams.SubscriptionData = canTry
    ? { trial_period_days: plan.trialDays, trial_settings: { end_behavior: { missing_payment_method: 'cancel' } } }
    : {};
  return (metadata) => ({
    mode: 'subscription',
    line_items: [{ price: priceId, quantity: 1 }, { price: meter.priceId }],
    metadata,
    subscription_data: { metadata, ...trial },
    ...(canTry && { payment_method_collection: 'if_required' }),
    ...tax,
  });
}

function cardSession(): SessionParams {
  return (metadata) => ({ mode: 'setup', currency: CURRENCY, metadata, setup_intent_data: { metadata } });
}

function topUpSession({ amountNano }: OpenIntent, tax: Partial<Stripe.Checkout.SessionCreateParams>): SessionParams {
  const amount = nano(amountNano ?? 0n);
  const product_data = { name: `Fairlead credit, $${formatUsd(amount, 2)}` };
  return (metadata) => ({
    mode: 'payment',
    line_items: [{ price_data: { currency: CURRENCY, unit_amount: centsFromMoney(amount), product_data, tax_behavior: TAX_BEHAVIOR }, quantity: 1 }],
    metadata,
    payment_intent_data: { metadata },
    invoice_creation: { enabled: true },
    ...tax,
  });
}

/** Stripe does not copy a session's metadata to what it creates, so both carry it. */
function sessionMetadata(intent: OpenIntent): Record<string, string> {
  return { org_id: intent.orgId, intent_id: intent.id, purpose: intent.purpose, ...(intent.planId ? { plan_id: intent.planId } : {}) };
}

/** Our own table may lag behind a webhook; Stripe's list does not. */
async function refuseSecondSubscription(billing: Billing, intent: OpenIntent, customer: string): Promise<void> {
  if (!(await hasRunning(billing, customer))) return;
  await asSystem(async (tx) => {
    await lockCustomer(tx, customer);
    await syncCustomer(tx, billing, customer);
    await tx.checkoutIntent.updateMany({ where: { id: intent.id, sessionId: null }, data: { status: 'expired' } });
  });
  throw new FairleadError('conflict', 'The organization has a subscription already; change it instead of buying another.', {
    more: { reason: 'already_subscribed' },
  });
}

async function hasRunning(billing: Billing, customer: string): Promise<boolean> {
  for await (const { status } of billing.stripe.subscriptions.list({ customer, status: 'all', limit: 100 })) if (!ENDED.has(status)) return true;
  return false;
}

async function expireReplaced(billing: Billing, sessionIds: readonly string[]): Promise<void> {
  for (const id of sessionIds) {
    try {
      await billing.stripe.checkout.sessions.expire(id);
    } catch (error) {
      // It was paid or expired meanwhile; its own event tells.
      log.info({ err: error, session: id }, 'a replaced checkout could not be closed');
    }
  }
}
