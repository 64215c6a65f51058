import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { saveAutoRecharge } from '@/lib/services/billing/auto-recharge';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { runRecharges } from './run-recharges';

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { buyCredit, spend, sessionOf } = billingActs(bench);

const settings = { enabled: true, thresholdUsd: '5.00', amountUsd: '25.00', monthlyCapUsd: '50.00', origin: ORIGIN };
async function optIn(): Promise<void> {
  const outcome = await saveAutoRecharge({ ctx: bench.ctx, input: settings });
  if (outcome.kind !== 'leave') throw new Error('expected the card page');
  await bench.control('pay', { session: sessionOf(outcome.url) });
  await bench.settle();
}
const paused = async () => (await db.query<{ reason: string | null }>('SELECT paused_reason AS reason FROM auto_recharge'))[0]?.reason;
const payments = () => Object.values(sim().state.paymentIntents).filter(({ status }) => status === 'succeeded');
const recharges = () => payments().filter(({ metadata }) => metadata.purpose === 'recharge');

/** Somebody with a confirmed address who looks after the payments. */
async function addOwner(): Promise<void> {
  await db.query(`DELETE FROM outbox_mail`);
  await db.query(
    `INSERT INTO app_user (id, email, password_hash, email_verified_at) VALUES ('usr_37', 'payer37@example.com', '', now()) ON CONFLICT DO NOTHING`,
  );
  await db.query(`INSERT INTO membership (org_id, user_id, role) VALUES ($1, 'usr_37', 'owner')`, [bench.org.id]);
}

describe('auto-recharge', () => {
  it('case 37: fifty calls that cross the threshold at once lead to one charge', async () => {
    await optIn();
    await buyCredit('5.00');
    await bench.settle();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => spend('paid', usd('0.05')).then(() => (index % 5 === 0 ? runRecharges(bench.test.billing) : 0))),
    );
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect([recharges().length, await bench.left('paid')]).toEqual([1, usd('5') - usd('2.5') + usd('25')]);
  });

  it('case 37: a restart in the middle of a charge charges once, also when Stripe has forgotten the key by then', async () => {
    await optIn();
    await bench.control('fault', { path: '/v1/payment_intents', kind: 'timeout-after-commit', times: '9' });
    await runRecharges(bench.test.billing);
    expect(await db.query('SELECT status FROM recharge_attempt')).toEqual([{ status: 'pending' }]);
    bench.test.simulator.faults.length = 0;
    await bench.control('forget-idempotency');
    await db.query(`UPDATE recharge_attempt SET created_at = created_at - interval '21 hours'`);
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect([recharges().length, await bench.left('paid')]).toEqual([1, usd('25')]);
  });

  it('case 37: buys up to the monthly cap and not beyond, and again next month', async () => {
    await optIn();
    for (let round = 0; round < 3; round++) {
      await runRecharges(bench.test.billing);
      await bench.settle();
      if ((await bench.left('paid')) > 0n) await spend('paid', await bench.left('paid'));
    }
    expect(recharges()).toHaveLength(2);
    await bench.control('advance', { seconds: String(32 * 86_400) });
    await runRecharges(bench.test.billing);
    expect(recharges()).toHaveLength(3);
  });

  it('case 37: waits an hour after a decline, pauses after three, and goes on once somebody saves the settings again', async () => {
    await optIn();
    for (const expected of [null, null, 'declined']) {
      await bench.control('decline');
      await runRecharges(bench.test.billing);
      await runRecharges(bench.test.billing);
      expect(await paused()).toBe(expected);
      await bench.control('advance', { seconds: '3601' });
    }
    expect([recharges().length, (await db.query('SELECT 1 FROM recharge_attempt')).length]).toEqual([0, 3]);
    await saveAutoRecharge({ ctx: bench.ctx, input: settings });
    await runRecharges(bench.test.billing);
    expect([recharges().length, await paused()]).toEqual([1, null]);
  });

  it('case 37: pauses when the bank wants the person, and asks the person once', async () => {
    await optIn();
    await addOwner();
    await bench.control('decline', { code: 'authentication_required' });
    for (let i = 0; i < 2; i++) await runRecharges(bench.test.billing);
    expect([recharges().length, await paused()]).toEqual([0, 'authentication_required']);
    expect(await db.query(`SELECT "to" FROM outbox_mail WHERE subject LIKE '%confirm%'`)).toEqual([{ to: 'payer37@example.com' }]);
  });
});

describe('auto-recharge with automatic tax', () => {
  beforeEach(async () => {
    await db.query(`INSERT INTO setting (key, value) VALUES ('automaticTax', 'true') ON CONFLICT (key) DO UPDATE SET value = 'true'`);
    await bench.control('tax', { percent: '20' });
  });
  afterEach(() => db.query(`DELETE FROM setting WHERE key = 'automaticTax'`));

  it('charges by an invoice with the tax on top, credits the amount before tax, once, also after a crash in the middle', async () => {
    await optIn();
    await bench.control('fault', { path: '/v1/invoices', kind: 'timeout-after-commit', times: '9', after: '2' });
    await runRecharges(bench.test.billing);
    bench.test.simulator.faults.length = 0;
    await runRecharges(bench.test.billing);
    await bench.settle();
    expect(Object.values(sim().state.invoices)).toMatchObject([{ status: 'paid', subtotal: 2_500, total: 3_000 }]);
    expect([await bench.left('paid'), payments().map(({ amount }) => amount)]).toEqual([usd('25'), [3_000]]);
    const [payment] = await db.query<{ cents: number; url: string }>(
      `SELECT amount_cents AS cents, receipt_url AS url FROM stripe_payment WHERE purpose = 'recharge'`,
    );
    expect([payment?.cents, payment?.url]).toEqual([3_000, expect.stringContaining('/receipt/ch_')]);
  });

  it('leaves nothing to pay after a decline', async () => {
    await optIn();
    await bench.control('decline');
    await runRecharges(bench.test.billing);
    expect([Object.values(sim().state.invoices).map(({ status }) => status), await bench.left('paid')]).toEqual([['void'], 0n]);
    expect(await db.query('SELECT status FROM recharge_attempt')).toEqual([{ status: 'declined' }]);
  });

  it('keeps what the bank wants confirmed open at an address that is mailed, and credits it when the person pays there', async () => {
    await optIn();
    await addOwner();
    await bench.control('decline', { code: 'authentication_required' });
    await runRecharges(bench.test.billing);
    const [invoice] = Object.values(sim().state.invoices);
    expect([invoice?.status, await paused()]).toEqual(['open', 'authentication_required']);
    expect(await db.query('SELECT 1 FROM outbox_mail WHERE text LIKE $1', [`%${invoice?.hosted_invoice_url}%`])).toHaveLength(1);
    await fetch(invoice?.hosted_invoice_url ?? '', { method: 'POST' });
    await bench.settle();
    expect([await bench.left('paid'), (await db.query('SELECT status FROM recharge_attempt'))[0]]).toEqual([usd('25'), { status: 'succeeded' }]);
  });

  it('asks for an address where tax cannot be worked out without one', async () => {
    await optIn();
    await bench.control('tax', { percent: '20', address: 'needed' });
    await runRecharges(bench.test.billing);
    expect([payments().length, await paused(), Object.keys(sim().state.invoices)]).toEqual([0, 'tax_address', []]);
  });
});
