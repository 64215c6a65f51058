import { describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { nano, parseUsd } from '@/lib/kernel/money';
import { startLedger } from '@/lib/ledger';
import { choosePlan } from '@/lib/services/billing/choose-plan';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { redeemCode } from '@/lib/services/billing/redeem-code';
import { topUp } from '@/lib/services/billing/top-up';
import { createCode } from '@/lib/services/operator/billing/redemption-codes';
import { createGatewayPool } from '@/lib/store';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { expireDueCredit } from './ending-credit';
import { seedOrg } from './test-billing';

const DAY_S = 86_400;
const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { subscribe, buyCredit, spend, sessionOf, lastCharge, overageLeft } = billingActs(bench);

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

  /** Pays for credit while nothing is delivered yet; returns the session. */
  async function payUndelivered(amount: string): Promise<string> {
    bench.test.simulator.deliveries.held = true;
    return buyCredit(amount);
  }

  async function deliverNow(): Promise<void> {
    bench.test.simulator.deliveries.held = false;
    bench.test.simulator.deliveries.wake();
    await bench.settle();
  }

  const topUps = () => db.query(`SELECT amount_nano FROM ledger_entry WHERE org_id = $1 AND kind = 'topup'`, [bench.org.id]);

  it.each([[['checkout.session.completed', 'payment_intent.succeeded']], [['payment_intent.succeeded', 'checkout.session.completed']]])(
    'case 3: two events tell of one top-up, %j, and it is granted once',
    async (types) => {
      await payUndelivered('25.00');
      sim().state.deliveries = [];
      for (const type of types) await bench.control('redeliver', { event: sim().state.events.find((event) => event.type === type)?.id ?? '' });
      await bench.settle();
      expect(await db.query(`SELECT type FROM stripe_event WHERE status = 'done' ORDER BY received_at`)).toEqual(types.map((type) => ({ type })));
      expect([await bench.left('paid'), (await topUps()).length]).toEqual([usd('25'), 1]);
    },
  );

  it('case 4: who returns before the webhook is credited once by the return page, and the webhook changes nothing', async () => {
    const sessionId = await payUndelivered('25.00');
    const pages = await Promise.all(Array.from({ length: 8 }, () => readCheckout({ ctx: bench.ctx, input: { sessionId } })));
    expect(new Set(pages.map((page) => page?.state))).toEqual(new Set(['done']));
    expect([await bench.left('paid'), (await topUps()).length]).toEqual([usd('25'), 1]);
    await deliverNow();
    expect([await bench.left('paid'), (await topUps()).length]).toEqual([usd('25'), 1]);
  });

  it('case 5: who returns after the webhook sees it done at once, without a question to Stripe', async () => {
    const sessionId = await buyCredit('25.00');
    await bench.settle();
    const asked = sim().requests.length;
    expect(await readCheckout({ ctx: bench.ctx, input: { sessionId, ask: false } })).toEqual({ state: 'done', plan: null, amountUsd: '25.00' });
    expect(sim().requests).toHaveLength(asked);
  });

  it('case 6: who never returns is credited all the same', async () => {
    await buyCredit('25.00');
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('25'));
    expect(await db.query('SELECT status FROM checkout_intent')).toEqual([{ status: 'complete' }]);
  });

  it('H01: every event once more, three times at once, grants nothing more', async () => {
    await buyCredit('25.00');
    await bench.settle();
    for (const event of sim().state.events) await bench.control('redeliver', { event: event.id, times: '3' });
    await bench.settle();
    expect([await bench.left('paid'), (await topUps()).length]).toEqual([usd('25'), 1]);
  });

  it('case 7: the session of another organization is unknown to who asks, and grants nobody anything', async () => {
    const sessionId = await payUndelivered('25.00');
    const other = await seedOrg('Other');
    expect(await readCheckout({ ctx: { ...bench.ctx, orgId: other.id as never }, input: { sessionId } })).toBeNull();
    expect(await db.query(`SELECT 1 FROM ledger_entry WHERE kind = 'topup' AND org_id = ANY($1)`, [[bench.org.id, other.id]])).toEqual([]);
    await deliverNow();
    expect([await bench.left('paid'), (await db.query('SELECT 1 FROM ledger_entry WHERE org_id = $1', [other.id])).length]).toEqual([usd('25'), 0]);
  });

  it('case 21: a price, an amount and metadata that a browser sends along count for nothing', async () => {
    const forged = { usd: '10.00', origin: ORIGIN, amount: 1, price: 'price_cheap', currency: 'eur', metadata: { purpose: 'topup', org_id: 'org_other' } };
    const { url } = await topUp({ ctx: bench.ctx, input: forged });
    const session = sim().state.sessions[sessionOf(url)];
    expect(session).toMatchObject({
      amount_total: 1_000,
      currency: 'usd',
      client_reference_id: bench.org.id,
      metadata: { org_id: bench.org.id, purpose: 'topup' },
    });
    await bench.control('pay', { session: sessionOf(url) });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('10'));
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
      expect(Object.values(sim().state.invoices)).toMatchObject([{ subtotal: 1_000, total: 1_200, amount_paid: 1_200 }]);
      expect(await bench.left('paid')).toBe(usd('10'));
    } finally {
      await db.query(`DELETE FROM setting WHERE key = 'automaticTax'`);
    }
  });

  it('case 38 (H08): takes back exactly what each refund says, below zero if it must, stops calls then, and returns what failed', async () => {
    await db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [usd('50').toString()]);
    await subscribe();
    await bench.settle();
    await spend('included', usd('25'));
    await buyCredit('10.00');
    await bench.settle();
    await spend('paid', usd('9'));
    const charge = lastCharge();
    const takenBack = async () => {
      await bench.settle();
      return bench.left('paid');
    };
    const first = await bench.control<{ id: string }>('refund', { charge, amount: '333' });
    expect(await takenBack()).toBe(usd('1') - usd('3.33'));
    await bench.control('refund', { charge, amount: '100' });
    expect(await takenBack()).toBe(usd('1') - usd('4.33'));
    await bench.control('refund', { charge });
    expect(await takenBack()).toBe(-usd('9'));
    const entries = await db.query<{ amount: string }>(
      `SELECT amount_nano AS amount FROM ledger_entry WHERE org_id = $1 AND kind = 'refund' ORDER BY created_at, id`,
      [bench.org.id],
    );
    expect(entries.map(({ amount }) => BigInt(amount))).toEqual([usd('3.33'), usd('1'), usd('5.67')]);
    expect([await overageLeft(), await mayCall()]).toEqual([0n, false]);
    await bench.control('fail-refund', { refund: first.id });
    expect(await takenBack()).toBe(-usd('5.67'));
    expect(await takenBack()).toBe(-usd('5.67'));
    await buyCredit('10.00');
    expect([await takenBack(), await overageLeft(), await mayCall()]).toEqual([usd('4.33'), usd('50'), true]);
  });

  /** What the gateway asks the ledger before it calls anybody: a hold of the smallest amount. */
  async function mayCall(): Promise<boolean> {
    const pool = createGatewayPool({ max: 2, onError: () => undefined });
    const identity = { role: 'gateway', host: 'test', pid: process.pid } as const;
    const ledger = await startLedger({
      pool,
      clock: systemClock,
      identity,
      journalFolder: null,
      alone: false,
      onSwept: () => undefined,
      onError: () => undefined,
    });
    try {
      return (await ledger.hold({ org: bench.org.id, windows: [], tallies: [], funds: ['included', 'paid', 'overage'], ceilings: [nano(1n)] })).ok;
    } finally {
      await ledger.stop();
      await pool.end();
    }
  }

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
