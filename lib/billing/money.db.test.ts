import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { previewPlan } from '@/lib/services/billing/preview-plan';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { redeemCode } from '@/lib/services/billing/redeem-code';
import { resumePlan } from '@/lib/services/billing/resume-plan';
import { saveAutoRecharge } from '@/lib/services/billing/auto-recharge';
import { createCode } from '@/lib/services/operator/billing/redemption-codes';
import { asSystem } from '@/lib/store';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { expireDueCredit } from './ending-credit';
import { pollUndelivered, syncAll, syncDue } from './heal';
import { proveUsage } from './metering/prove-usage';
import { reconcileUsage } from './metering/reconcile-usage';
import { sealUsage } from './metering/seal-usage';
import { sendUsage } from './metering/send-usage';
import { runRecharges } from './recharge/run-recharges';
import { seedOrg } from './test-billing';

const DAY_S = 86_400;
const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { subscribe, buyCredit, spend, sessionOf } = billingActs(bench);

/** A subscription that began two hours ago and is metered. */
async function meteredOrg(): Promise<string> {
  await db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [usd('50').toString()]);
  await subscribe();
  await bench.settle();
  await db.query(`UPDATE subscription SET created_at = now() - interval '2 hours', current_period_start = now() - interval '2 hours'`);
  return bench.customer();
}

const outbox = () => db.query<{ status: string; identifier: string; micro_usd: string; attempts: number }>('SELECT status, identifier, micro_usd, attempts FROM meter_outbox ORDER BY minute');
const atStripe = () => sim().state.meterEvents.filter(({ cancelled }) => !cancelled).reduce((sum, { value }) => sum + value, 0);
const dueAgain = () => db.query(`UPDATE meter_outbox SET next_at = now() WHERE status IN ('pending', 'unknown')`);
const alerts = async () => (await db.query<{ kind: string }>('SELECT kind FROM billing_alert WHERE resolved_at IS NULL ORDER BY kind')).map(({ kind }) => kind);
const stateOf = async () => (await db.query<{ state: string }>('SELECT state FROM billing_account WHERE org_id = $1', [bench.org.id]))[0]?.state;
const overageLimit = async () => (await db.query<{ room: string }>(`SELECT limit_nano - spent_nano AS room FROM account WHERE id = $1`, [`${bench.org.id}/fund/overage`]))[0]?.room ?? '0';
const firstCharge = () => Object.values(sim().state.charges).at(-1)?.id ?? '';

describe('plans', () => {
  it('case 1: sells base and metered price in one session, no quantity on the metered one, in the pinned version', async () => {
    await subscribe();
    await bench.settle();
    const made = sim().requests.find(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions');
    const body = new URLSearchParams(made?.body);
    expect(body.get('line_items[0][quantity]')).toBe('1');
    expect(body.get('line_items[1][price]')).toMatch(/^price_/);
    expect(body.has('line_items[1][quantity]')).toBe(false);
    expect(made?.version).toBe(sim().contract.info.version);
    expect([await bench.planOf(), await stateOf(), await bench.left('included')]).toEqual(['pro', 'active', usd('25')]);
  });

  it('case 18: keeps the oldest of two paid subscriptions, ends and refunds the other, and tells the operator', async () => {
    const session = await subscribe();
    await bench.settle();
    const line = sim().state.sessionLines[session] ?? [];
    const second = await bench.test.billing.stripe.checkout.sessions.create({ mode: 'subscription', customer: await bench.customer(), line_items: [{ price: line[0]?.price.id ?? '', quantity: 1 }], success_url: ORIGIN });
    await bench.control('pay', { session: second.id });
    await bench.settle();
    expect(Object.values(sim().state.subscriptions).map(({ status }) => status)).toEqual(['active', 'canceled']);
    expect(Object.values(sim().state.refunds)).toHaveLength(1);
    expect(await alerts()).toEqual(['duplicate_subscription']);
    expect(await bench.planOf()).toBe('pro');
  });

  it('case 32: charges exactly what the preview said, and a declined card keeps the old plan', async () => {
    await subscribe();
    await bench.settle();
    const preview = await previewPlan({ ctx: bench.ctx, input: { plan: 'enterprise' } });
    await bench.control('decline');
    await expect(choosePlan({ ctx: bench.ctx, input: { plan: 'enterprise', origin: ORIGIN } })).rejects.toMatchObject({ code: 'conflict' });
    expect(await bench.planOf()).toBe('pro');
    await choosePlan({ ctx: bench.ctx, input: { plan: 'enterprise', origin: ORIGIN, prorationDate: preview?.prorationDate ?? 0 } });
    await bench.settle();
    expect(await bench.planOf()).toBe('enterprise');
    const invoice = Object.values(sim().state.invoices).find(({ billing_reason: reason }) => reason === 'subscription_update');
    expect(`${(invoice?.total ?? 0) / 100}`).toBe(`${Number(preview?.dueNowUsd)}`);
  });

  it('case 33: lets a cheaper plan begin when the paid period ends, says what it no longer covers, and deletes nothing', async () => {
    await db.query(`UPDATE plan SET seats = 0 WHERE id = 'pro'`);
    await db.query(`INSERT INTO app_user (id, email, password_hash) VALUES ('usr_33', 'a33@example.com', '') ON CONFLICT DO NOTHING`);
    await db.query(`INSERT INTO membership (org_id, user_id, role) VALUES ($1, 'usr_33', 'owner')`, [bench.org.id]);
    await subscribe('enterprise');
    await bench.settle();
    expect(await previewPlan({ ctx: bench.ctx, input: { plan: 'pro' } })).toMatchObject({ when: 'period_end', exceeded: [{ what: 'members', have: 1, allowed: 0 }] });
    expect(await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } })).toEqual({ kind: 'ends-later' });
    await bench.settle();
    expect(await bench.planOf()).toBe('enterprise');
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    await syncDue(bench.test.billing);
    expect(await bench.planOf()).toBe('pro');
    expect(await db.query('SELECT 1 FROM membership WHERE org_id = $1', [bench.org.id])).toHaveLength(1);
  });

  it('case 34: keeps access until a cancelled plan ends, resumes before that, and keeps the credit afterwards', async () => {
    await subscribe();
    await buyCredit('10.00');
    await bench.settle();
    await choosePlan({ ctx: bench.ctx, input: { plan: 'free', origin: ORIGIN } });
    await resumePlan({ ctx: bench.ctx });
    await choosePlan({ ctx: bench.ctx, input: { plan: 'free', origin: ORIGIN } });
    expect(await bench.planOf()).toBe('pro');
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    expect([await bench.planOf(), await bench.left('paid')]).toEqual(['free', usd('10')]);
  });

  it('case 35: gives grace after a failed renewal, then stops what is owed, and recovers without a second credit', async () => {
    await db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [usd('50').toString()]);
    await subscribe();
    await bench.settle();
    expect(BigInt(await overageLimit())).toBe(usd('50'));
    await bench.control('advance', { seconds: String(32 * DAY_S), decline: 'true' });
    await bench.settle();
    expect([await stateOf(), await bench.planOf()]).toEqual(['grace', 'pro']);
    await bench.control('advance', { seconds: String(15 * DAY_S) });
    await syncDue(bench.test.billing);
    expect([await stateOf(), await overageLimit()]).toEqual(['restricted', '0']);
    const open = Object.values(sim().state.invoices).find(({ status }) => status === 'open');
    await bench.test.billing.stripe.invoices.pay(open?.id ?? '');
    await bench.settle();
    expect(await stateOf()).toBe('active');
    expect(await db.query(`SELECT 1 FROM ledger_entry WHERE org_id = $1 AND kind = 'grant'`, [bench.org.id])).toHaveLength(2);
  });

  it('case 36: gives one trial with a hard stop, ends it without a card, and refuses a second', async () => {
    await db.query(`UPDATE plan SET trial_days = 7, trial_credit_nano = $1 WHERE id = 'pro'`, [usd('2').toString()]);
    try {
      await subscribe('pro', { card: 'none' });
      await bench.settle();
      expect([await bench.planOf(), await stateOf(), await bench.left('included')]).toEqual(['pro', 'trialing', usd('2')]);
      await bench.control('advance', { seconds: String(8 * DAY_S) });
      await bench.settle();
      await expireDueCredit(bench.test.billing.now());
      expect([await bench.planOf(), await bench.left('included')]).toEqual(['free', 0n]);
      const again = await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } });
      expect(again.kind === 'checkout' && sim().state.sessions[sessionOf(again.url)]?.amount_total).toBe(2_000);
    } finally {
      await db.query(`UPDATE plan SET trial_days = 0, trial_credit_nano = 0 WHERE id = 'pro'`);
    }
  });
});

describe('credit', () => {
  it('case 19: an abandoned checkout is closed, and the next one begins with a session of its own', async () => {
    const first = await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } });
    const session = first.kind === 'checkout' ? sessionOf(first.url) : '';
    await bench.control('abandon', { session });
    await bench.settle();
    expect(await db.query('SELECT status FROM checkout_intent')).toEqual([{ status: 'expired' }]);
    expect(await subscribe()).not.toBe(session);
    await bench.settle();
    expect(await bench.planOf()).toBe('pro');
  });

  it('case 3, 4, 5, 6 (H01): grants a top-up once, whoever tells of it first and however often', async () => {
    const session = await buyCredit('25.00');
    await Promise.all(Array.from({ length: 8 }, () => readCheckout({ ctx: bench.ctx, input: { sessionId: session } })));
    await bench.settle();
    for (const event of sim().state.events) await bench.control('redeliver', { event: event.id, times: '3' });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('25'));
  });

  it('case 2 (H02): fifty parallel copies of every event make one grant', async () => {
    await buyCredit('10.00');
    await bench.settle();
    const done = sim().state.events.find(({ type }) => type === 'checkout.session.completed');
    const { statuses } = await bench.control<{ statuses: number[] }>('redeliver', { event: done?.id ?? '', times: '50' });
    expect(new Set(statuses)).toEqual(new Set([200]));
    await bench.settle();
    expect(await db.query(`SELECT 1 FROM ledger_entry WHERE org_id = $1 AND kind = 'topup'`, [bench.org.id])).toHaveLength(1);
  });

  it('case 20 (H06): waits for a delayed method, grants when it pays, and nothing when it does not', async () => {
    const first = await buyCredit('10.00', { delayed: 'true' });
    await bench.settle();
    expect(await bench.left('paid')).toBe(0n);
    await bench.control('settle-delayed', { session: first });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('10'));
    const second = await buyCredit('25.00', { delayed: 'true' });
    await bench.control('settle-delayed', { session: second, succeeds: 'false' });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('10'));
  });

  it('case 22: credits the amount before tax', async () => {
    await db.query(`INSERT INTO setting (key, value) VALUES ('automaticTax', 'true') ON CONFLICT (key) DO UPDATE SET value = 'true'`);
    try {
      await bench.control('tax', { percent: '20' });
      const session = await buyCredit('10.00');
      await bench.settle();
      expect(sim().state.sessions[session]?.amount_total).toBe(1_200);
      expect(await bench.left('paid')).toBe(usd('10'));
    } finally {
      await db.query(`DELETE FROM setting WHERE key = 'automaticTax'`);
    }
  });

  it('case 38 (H08): takes back exactly what each refund says, below zero if it must, and returns what failed', async () => {
    await buyCredit('10.00');
    await bench.settle();
    await spend('paid', usd('9'));
    const first = await bench.test.billing.stripe.refunds.create({ charge: firstCharge(), amount: 333 });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('1') - usd('3.33'));
    await bench.test.billing.stripe.refunds.create({ charge: firstCharge() });
    await bench.settle();
    expect(await bench.left('paid')).toBe(-usd('9'));
    await bench.control('fail-refund', { refund: first.id });
    await bench.settle();
    await bench.settle();
    expect(await bench.left('paid')).toBe(-usd('5.67'));
  });

  it('gives the credit of a code once per organization, and no more often than the code allows', async () => {
    const { code } = await createCode({ ctx: { actor: { type: 'system', label: 'test' }, operator: true }, input: { usd: '5.00', maxUses: 1, note: '' } });
    await redeemCode({ ctx: bench.ctx, input: { code: code.toLowerCase() } });
    await expect(redeemCode({ ctx: bench.ctx, input: { code } })).rejects.toMatchObject({ code: 'conflict' });
    const other = await seedOrg('Other');
    await expect(redeemCode({ ctx: { ...bench.ctx, orgId: other.id as never }, input: { code } })).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.left('promotional')).toBe(usd('5'));
  });

  it('ends what is left of a period’s included credit, never what was bought', async () => {
    await subscribe();
    await bench.settle();
    await spend('included', usd('10'));
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    await expireDueCredit(bench.test.billing.now());
    expect(await bench.left('included')).toBe(usd('25'));
  });
});

describe('auto-recharge', () => {
  const settings = { enabled: true, thresholdUsd: '5.00', amountUsd: '25.00', monthlyCapUsd: '50.00', origin: ORIGIN };
  async function optIn(): Promise<void> {
    const outcome = await saveAutoRecharge({ ctx: bench.ctx, input: settings });
    if (outcome.kind !== 'leave') throw new Error('expected the card page');
    await bench.control('pay', { session: sessionOf(outcome.url) });
    await bench.settle();
  }
  const paused = async () => (await db.query<{ reason: string | null }>('SELECT paused_reason AS reason FROM auto_recharge'))[0]?.reason;
  const payments = () => Object.values(sim().state.paymentIntents).filter(({ status }) => status === 'succeeded');

  it('case 37: charges once however many look at once, also after a crash in the middle, up to the monthly cap', async () => {
    await optIn();
    await bench.control('fault', { path: '/v1/payment_intents', kind: 'timeout-after-commit' });
    await Promise.all(Array.from({ length: 5 }, () => runRecharges(bench.test.billing)));
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect([payments().length, await bench.left('paid')]).toEqual([1, usd('25')]);
    await spend('paid', usd('24'));
    await runRecharges(bench.test.billing);
    await spend('paid', usd('25'));
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect(payments()).toHaveLength(2);
  });

  it('case 37: cools down after a decline, and pauses when the bank wants the person', async () => {
    await optIn();
    await bench.control('decline');
    await runRecharges(bench.test.billing);
    await runRecharges(bench.test.billing);
    expect([payments().length, await paused()]).toEqual([0, null]);
    await db.query('UPDATE auto_recharge SET retry_at = NULL');
    await bench.control('decline', { code: 'authentication_required' });
    await runRecharges(bench.test.billing);
    expect([payments().length, await paused()]).toEqual([0, 'authentication_required']);
  });
});

describe('metered usage', () => {
  it('case 24: reaches Stripe to the micro-dollar, without the part that credit paid', async () => {
    await meteredOrg();
    for (let i = 0; i < 40; i++) await spend('overage', 1_234_567n, new Date(Date.now() - 3_600_000 + (i % 5) * 60_000));
    await spend('included', usd('1'));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    const rows = await outbox();
    expect(rows.map(({ status }) => status)).toEqual(Array(5).fill('sent'));
    expect(atStripe()).toBe(Number((40n * 1_234_567n) / 1_000n));
    expect(await sealUsage(bench.test.billing)).toBe(0);
  });

  it('case 25 (H12): counts once when an answer is lost: the same identifier, and "already exists" means delivered', async () => {
    await meteredOrg();
    await spend('overage', usd('1'));
    await sealUsage(bench.test.billing);
    await bench.control('fault', { path: '/v1/billing/meter_events', kind: 'timeout-after-commit', times: '3' });
    await sendUsage(bench.test.billing);
    await bench.control('forget-idempotency');
    await dueAgain();
    await sendUsage(bench.test.billing);
    expect(await outbox()).toMatchObject([{ status: 'duplicate' }]);
    expect(atStripe()).toBe(1_000_000);
    const sent = sim().requests.filter(({ path }) => path === '/v1/billing/meter_events').map(({ body }) => new URLSearchParams(body).get('identifier'));
    expect(new Set(sent).size).toBe(1);
  });

  it('case 26: bills once when a worker dies between what Stripe took and its own mark', async () => {
    await meteredOrg();
    await spend('overage', usd('1'));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    // What the dead worker leaves behind: Stripe has the usage, the row still waits.
    await db.query(`UPDATE meter_outbox SET status = 'pending', delivered_at = NULL, next_at = now()`);
    await bench.control('forget-idempotency');
    await sendUsage(bench.test.billing);
    expect(await outbox()).toMatchObject([{ status: 'duplicate', attempts: 2 }]);
    expect(atStripe()).toBe(1_000_000);
  });

  it('case 28: a customer that is gone costs its own rows only; another organization’s are delivered', async () => {
    await meteredOrg();
    const { id: customer } = await bench.test.billing.stripe.customers.create({ email: 'other@example.com' });
    const other = await seedOrg('Other');
    const add = (id: string, orgId: string, of: string) =>
      db.query(`INSERT INTO meter_outbox (id, org_id, customer_id, minute, micro_usd, identifier, simulated) VALUES ($1, $2, $3, date_trunc('minute', now()), 5, $1, false)`, [id, orgId, of]);
    await add('mo1_gone', bench.org.id, 'cus_gone');
    await add('mo1_other', other.id, customer);
    await sendUsage(bench.test.billing);
    expect(Object.fromEntries((await outbox()).map(({ identifier, status }) => [identifier, status]))).toEqual({ mo1_gone: 'rejected', mo1_other: 'sent' });
    expect([atStripe(), await alerts()]).toEqual([5, ['meter_rejected']]);
  });

  it('case 27, 30: drains what an outage left, at its own times; a refused row holds up no other', async () => {
    await meteredOrg();
    const at = new Date(Date.now() - 3_000_000);
    await spend('overage', usd('1'), at);
    await sealUsage(bench.test.billing);
    await bench.control('fault', { path: '/v1/billing/meter_events', kind: '429', times: '1' });
    expect(await sendUsage(bench.test.billing)).toBe(0);
    await db.query(`INSERT INTO meter_outbox (id, org_id, customer_id, minute, micro_usd, identifier, simulated) VALUES ('gone', $1, 'cus_gone', date_trunc('minute', now()), 5, 'mo1_gone', false)`, [bench.org.id]);
    await dueAgain();
    await sendUsage(bench.test.billing);
    expect((await outbox()).map(({ status }) => status).sort()).toEqual(['rejected', 'sent']);
    expect(sim().state.meterEvents[0]?.timestampS).toBe(Math.floor(at.getTime() / 60_000) * 60);
    expect(await alerts()).toEqual(['meter_rejected']);
  });

  it('case 29: proves what is unknown after 23 hours by Stripe’s own sums, and gives up visibly after 34 days', async () => {
    const customer = await meteredOrg();
    const add = (id: string, age: string, first: string) =>
      db.query(`INSERT INTO meter_outbox (id, org_id, customer_id, minute, micro_usd, identifier, simulated, first_try_at) VALUES ($1, $2, $3, date_trunc('minute', now() - $4::interval), 7, $1, false, now() - $5::interval)`, [id, bench.org.id, customer, age, first]);
    await add('mo1_arrived', '30 hours', '24 hours');
    await add('mo1_lost', '31 hours', '24 hours');
    await add('mo1_old', '35 days', '34 days');
    const [arrived] = await db.query<{ minute: Date }>(`SELECT minute FROM meter_outbox WHERE id = 'mo1_arrived'`);
    await sendUsage(bench.test.billing);
    sim().state.meterEvents.push({ identifier: 'mo1_arrived', meter: Object.keys(sim().state.meters)[0] ?? '', customer, value: 7, timestampS: (arrived?.minute.getTime() ?? 0) / 1_000, receivedS: sim().nowS() - 90_000, cancelled: false });
    await proveUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    expect(Object.fromEntries((await outbox()).map(({ identifier, status }) => [identifier, status]))).toEqual({ mo1_arrived: 'sent', mo1_lost: 'sent', mo1_old: 'expired' });
    expect([atStripe(), await alerts()]).toEqual([14, ['meter_expired']]);
  });

  it('finds a difference between ledger, outbox and Stripe, and closes it when they agree again', async () => {
    await meteredOrg();
    await spend('overage', usd('1'), new Date(Date.now() - 3_600_000));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    const event = sim().state.meterEvents[0];
    if (event) event.value += 5;
    const later = Date.now() + 3 * 3_600_000;
    expect(await reconcileUsage(bench.test.billing, later)).toBe(1);
    expect(await alerts()).toEqual(['drift']);
    if (event) event.value -= 5;
    expect(await reconcileUsage(bench.test.billing, later)).toBe(0);
    expect(await alerts()).toEqual([]);
  });
});

describe('what was lost', () => {
  it('case 16 (H11): comes back by the poller of undelivered events', async () => {
    bench.test.simulator.deliveries.held = true;
    await subscribe();
    await buyCredit('10.00');
    await bench.control('drop-webhooks');
    bench.test.simulator.deliveries.held = false;
    await pollUndelivered(bench.test.billing);
    await bench.settle();
    expect([await bench.planOf(), await bench.left('paid')]).toEqual(['pro', usd('10')]);
  });

  it('comes back by the hourly sync, even when no event is left', async () => {
    bench.test.simulator.deliveries.held = true;
    await subscribe();
    await buyCredit('10.00');
    sim().state.deliveries = [];
    sim().state.events = [];
    await syncAll(bench.test.billing);
    expect([await bench.planOf(), await bench.left('paid')]).toEqual(['pro', usd('10')]);
  });

  it('H09: waits for the organization of a customer that nobody knows yet', async () => {
    await subscribe();
    await bench.settle();
    const customer = await bench.customer();
    await db.query('UPDATE organization SET stripe_customer_id = NULL WHERE id = $1', [bench.org.id]);
    const event = sim().state.events.find(({ type }) => type === 'customer.subscription.created');
    await db.query('DELETE FROM stripe_event');
    await bench.control('redeliver', { event: event?.id ?? '' });
    await bench.settle();
    expect(await db.query('SELECT status FROM stripe_event')).toEqual([{ status: 'parked' }]);
    await db.query('UPDATE organization SET stripe_customer_id = $2 WHERE id = $1', [bench.org.id, customer]);
    await asSystem((tx) => tx.stripeEvent.updateMany({ data: { status: 'queued', nextAt: new Date() } }));
    await bench.settle();
    expect(await db.query('SELECT status FROM stripe_event')).toEqual([{ status: 'done' }]);
  });
});
