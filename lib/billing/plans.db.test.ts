import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { previewPlan } from '@/lib/services/billing/preview-plan';
import { readBilling } from '@/lib/services/billing/read-billing';
import { resumePlan } from '@/lib/services/billing/resume-plan';
import { inviteMember } from '@/lib/services/members/invite-member';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { expireDueCredit } from './ending-credit';
import { syncDue } from './heal';

const DAY_S = 86_400;
const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { subscribe, buyCredit, sessionOf, alerts, stateOf, overageLeft } = billingActs(bench);

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
    const second = await bench.test.billing.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: await bench.customer(),
      line_items: [{ price: line[0]?.price.id ?? '', quantity: 1 }],
      success_url: ORIGIN,
    });
    await bench.control('pay', { session: second.id });
    await bench.settle();
    expect(Object.values(sim().state.subscriptions).map(({ status }) => status)).toEqual(['active', 'canceled']);
    expect(Object.values(sim().state.refunds)).toHaveLength(1);
    expect(await alerts()).toEqual(['duplicate_subscription']);
    expect(await bench.planOf()).toBe('pro');
  });

  it('case 18: refunds the second subscription even when Stripe was away for the first try', async () => {
    const session = await subscribe();
    await bench.settle();
    const line = sim().state.sessionLines[session] ?? [];
    const second = await bench.test.billing.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: await bench.customer(),
      line_items: [{ price: line[0]?.price.id ?? '', quantity: 1 }],
      success_url: ORIGIN,
    });
    await bench.control('fault', { path: '/v1/refunds', times: '1' });
    await bench.control('pay', { session: second.id });
    await bench.settle();
    await db.query(`UPDATE stripe_event SET next_at = now() WHERE status = 'queued'`);
    await bench.settle();
    expect(Object.values(sim().state.refunds).map(({ amount }) => amount)).toEqual([2_000]);
    expect(Object.values(sim().state.subscriptions).map(({ status }) => status)).toEqual(['active', 'canceled']);
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
    expect(await previewPlan({ ctx: bench.ctx, input: { plan: 'pro' } })).toMatchObject({
      when: 'period_end',
      exceeded: [{ what: 'members', have: 1, allowed: 0 }],
    });
    expect(await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } })).toEqual({ kind: 'ends-later' });
    await bench.settle();
    expect(await bench.planOf()).toBe('enterprise');
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    await syncDue(bench.test.billing);
    expect(await bench.planOf()).toBe('pro');
    // Its limits hold from now on: who is a member stays, nobody is added.
    expect(await db.query('SELECT 1 FROM membership WHERE org_id = $1', [bench.org.id])).toHaveLength(1);
    await expect(inviteMember({ ctx: bench.ctx, input: { email: 'new33@example.com', role: 'developer' } })).rejects.toMatchObject({ code: 'plan_limit' });
  });

  it('moves to a cheaper plan now where that is asked for: what is left comes off later invoices, which still bring their credit', async () => {
    await subscribe('enterprise');
    await bench.settle();
    const preview = await previewPlan({ ctx: bench.ctx, input: { plan: 'pro' } });
    expect(preview).toMatchObject({ when: 'period_end', instead: { creditUsd: '180.00' } });
    const input = { plan: 'pro', origin: ORIGIN, when: 'now', prorationDate: preview?.instead?.prorationDate ?? 0 } as const;
    expect(await choosePlan({ ctx: bench.ctx, input })).toEqual({ kind: 'changed' });
    expect([await bench.planOf(), await bench.left('included')]).toEqual(['pro', usd('300')]);
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    // The metered line makes the renewal wait an hour for late usage.
    await bench.control('advance', { seconds: '7200' });
    await bench.settle();
    const cycle = Object.values(sim().state.invoices).find(({ billing_reason: reason }) => reason === 'subscription_cycle');
    expect(cycle).toMatchObject({ total: 2_000, amount_paid: 0, status: 'paid', starting_balance: -18_000, ending_balance: -16_000 });
    expect(await bench.left('included')).toBe(usd('325'));
  });

  it('ends a plan now where that is asked for', async () => {
    await subscribe();
    await bench.settle();
    expect(await previewPlan({ ctx: bench.ctx, input: { plan: 'free' } })).toMatchObject({ when: 'period_end', instead: { creditUsd: '0.00', prorationDate: null } });
    expect(await choosePlan({ ctx: bench.ctx, input: { plan: 'free', origin: ORIGIN, when: 'now' } })).toEqual({ kind: 'changed' });
    expect([await bench.planOf(), Object.values(sim().state.subscriptions).map(({ status }) => status)]).toEqual(['free', ['canceled']]);
  });

  it('case 33: a held plan ends with its period at Stripe, also when Stripe’s clock is ahead of ours', async () => {
    await subscribe('enterprise');
    await bench.settle();
    await choosePlan({ ctx: bench.ctx, input: { plan: 'pro', origin: ORIGIN } });
    bench.test.billing.now = Date.now;
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    expect(await bench.planOf()).toBe('pro');
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
    expect(await overageLeft()).toBe(usd('50'));
    await bench.control('advance', { seconds: String(32 * DAY_S), decline: 'true' });
    await bench.settle();
    expect([await stateOf(), await bench.planOf()]).toEqual(['grace', 'pro']);
    // What the banner of the billing page says, and where the invoice can be paid.
    const { account } = await readBilling({ ctx: bench.ctx });
    expect(account).toMatchObject({ state: 'grace', payUrl: expect.stringContaining('/invoice/in_') });
    expect(Date.parse(account.graceUntil ?? '')).toBeGreaterThan(bench.test.billing.now());
    await bench.control('advance', { seconds: String(15 * DAY_S) });
    await syncDue(bench.test.billing);
    expect([await stateOf(), await overageLeft()]).toEqual(['restricted', 0n]);
    const open = Object.values(sim().state.invoices).find(({ status }) => status === 'open');
    await fetch(open?.hosted_invoice_url ?? '', { method: 'POST' });
    await bench.settle();
    expect([await stateOf(), await overageLeft()]).toEqual(['active', usd('50')]);
    expect(await db.query(`SELECT 1 FROM ledger_entry WHERE org_id = $1 AND kind = 'grant'`, [bench.org.id])).toHaveLength(2);
  });

  it('case 36: gives one trial with a hard stop, ends it without a card, and refuses a second', async () => {
    await db.query(`UPDATE plan SET trial_days = 7, trial_credit_nano = $1, overage_limit_nano = $2 WHERE id = 'pro'`, [
      usd('2').toString(),
      usd('50').toString(),
    ]);
    try {
      await subscribe('pro', { card: 'none' });
      await bench.settle();
      expect([await bench.planOf(), await stateOf(), await bench.left('included')]).toEqual(['pro', 'trialing', usd('2')]);
      // The cap is hard: beyond the trial's credit nothing may be owed, though the plan would allow it.
      expect(await overageLeft()).toBe(0n);
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
