import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { cancelNow } from './change-subscription';
import { sealUsage } from './metering/seal-usage';
import { sendUsage } from './metering/send-usage';

const HOUR_S = 3_600;
const bench = await createBillingBench({ simulated: false });
const { subscribe, spend } = billingActs(bench);
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);
const items = () => Object.values(sim().state.subscriptions)[0]?.items.data ?? [];
const invoices = (reason: string) => Object.values(sim().state.invoices).filter(({ billing_reason: each }) => each === reason);

/** A metered subscription whose present period ends `endsInS` seconds from now. */
async function metered(endsInS: number): Promise<void> {
  await bench.db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [usd('50').toString()]);
  await subscribe();
  await bench.settle();
  const end = sim().nowS() + endsInS;
  for (const item of items()) Object.assign(item, { current_period_start: end - 30 * 24 * HOUR_S, current_period_end: end });
  await bench.db.query(`UPDATE subscription SET created_at = now() - interval '30 days', current_period_start = $1`, [
    new Date((end - 30 * 24 * HOUR_S) * 1_000),
  ]);
}

async function flush(): Promise<void> {
  await sealUsage(bench.test.billing, { settleMs: 0 });
  await sendUsage(bench.test.billing);
}

describe('the end of a period', () => {
  it('case 31: usage of its last minute is on its own invoice, though it was told of after the renewal; what came next is on the next', async () => {
    // Ended half a minute after a whole one, so that the minute belongs to both periods.
    const intoMinute = new Date().getSeconds();
    await metered(-(intoMinute + 90));
    const endMs = (items()[0]?.current_period_end ?? 0) * 1_000;
    await spend('overage', usd('3'), new Date(endMs - 20_000));
    await spend('overage', usd('5'), new Date(endMs + 10_000));
    await bench.control('advance', { seconds: '0' });
    await bench.settle();
    expect(invoices('subscription_cycle').map(({ status }) => status)).toEqual(['draft']);
    await flush();
    await bench.control('advance', { seconds: String(2 * HOUR_S) });
    await bench.settle();
    const [ended] = invoices('subscription_cycle');
    expect(ended).toMatchObject({ status: 'paid', total: 2_000 + 300 });
    expect(ended?.lines.data.map(({ amount }) => amount)).toEqual([2_000, 300]);
    expect(
      sim()
        .state.meterEvents.filter(({ timestampS }) => timestampS * 1_000 >= endMs)
        .reduce((sum, { value }) => sum + value, 0),
    ).toBe(5_000_000);
  });

  it('case 31: a plan that is cancelled now bills what was used so far, also what no round had sent yet', async () => {
    await metered(10 * 24 * HOUR_S);
    await spend('overage', usd('3'), new Date(Date.now() - 1_000));
    await cancelNow(bench.test.billing, Object.keys(sim().state.subscriptions)[0] ?? '');
    const last = Object.values(sim().state.invoices).at(-1);
    expect([last?.total, await bench.planOf()]).toEqual([300, 'free']);
  });
});
