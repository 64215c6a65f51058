import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { syncAll } from './heal';
import { syncPlanPrices } from './sync-plan-prices';

const DAY_S = 86_400;
const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const { subscribe, buyCredit, alerts } = billingActs(bench);
const stripe = () => bench.test.billing.stripe;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const planPrice = async () =>
  (await db.query<{ id: string }>(`SELECT price_id AS id FROM stripe_price WHERE plan_id = 'pro' ORDER BY version DESC LIMIT 1`))[0]?.id ?? '';
const entries = () => db.query('SELECT id, kind, fund, amount_nano FROM ledger_entry WHERE org_id = $1 ORDER BY id', [bench.org.id]);

describe('what changes at Stripe behind our back', () => {
  it('case 40: a deleted customer is flagged, its plan ends, the ledger stays, and the next checkout makes a new one', async () => {
    await subscribe();
    await buyCredit('10.00');
    await bench.settle();
    const [customer, before] = [await bench.customer(), await entries()];
    await stripe().customers.del(customer);
    await bench.settle();
    expect([await bench.planOf(), await bench.left('paid'), await alerts()]).toEqual(['free', usd('10'), ['deleted_customer']]);
    expect(await entries()).toEqual(before);
    await subscribe();
    await bench.settle();
    expect([await bench.planOf(), (await bench.customer()) === customer]).toEqual(['pro', false]);
  });

  it('case 40: an archived price and a renamed product change nothing for who subscribed, also at the renewal; new buyers get a new price', async () => {
    await subscribe();
    await bench.settle();
    const old = await planPrice();
    await stripe().products.update(String(sim().state.prices[old]?.product), { name: 'Renamed by hand' });
    await stripe().prices.update(old, { active: false });
    await bench.settle();
    await bench.control('advance', { seconds: String(32 * DAY_S) });
    await bench.settle();
    await syncAll(bench.test.billing);
    expect([await bench.planOf(), await alerts()]).toEqual(['pro', []]);
    expect(await db.query(`SELECT 1 FROM ledger_entry WHERE org_id = $1 AND kind = 'grant'`, [bench.org.id])).toHaveLength(2);
    expect(await syncPlanPrices(bench.test.billing)).toBeGreaterThan(0);
    expect(await planPrice()).not.toBe(old);
  });

  it('case 40: a price that changed is honoured for who has it', async () => {
    await subscribe();
    await bench.settle();
    await db.query(`UPDATE plan SET monthly_nano = $1 WHERE id = 'pro'`, [usd('30').toString()]);
    try {
      await syncPlanPrices(bench.test.billing);
      await bench.control('advance', { seconds: String(32 * DAY_S) });
      await bench.settle();
      const cycle = Object.values(sim().state.invoices).find(({ billing_reason: reason }) => reason === 'subscription_cycle');
      expect([cycle?.lines.data[0]?.amount, await bench.planOf()]).toEqual([2_000, 'pro']);
    } finally {
      await db.query(`UPDATE plan SET monthly_nano = $1 WHERE id = 'pro'`, [usd('20').toString()]);
    }
  });

  it('case 40: a price that is not ours, chosen at Stripe, crashes nothing: the account is flagged and the plan it does not buy is not given', async () => {
    await subscribe();
    await bench.settle();
    const before = await entries();
    const product = await stripe().products.create({ name: 'Made by hand' });
    const price = await stripe().prices.create({ product: product.id, currency: 'usd', unit_amount: 100, recurring: { interval: 'month' } });
    const [subscription] = Object.values(sim().state.subscriptions);
    const item = subscription?.items.data.find(({ price: each }) => each.recurring?.usage_type === 'licensed');
    await stripe().subscriptions.update(subscription?.id ?? '', { items: [{ id: item?.id ?? '', price: price.id }], proration_behavior: 'none' });
    await bench.settle();
    expect([await bench.planOf(), await alerts()]).toEqual(['free', ['mismatch']]);
    expect(await db.query(`SELECT DISTINCT status FROM stripe_event WHERE status NOT IN ('done', 'ignored')`)).toEqual([]);
    expect(await entries()).toEqual(before);
  });
});
