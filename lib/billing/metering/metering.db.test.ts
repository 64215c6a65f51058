import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { meterActs } from '@/lib/testing/meter-acts';
import type { Billing } from '../client';
import { seedOrg } from '../test-billing';
import { proveUsage, sumAtStripe } from './prove-usage';
import { sealUsage } from './seal-usage';
import { sendUsage } from './send-usage';

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const { spend, alerts } = billingActs(bench);
const { meteredOrg, outbox, dueAgain, atStripe, meterCalls } = meterActs(bench);

describe('metered usage', () => {
  it('case 24: a thousand requests reach Stripe to the micro-dollar, without the part that credit paid', async () => {
    const customer = await meteredOrg();
    const firstMs = Math.floor((Date.now() - 3_600_000) / 60_000) * 60_000;
    await spend('overage', 1_234_567n, new Date(firstMs));
    // The other 999, over five minutes, as the first.
    await db.query(
      `INSERT INTO ledger_entry (id, org_id, created_at, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id)
       SELECT id || '_' || n, org_id, created_at + (n % 5) * interval '1 minute', kind, fund, debit_account, credit_account, amount_nano, 0, source_type, source_id || '_' || n
       FROM ledger_entry, generate_series(1, 999) AS n WHERE org_id = $1 AND fund = 'overage'`,
      [bench.org.id],
    );
    await spend('included', usd('1'));
    await spend('paid', usd('1'));
    await sealUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    expect((await outbox()).map(({ status }) => status)).toEqual(Array(5).fill('sent'));
    const [meter] = Object.keys(sim().state.meters);
    const counted = await sumAtStripe(bench.test.billing, meter ?? '', customer, firstMs / 1_000, firstMs / 1_000 + 600);
    expect([counted, atStripe()]).toEqual([1_234_567n, 1_234_567]);
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
    const sent = sim()
      .requests.filter(({ path }) => path === '/v1/billing/meter_events')
      .map(({ body }) => new URLSearchParams(body).get('identifier'));
    expect(new Set(sent).size).toBe(1);
  });

  it('case 26: bills once when a worker dies between what Stripe took and its own mark', async () => {
    await meteredOrg();
    await spend('overage', usd('1'));
    await sealUsage(bench.test.billing);
    let hasSent = (): void => undefined;
    const sent = new Promise<void>((resolve) => {
      hasSent = resolve;
    });
    void sendUsage(dyingAfterSend(bench.test.billing, () => hasSent()));
    await sent;
    expect([(await outbox())[0]?.status, atStripe()]).toEqual(['pending', 1_000_000]);
    await bench.control('forget-idempotency');
    await dueAgain();
    await sendUsage(bench.test.billing);
    expect(await outbox()).toMatchObject([{ status: 'duplicate', attempts: 2 }]);
    const identifiers = meterCalls().map(({ body }) => new URLSearchParams(body).get('identifier'));
    expect([identifiers.length, new Set(identifiers).size, atStripe()]).toEqual([2, 1, 1_000_000]);
  });

  /** Stripe's answer never comes back to who asked, as when the process is gone. */
  function dyingAfterSend(billing: Billing, onSent: () => void): Billing {
    const meterEvents = {
      async create(...args: Parameters<typeof billing.stripe.billing.meterEvents.create>) {
        await billing.stripe.billing.meterEvents.create(...args);
        onSent();
        return new Promise<never>(() => {});
      },
    };
    const stripe = new Proxy(billing.stripe, {
      get: (target, name) => (name === 'billing' ? { ...target.billing, meters: target.billing.meters, meterEvents } : Reflect.get(target, name)),
    });
    return { ...billing, stripe };
  }

  it('case 28: a customer that is gone costs its own rows only; another organization’s are delivered', async () => {
    await meteredOrg();
    const { id: customer } = await bench.test.billing.stripe.customers.create({ email: 'other@example.com' });
    const other = await seedOrg('Other');
    const add = (id: string, orgId: string, of: string) =>
      db.query(
        `INSERT INTO meter_outbox (id, org_id, customer_id, minute, micro_usd, identifier, simulated) VALUES ($1, $2, $3, date_trunc('minute', now()), 5, $1, false)`,
        [id, orgId, of],
      );
    await add('mo1_gone', bench.org.id, 'cus_gone');
    await add('mo1_other', other.id, customer);
    await sendUsage(bench.test.billing);
    expect(Object.fromEntries((await outbox()).map(({ identifier, status }) => [identifier, status]))).toEqual({ mo1_gone: 'rejected', mo1_other: 'sent' });
    expect([atStripe(), await alerts()]).toEqual([5, ['meter_rejected']]);
  });

  it('case 27: while Stripe is away for two hours calls are charged as ever, and what piled up is sent at its own times', async () => {
    await meteredOrg();
    await bench.control('fault', { path: '/v1/', kind: '500', times: '10000' });
    await bench.control('fault', { path: '/v1/', method: 'GET', kind: '500', times: '10000' });
    const asked = sim().requests.length;
    const minutes = Array.from({ length: 12 }, (_, index) => Math.floor((Date.now() - (130 - index * 10) * 60_000) / 60_000) * 60_000);
    for (const ms of minutes) {
      await spend('overage', usd('0.25'), new Date(ms + 5_000));
      await sealUsage(bench.test.billing);
    }
    // Charging and sealing never ask Stripe.
    expect(sim().requests).toHaveLength(asked);
    await dueAgain();
    expect([await sendUsage(bench.test.billing), atStripe()]).toEqual([0, 0]);
    bench.test.simulator.faults.length = 0;
    await dueAgain();
    expect(await sendUsage(bench.test.billing)).toBe(12);
    expect(
      sim()
        .state.meterEvents.map(({ timestampS }) => timestampS * 1_000)
        .sort(),
    ).toEqual(minutes);
    expect([atStripe(), await alerts()]).toEqual([3_000_000, []]);
  });

  it('case 30: a storm of 429 stops each round, spaces the tries and loses nothing; no more than 25 calls a second', async () => {
    await meteredOrg();
    for (let index = 0; index < 30; index++) await spend('overage', usd('0.01'), new Date(Date.now() - (40 + index) * 60_000));
    await sealUsage(bench.test.billing);
    await bench.control('fault', { path: '/v1/billing/meter_events', kind: '429', times: '3' });
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      expect(await sendUsage(bench.test.billing)).toBe(0);
      const [tried] = (await outbox()).filter(({ attempts }) => attempts === round + 1);
      waits.push((tried?.next_at.getTime() ?? 0) - Date.now());
      await db.query(`UPDATE meter_outbox SET next_at = CASE WHEN attempts > 0 THEN now() - interval '1 minute' ELSE now() + interval '1 hour' END`);
    }
    // One row was tried in each round, after longer and longer pauses.
    expect([waits[1], waits[2]]).toEqual([expect.toSatisfy((ms: number) => ms > (waits[0] ?? 0)), expect.toSatisfy((ms: number) => ms > (waits[1] ?? 0))]);
    await dueAgain();
    const startedAt = performance.now();
    expect(await sendUsage(bench.test.billing)).toBe(30);
    expect(performance.now() - startedAt).toBeGreaterThan((29 * 1_000) / 25);
    expect([atStripe(), (await outbox()).every(({ status }) => status === 'sent')]).toEqual([300_000, true]);
  });

  it('case 29: proves what is unknown after 23 hours by Stripe’s own sums, and gives up visibly after 34 days', async () => {
    const customer = await meteredOrg();
    const add = (id: string, age: string, first: string) =>
      db.query(
        `INSERT INTO meter_outbox (id, org_id, customer_id, minute, micro_usd, identifier, simulated, first_try_at) VALUES ($1, $2, $3, date_trunc('minute', now() - $4::interval), 7, $1, false, now() - $5::interval)`,
        [id, bench.org.id, customer, age, first],
      );
    await add('mo1_arrived', '30 hours', '24 hours');
    await add('mo1_lost', '31 hours', '24 hours');
    await add('mo1_old', '35 days', '34 days');
    const [arrived] = await db.query<{ minute: Date }>(`SELECT minute FROM meter_outbox WHERE id = 'mo1_arrived'`);
    await sendUsage(bench.test.billing);
    sim().state.meterEvents.push({
      identifier: 'mo1_arrived',
      meter: Object.keys(sim().state.meters)[0] ?? '',
      customer,
      value: 7,
      timestampS: (arrived?.minute.getTime() ?? 0) / 1_000,
      receivedS: sim().nowS() - 90_000,
      cancelled: false,
    });
    await proveUsage(bench.test.billing);
    await sendUsage(bench.test.billing);
    expect(Object.fromEntries((await outbox()).map(({ identifier, status }) => [identifier, status]))).toEqual({
      mo1_arrived: 'sent',
      mo1_lost: 'sent',
      mo1_old: 'expired',
    });
    expect([atStripe(), await alerts()]).toEqual([14, ['meter_expired']]);
  });
});
