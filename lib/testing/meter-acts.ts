import { parseUsd } from '@/lib/kernel/money';
import type { BillingBench } from './billing';
import { billingActs } from './billing-acts';

/** What tests of metered usage do and look at. */
export function meterActs(bench: BillingBench) {
  const { db } = bench;
  const { subscribe } = billingActs(bench);
  const sim = () => bench.test.simulator.sim;

  return {
    /** A metered subscription that began three hours ago; returns the customer. */
    async meteredOrg(): Promise<string> {
      await db.query(`UPDATE plan SET overage_limit_nano = $1 WHERE id = 'pro'`, [parseUsd('50').toString()]);
      await subscribe();
      await bench.settle();
      await db.query(`UPDATE subscription SET created_at = now() - interval '3 hours', current_period_start = now() - interval '3 hours'`);
      return bench.customer();
    },

    outbox: () =>
      db.query<{ status: string; identifier: string; micro_usd: string; attempts: number; minute: Date; next_at: Date }>(
        'SELECT status, identifier, micro_usd, attempts, minute, next_at FROM meter_outbox ORDER BY minute',
      ),

    /** Makes every row that waits for its next try due. */
    dueAgain: () => db.query(`UPDATE meter_outbox SET next_at = now() WHERE status IN ('pending', 'unknown')`),

    /** Micro-dollars that Stripe counts. */
    atStripe: (): number =>
      sim()
        .state.meterEvents.filter(({ cancelled }) => !cancelled)
        .reduce((sum, { value }) => sum + value, 0),

    /** What was asked of the meter so far. */
    meterCalls: () => sim().requests.filter(({ method, path }) => method === 'POST' && path === '/v1/billing/meter_events'),
  };
}
