import { createHmac } from 'node:crypto';
import type Stripe from 'stripe';
import { beforeEach, describe, expect, it } from 'vitest';
import { withOrg } from '@/lib/store';
import { createBillingBench } from '@/lib/testing/billing';
import { openPlanIntent } from './open-intent';
import { processDueEvents, processNextEvent } from './process-events';
import { startCheckout } from './start-checkout';
import type { TestBilling } from './test-billing';
import { receiveWebhook } from './webhook';

const bench = await createBillingBench();
const { db } = bench;
let test: TestBilling;
let org: { id: string; slug: string };

beforeEach(() => {
  ({ test, org } = bench);
});

async function buyPro(): Promise<void> {
  const intent = await withOrg(org.id, (tx) => openPlanIntent(tx, { orgId: org.id, simulated: true, createdById: null }, 'pro'));
  const url = await startCheckout(test.billing, intent, 'http://127.0.0.1:3000');
  test.simulator.actOnCheckout(url.split('/').at(-1) ?? '', 'pay');
}

const eventOf = (type: string) => {
  const found = test.simulator.sim.state.events.filter((event) => event.type === type).at(-1);
  if (!found) throw new Error(`the simulator sent no ${type}`);
  return found;
};

const sign = (payload: string, options: { secret?: string; timestamp?: number } = {}): string =>
  test.billing.stripe.webhooks.generateTestHeaderString({
    payload,
    secret: options.secret ?? test.secret,
    ...(options.timestamp ? { timestamp: options.timestamp } : {}),
  });

async function post(payload: string, signature: string | null): Promise<number> {
  const answer = await fetch(test.webhookUrl, { method: 'POST', body: payload, headers: signature === null ? {} : { 'stripe-signature': signature } });
  return answer.status;
}

interface State {
  plan: string;
  entries: number;
  subscriptions: string[];
  events: number;
}

async function stateOf(): Promise<State> {
  const [row] = await db.query<{ plan_id: string }>('SELECT plan_id FROM organization WHERE id = $1', [org.id]);
  const [entries] = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM ledger_entry WHERE org_id = $1', [org.id]);
  const [events] = await db.query<{ n: number }>('SELECT count(*)::int AS n FROM stripe_event');
  const subscriptions = await db.query<{ status: string }>('SELECT status FROM subscription WHERE org_id = $1', [org.id]);
  return { plan: row?.plan_id ?? '', entries: entries?.n ?? 0, subscriptions: subscriptions.map(({ status }) => status), events: events?.n ?? 0 };
}

describe('the webhook refuses', () => {
  const now = () => Math.floor(Date.now() / 1_000);
  const payload = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'customer.subscription.updated',
    created: 1,
    livemode: false,
    data: { object: { id: 'sub_x', object: 'subscription', customer: 'cus_x' } },
  });

  it.each([
    ['no signature', () => null],
    ['an empty signature', () => ''],
    ['nonsense', () => 't=1,v1=abc'],
    ['another secret', () => sign(payload, { secret: 'whsec_other' })],
    ['the hash of an empty secret', () => `t=${now()},v1=${hmac('', `${now()}.${payload}`)}`],
    ['one of another body', () => sign(`${payload} `)],
    ['one of the same event, written anew', () => sign(JSON.stringify(JSON.parse(payload), null, 2))],
    ['one that is 301 s old', () => sign(payload, { timestamp: now() - 301 })],
    ['one from the future', () => sign(payload, { timestamp: now() + 400 })],
  ])('case 8 (H04): %s with 400 and stores nothing', async (_what, signature) => {
    expect(await post(payload, signature())).toBe(400);
    expect(await db.query('SELECT 1 FROM stripe_event')).toEqual([]);
  });

  it.each([undefined, '', '   '])('H03: everything while its secret is %j', async (webhookSecret) => {
    const billing = { ...test.billing, webhookSecret };
    const header = `t=${now()},v1=${hmac(webhookSecret ?? '', `${now()}.${payload}`)}`;
    expect((await receiveWebhook(billing, payload, header)).status).toBe(400);
    expect((await receiveWebhook(null, payload, sign(payload))).status).toBe(400);
  });

  it('case 9: but takes one that is 299 s old', async () => {
    expect(await post(payload, sign(payload, { timestamp: now() - 299 }))).toBe(200);
  });

  it('case 10: during a rotation either of two signatures will do; the retired secret alone will not', async () => {
    const at = now();
    const of = (secret: string) => hmac(secret, `${at}.${payload}`);
    expect(await post(payload, `t=${at},v1=${of('whsec_retired')}`)).toBe(400);
    expect(await post(payload, `t=${at},v1=${of('whsec_retired')},v1=${of('whsec_other')}`)).toBe(400);
    expect(await post(payload, `t=${at},v1=${of('whsec_retired')},v1=${of(test.secret)}`)).toBe(200);
  });

  it('case 15: flags an endpoint of another API version, and still takes the event for the signal it is', async () => {
    const other = JSON.stringify({ ...JSON.parse(payload), api_version: '2024-06-20' });
    expect(await post(other, sign(other))).toBe(200);
    expect(await db.query('SELECT kind, target_id FROM billing_alert')).toEqual([{ kind: 'event_version', target_id: '2024-06-20' }]);
  });

  it('case 15: stores an event of the other mode but does not act on it', async () => {
    const live = payload.replace('"livemode":false', '"livemode":true');
    expect(await post(live, sign(live))).toBe(200);
    expect(await processDueEvents(test.billing)).toBe(0);
    expect(await db.query('SELECT status FROM stripe_event')).toEqual([{ status: 'ignored' }]);
  });

  it('case 15: stores an unknown type and ignores it', async () => {
    const unknown = payload.replace('customer.subscription.updated', 'radar.early_fraud_warning.created');
    expect(await post(unknown, sign(unknown))).toBe(200);
    expect(await processDueEvents(test.billing)).toBe(1);
    expect(await db.query('SELECT status FROM stripe_event')).toEqual([{ status: 'ignored' }]);
  });
});

describe('a delivery that comes again', () => {
  it.each([10, 50])('H01: %i times at once changes nothing', async (times) => {
    await buyPro();
    await test.settle();
    const before = await stateOf();
    expect(before).toMatchObject({ plan: 'pro', entries: 1, subscriptions: ['active'] });
    for (const type of ['checkout.session.completed', 'invoice.paid', 'customer.subscription.created']) {
      const payload = JSON.stringify(eventOf(type));
      const statuses = await Promise.all(Array.from({ length: times }, () => post(payload, sign(payload))));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
    await processDueEvents(test.billing);
    expect(await stateOf()).toEqual(before);
  });

  it('and first deliveries, 50 at once with four workers, have one effect', async () => {
    test.simulator.deliveries.held = true;
    await buyPro();
    const payloads = ['checkout.session.completed', 'invoice.paid', 'customer.subscription.created'].map((type) => JSON.stringify(eventOf(type)));
    const posts = Array.from({ length: 51 }, (_, index) => post(payloads[index % 3] ?? '', sign(payloads[index % 3] ?? '')));
    const workers = Array.from({ length: 4 }, () => processDueEvents(test.billing));
    expect(new Set(await Promise.all(posts))).toEqual(new Set([200]));
    await Promise.all(workers);
    await processDueEvents(test.billing);
    expect(await stateOf()).toEqual({ plan: 'pro', entries: 1, subscriptions: ['active'], events: 3 });
    expect(await db.query(`SELECT DISTINCT status FROM stripe_event`)).toEqual([{ status: 'done' }]);
  });
});

describe('the order of events', () => {
  it('case 11, 12 (H05): does not matter: all 24 orders of four end in the same state, and a late "active" does not bring a cancelled plan back', async () => {
    await buyPro();
    await test.settle();
    test.simulator.deliveries.held = true;
    const [subscription] = Object.keys(test.simulator.sim.state.subscriptions);
    await test.billing.stripe.subscriptions.update(subscription ?? '', { metadata: { note: 'x' } });
    await test.billing.stripe.subscriptions.cancel(subscription ?? '');
    const four = ['customer.subscription.created', 'customer.subscription.updated', 'invoice.paid', 'customer.subscription.deleted'].map(eventOf);
    for (const order of permutations(four)) {
      await db.query('TRUNCATE stripe_event');
      await db.query(`UPDATE organization SET plan_id = 'pro' WHERE id = $1`, [org.id]);
      await db.query(`UPDATE subscription SET status = 'active' WHERE org_id = $1`, [org.id]);
      for (const event of order) {
        const payload = JSON.stringify(event);
        expect(await post(payload, sign(payload))).toBe(200);
        await processDueEvents(test.billing);
      }
      expect(await stateOf(), order.map((event) => event.type).join(', ')).toEqual({ plan: 'free', entries: 1, subscriptions: ['canceled'], events: 4 });
    }
  });
});

describe('a worker that fails', () => {
  it('case 13: leaves no effect and no mark, tries again later, and then has the effect once; a second delivery meanwhile marks nothing', async () => {
    await buyPro();
    for (let i = 0; test.simulator.sim.state.deliveries.length > 0 && i < 400; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    await bench.control('fault', { method: 'GET', path: '/v1/subscriptions', kind: '500', times: '100' });
    await processDueEvents(test.billing);
    expect(await stateOf()).toMatchObject({ plan: 'free', entries: 0, subscriptions: [] });
    const failed = `SELECT id FROM stripe_event WHERE status = 'queued' AND attempts = 1 AND note = 'Planned by a test.' ORDER BY id`;
    const before = await db.query(failed);
    expect(before.length).toBeGreaterThan(0);
    for (const event of test.simulator.sim.state.events) await bench.control('redeliver', { event: event.id, times: '2' });
    expect(await processNextEvent(test.billing)).toBe(false);
    expect(await db.query(failed)).toEqual(before);
    test.simulator.faults.length = 0;
    await db.query(`UPDATE stripe_event SET next_at = now()`);
    await processDueEvents(test.billing);
    expect(await stateOf()).toMatchObject({ plan: 'pro', entries: 1, subscriptions: ['active'] });
    expect(await db.query(`SELECT DISTINCT status FROM stripe_event WHERE status NOT IN ('done', 'ignored')`)).toEqual([]);
  });

  it('case 14 (H10): the database is away while an event arrives: 503, nothing half written, and the next delivery works', async () => {
    await buyPro();
    await test.settle();
    const payload = JSON.stringify(eventOf('checkout.session.completed'));
    await db.query('DELETE FROM stripe_event');
    await db.query('ALTER TABLE stripe_event RENAME TO stripe_event_away');
    try {
      expect(await post(payload, sign(payload))).toBe(503);
    } finally {
      await db.query('ALTER TABLE stripe_event_away RENAME TO stripe_event');
    }
    expect(await post(payload, sign(payload))).toBe(200);
    await processDueEvents(test.billing);
    expect(await db.query('SELECT status FROM stripe_event')).toEqual([{ status: 'done' }]);
  });

  it('gives up at last, and a new delivery is a new chance', async () => {
    await buyPro();
    await test.settle();
    const payload = JSON.stringify(eventOf('customer.subscription.created'));
    await db.query(`UPDATE stripe_event SET status = 'failed', attempts = 15 WHERE type = 'customer.subscription.created'`);
    expect(await post(payload, sign(payload))).toBe(200);
    expect(await processDueEvents(test.billing)).toBe(1);
    expect(await db.query(`SELECT status FROM stripe_event WHERE type = 'customer.subscription.created'`)).toEqual([{ status: 'done' }]);
  });
});

describe('an invoice grants no credit', () => {
  it.each([
    ['in another currency', { currency: 'eur' }],
    ['that nothing was paid for', { amount_paid: 0, total: 0 }],
    ['that is paid in part', { amount_remaining: 500 }],
    ['for less than the plan costs', { total: 1_999 }],
    ['that a person made by hand', { billing_reason: 'manual' }],
    ['of a change within the period', { billing_reason: 'subscription_update' }],
  ])('%s', async (_what, change) => {
    test.simulator.deliveries.held = true;
    await buyPro();
    const invoice = Object.values(test.simulator.sim.state.invoices)[0] as unknown as Stripe.Invoice;
    Object.assign(invoice, change);
    test.simulator.deliveries.held = false;
    test.simulator.deliveries.wake();
    await test.settle();
    expect(await stateOf()).toMatchObject({ plan: 'pro', entries: 0 });
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]));
}

function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
