import { beforeEach, describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { asSystem, withOrg } from '@/lib/store';
import { createBillingBench } from '@/lib/testing/billing';
import { openPlanIntent, openTopUpIntent } from './open-intent';
import { processDueEvents } from './process-events';
import { settleCheckout } from './settle-checkout';
import { startCheckout } from './start-checkout';
import { syncPlanPrices } from './sync-plan-prices';
import type { TestBilling } from './test-billing';

const ORIGIN = 'http://127.0.0.1:3000';

const bench = await createBillingBench();
const { db } = bench;
let test: TestBilling;
let org: { id: string; slug: string };

beforeEach(() => {
  ({ test, org } = bench);
});

async function choose(planId: string): Promise<string> {
  const intent = await withOrg(org.id, (tx) => openPlanIntent(tx, { orgId: org.id, simulated: test.billing.simulated, createdById: null }, planId));
  return startCheckout(test.billing, intent, ORIGIN);
}

async function topUp(usd: string): Promise<string> {
  const intent = await withOrg(org.id, (tx) => openTopUpIntent(tx, { orgId: org.id, simulated: test.billing.simulated, createdById: null }, parseUsd(usd)));
  return startCheckout(test.billing, intent, ORIGIN);
}

const sessionOf = (url: string): string => url.split('/').at(-1) ?? '';

async function pay(url: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
  expect(answer.status).toBe(303);
  return sessionOf(url);
}

const planOf = async (): Promise<string> => (await db.query<{ plan_id: string }>('SELECT plan_id FROM organization WHERE id = $1', [org.id]))[0]?.plan_id ?? '';
const grants = () =>
  db.query<{ fund: string; amount_nano: string; source_type: string }>(
    `SELECT fund, amount_nano, source_type FROM ledger_entry WHERE org_id = $1 ORDER BY created_at, source_type`,
    [org.id],
  );
const versionOf = async (): Promise<number> => Number((await db.query<{ value: string }>(`SELECT value FROM version WHERE name = 'policy'`))[0]?.value);

describe('buying a plan', () => {
  it('changes the plan once it is paid, raises the policy version, and says so in the audit', async () => {
    const before = await versionOf();
    const session = await pay(await choose('pro'));
    expect(await planOf()).toBe('free');
    await test.settle();
    expect(await planOf()).toBe('pro');
    expect(await versionOf()).toBeGreaterThan(before);
    expect(await db.query('SELECT action, before, after, actor_label FROM audit_entry WHERE org_id = $1', [org.id])).toEqual([
      { action: 'plan.change', before: { plan: 'free' }, after: { plan: 'pro' }, actor_label: 'Stripe simulator' },
    ]);
    expect(await db.query('SELECT status, session_id FROM checkout_intent WHERE org_id = $1', [org.id])).toEqual([{ status: 'complete', session_id: session }]);
    expect(await db.query('SELECT status, plan_id, simulated FROM subscription WHERE org_id = $1', [org.id])).toEqual([
      { status: 'active', plan_id: 'pro', simulated: true },
    ]);
  });

  it('brings the included credit once for the period, as simulated money in the simulator', async () => {
    await pay(await choose('pro'));
    await test.settle();
    expect(await grants()).toEqual([{ fund: 'simulated', amount_nano: String(parseUsd('25')), source_type: 'stripe_period' }]);
  });

  it('case 17: leads two clicks at once to one session', async () => {
    const urls = await Promise.all([choose('pro'), choose('pro'), choose('pro')]);
    expect(new Set(urls).size).toBe(1);
    expect(Object.keys(test.simulator.sim.state.sessions)).toHaveLength(1);
    expect(Object.keys(test.simulator.sim.state.customers)).toHaveLength(1);
  });

  it('replaces an unfinished checkout of another plan', async () => {
    const first = await choose('pro');
    const second = await choose('enterprise');
    expect(test.simulator.sim.state.sessions[sessionOf(first)]?.status).toBe('expired');
    await pay(second);
    await test.settle();
    expect(await planOf()).toBe('enterprise');
  });

  it('refuses a second subscription, also while the webhook of the first is still on its way', async () => {
    test.simulator.deliveries.held = true;
    await pay(await choose('pro'));
    await expect(choose('enterprise')).rejects.toMatchObject({ code: 'conflict' });
    expect(await planOf()).toBe('pro');
    await expect(choose('enterprise')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('begins anew when the session of the first click is gone, was paid, or was made from elsewhere', async () => {
    const first = sessionOf(await choose('pro'));
    await test.billing.stripe.checkout.sessions.expire(first);
    await expect(choose('pro')).rejects.toMatchObject({ code: 'conflict' });
    const second = sessionOf(await choose('pro'));
    expect(second).not.toBe(first);
    await db.query(`UPDATE checkout_intent SET session_id = NULL, url = NULL WHERE session_id = $1`, [second]);
    const elsewhere = await withOrg(org.id, (tx) => openPlanIntent(tx, { orgId: org.id, simulated: true, createdById: null }, 'pro'));
    await expect(startCheckout(test.billing, elsewhere, 'http://127.0.0.1:4000')).rejects.toMatchObject({ code: 'conflict' });
    test.simulator.deliveries.held = true;
    await pay(await choose('pro'));
    await expect(choose('pro')).rejects.toMatchObject({ code: 'conflict' });
    expect(await planOf()).toBe('pro');
  });

  it('does not sell what costs nothing or is not public', async () => {
    await expect(choose('free')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(choose('nothing')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets the returning person settle it before the webhook, and the webhook then changes nothing', async () => {
    test.simulator.deliveries.held = true;
    const session = await pay(await choose('pro'));
    await asSystem((tx) => settleCheckout(tx, test.billing, session));
    expect(await planOf()).toBe('pro');
    test.simulator.deliveries.held = false;
    test.simulator.deliveries.wake();
    await test.settle();
    expect(await planOf()).toBe('pro');
    expect(await grants()).toHaveLength(1);
  });

  it('finds the checkout of a session whose id could not be written down', async () => {
    const url = await choose('pro');
    await db.query('UPDATE checkout_intent SET session_id = NULL, url = NULL WHERE org_id = $1', [org.id]);
    await pay(url);
    await test.settle();
    expect(await planOf()).toBe('pro');
  });

  it('makes a new customer when the old one was deleted at Stripe, and ends what it had', async () => {
    await pay(await choose('pro'));
    await test.settle();
    const [row] = await db.query<{ stripe_customer_id: string }>('SELECT stripe_customer_id FROM organization WHERE id = $1', [org.id]);
    await test.billing.stripe.customers.del(row?.stripe_customer_id ?? '');
    await test.settle();
    expect(await planOf()).toBe('free');
    await pay(await choose('enterprise'));
    await test.settle();
    expect(await planOf()).toBe('enterprise');
  });
});

describe('the life of a subscription', () => {
  const advance = (seconds: number, decline = false) =>
    fetch(`${test.simulator.apiBase}/_sim/advance`, { method: 'POST', body: JSON.stringify({ seconds: String(seconds), decline: String(decline) }) });

  it('grants the credit again for each paid period', async () => {
    await pay(await choose('pro'));
    await advance(32 * 86_400);
    await test.settle();
    expect(await grants()).toHaveLength(2);
  });

  it('keeps the plan while a late payment is tried again, without new credit', async () => {
    await pay(await choose('pro'));
    await advance(32 * 86_400, true);
    await test.settle();
    expect(await planOf()).toBe('pro');
    expect(await grants()).toHaveLength(1);
    expect(await db.query(`SELECT action FROM audit_entry WHERE org_id = $1 AND action = 'billing.payment_failed'`, [org.id])).toHaveLength(1);
  });

  it('goes back to the default plan when it ends', async () => {
    await pay(await choose('pro'));
    await test.settle();
    const [subscription] = Object.keys(test.simulator.sim.state.subscriptions);
    await test.billing.stripe.subscriptions.cancel(subscription ?? '');
    await test.settle();
    expect(await planOf()).toBe('free');
  });

  it('leaves a plan alone that no subscription gave', async () => {
    await pay(await choose('pro'));
    await test.settle();
    await db.query(`UPDATE organization SET plan_id = 'enterprise' WHERE id = $1`, [org.id]);
    const [subscription] = Object.keys(test.simulator.sim.state.subscriptions);
    await test.billing.stripe.subscriptions.cancel(subscription ?? '');
    await test.settle();
    expect(await planOf()).toBe('enterprise');
  });

  it('grants no credit for a change within a period, and follows the price to its plan', async () => {
    await pay(await choose('pro'));
    await test.settle();
    await syncPlanPrices(test.billing);
    const [price] = await db.query<{ price_id: string }>(`SELECT price_id FROM stripe_price WHERE plan_id = 'enterprise'`);
    const subscription = Object.values(test.simulator.sim.state.subscriptions)[0];
    await test.billing.stripe.subscriptions.update(subscription?.id ?? '', {
      items: [{ id: subscription?.items.data[0]?.id ?? '', price: price?.price_id ?? '' }],
      proration_behavior: 'always_invoice',
    });
    await test.settle();
    expect(await planOf()).toBe('enterprise');
    expect(await grants()).toHaveLength(1);
  });
});

describe('prices', () => {
  it('are made once, and anew when a plan costs something else; who subscribed before keeps the plan', async () => {
    expect(await syncPlanPrices(test.billing)).toBe(2);
    expect(await syncPlanPrices(test.billing)).toBe(0);
    await pay(await choose('pro'));
    await db.query(`UPDATE plan SET monthly_nano = $1 WHERE id = 'pro'`, [String(parseUsd('30'))]);
    try {
      expect(await syncPlanPrices(test.billing)).toBe(1);
      expect(await db.query(`SELECT version FROM stripe_price WHERE plan_id = 'pro' ORDER BY version`)).toEqual([{ version: 1 }, { version: 2 }]);
      await test.settle();
      expect(await planOf()).toBe('pro');
    } finally {
      await db.query(`UPDATE plan SET monthly_nano = $1 WHERE id = 'pro'`, [String(parseUsd('20'))]);
    }
  });
});

describe('top-ups', () => {
  it('are credited once, in the simulated fund, whoever tells first', async () => {
    const session = await pay(await topUp('25'));
    await Promise.all(Array.from({ length: 10 }, () => asSystem((tx) => settleCheckout(tx, test.billing, session))));
    await test.settle();
    expect(await grants()).toEqual([{ fund: 'simulated', amount_nano: String(parseUsd('25')), source_type: 'stripe_payment' }]);
  });

  it('are real money when Stripe is real', async () => {
    test.billing.simulated = false;
    await pay(await topUp('10'));
    await test.settle();
    expect(await grants()).toEqual([{ fund: 'paid', amount_nano: String(parseUsd('10')), source_type: 'stripe_payment' }]);
  });

  it.each([
    ['another amount', { amount_subtotal: 100_000 }],
    ['another currency', { currency: 'eur' }],
    ['another customer', { customer: 'cus_other' }],
  ])('case 21, 23 (H07): grant nothing for %s, and tell the operator', async (_what, change) => {
    const url = await topUp('10');
    Object.assign(test.simulator.sim.state.sessions[sessionOf(url)] ?? {}, change);
    if ('customer' in change)
      test.simulator.sim.state.customers[change.customer] = { ...Object.values(test.simulator.sim.state.customers)[0], id: change.customer } as never;
    await pay(url);
    await test.settle();
    expect(await grants()).toEqual([]);
    expect(await db.query(`SELECT action FROM audit_entry WHERE org_id = $1`, [org.id])).toEqual([{ action: 'billing.mismatch' }]);
    expect(await db.query(`SELECT org_id, kind FROM billing_alert`)).toEqual([{ org_id: org.id, kind: 'mismatch' }]);
  });

  it('give back what is refunded, refund by refund', async () => {
    await pay(await topUp('10'));
    await test.settle();
    const charge = Object.values(test.simulator.sim.state.charges)[0];
    await test.billing.stripe.refunds.create({ charge: charge?.id ?? '', amount: 300 });
    await test.settle();
    await test.billing.stripe.refunds.create({ charge: charge?.id ?? '' });
    await test.settle();
    await processDueEvents(test.billing);
    const [account] = await db.query<{ limit_nano: string }>(`SELECT limit_nano FROM account WHERE org_id = $1 AND scope_id = 'simulated'`, [org.id]);
    expect(account?.limit_nano).toBe('0');
  });
});
