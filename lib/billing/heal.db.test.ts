import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { asSystem } from '@/lib/store';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { meterActs } from '@/lib/testing/meter-acts';
import { pollUndelivered, syncAll } from './heal';
import { reconcileUsage } from './metering/reconcile-usage';
import { sealUsage } from './metering/seal-usage';
import { sendUsage } from './metering/send-usage';

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { subscribe, buyCredit, spend, alerts } = billingActs(bench);
const { meteredOrg, outbox } = meterActs(bench);

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

  it('case 16: an endpoint that was dead for a day is told to the operator, and everything is there', async () => {
    bench.test.simulator.deliveries.held = true;
    await buyCredit('10.00');
    await bench.control('drop-webhooks');
    await bench.control('advance', { seconds: '86400' });
    await pollUndelivered(bench.test.billing);
    bench.test.simulator.deliveries.held = false;
    await bench.settle();
    expect([await bench.left('paid'), await alerts()]).toEqual([usd('10'), ['webhooks_missed']]);
  });

  it('case 16: a lost thin event comes back too, once', async () => {
    await meteredOrg();
    await spend('overage', usd('1'));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    bench.test.simulator.deliveries.held = true;
    await bench.control('meter-error', { identifier: (await outbox())[0]?.identifier ?? '' });
    await bench.control('drop-webhooks');
    bench.test.simulator.deliveries.held = false;
    for (let i = 0; i < 2; i++) await pollUndelivered(bench.test.billing);
    await bench.settle();
    expect([(await outbox()).map(({ status }) => status), await alerts()]).toEqual([['rejected'], ['deleted_customer', 'meter_rejected']]);
    expect(await db.query(`SELECT status, source FROM stripe_event WHERE type LIKE 'v1.%'`)).toEqual([{ status: 'done', source: 'poll' }]);
  });

  it('comes back by the poller even where thin events may not be listed', async () => {
    bench.test.simulator.deliveries.held = true;
    await buyCredit('10.00');
    await bench.control('drop-webhooks');
    bench.test.simulator.deliveries.held = false;
    await bench.control('fault', { method: 'GET', path: '/v2/core/events', kind: '500', times: '9' });
    await pollUndelivered(bench.test.billing);
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('10'));
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

describe('the nightly comparison of ledger, outbox and Stripe', () => {
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

  it('finds usage that was never sealed, and is even again when it was sent', async () => {
    await meteredOrg();
    await spend('overage', usd('1'), new Date(Date.now() - 3_600_000));
    const later = Date.now() + 3 * 3_600_000;
    expect(await reconcileUsage(bench.test.billing, later)).toBe(1);
    expect(await db.query('SELECT ledger_micro, outbox_micro, stripe_micro FROM meter_reconciliation')).toEqual([
      { ledger_micro: '1000000', outbox_micro: '0', stripe_micro: '0' },
    ]);
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    expect([await reconcileUsage(bench.test.billing, later), await alerts()]).toEqual([0, []]);
  });
});
