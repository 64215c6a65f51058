import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';
import { pollUndelivered } from './heal';
import { seedOrg } from './test-billing';

/** Interleavings that are tried: 40 short ones with every test run, 200 of up to 40 steps with `npm run test:billing`. */
const RUNS = Number(process.env.BILLING_RUNS ?? 40);
const LONGEST = process.env.BILLING_RUNS ? 40 : 9;

const bench = await createBillingBench({ simulated: false });
const { db } = bench;
const { buyCredit } = billingActs(bench);
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);

describe('any order', () => {
  it.each(['refund', 'dispute'])('a %s that is told of before its payment takes the credit back all the same', async (what) => {
    bench.test.simulator.deliveries.held = true;
    await act('topup');
    await act(what);
    await bench.control('reorder-webhooks');
    bench.test.simulator.deliveries.held = false;
    bench.test.simulator.deliveries.wake();
    await bench.settle();
    expect(await bench.left('paid')).toBe(what === 'refund' ? usd('9') : 0n);
  });

  it(
    'the ledger adds up to the balance after any interleaving of purchases, refunds, disputes and repeats',
    async () => {
      const step = fc.constantFrom('topup', 'refund', 'dispute', 'win', 'repeat', 'reverse', 'drop-and-poll', 'settle');
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: LONGEST, size: 'max' }), async (steps) => {
          bench.org = await seedOrg();
          bench.ctx = { ...bench.ctx, orgId: bench.org.id as never };
          for (const each of steps) await act(each);
          bench.test.simulator.deliveries.held = false;
          bench.test.simulator.deliveries.wake();
          await bench.settle();
          const [sums] = await db.query<{ ledger: string; account: string }>(
            `SELECT coalesce((SELECT sum(CASE WHEN credit_account = $1 THEN amount_nano ELSE -amount_nano END) FROM ledger_entry WHERE $1 IN (credit_account, debit_account)), 0) AS ledger,
             coalesce((SELECT limit_nano - spent_nano FROM account WHERE id = $1), 0) AS account`,
            [`${bench.org.id}/fund/paid`],
          );
          expect(sums?.ledger).toBe(sums?.account);
          const customer = await bench.customer();
          const mine = Object.values(sim().state.charges).filter((charge) => charge.customer === customer);
          const kept = mine.reduce((sum, { amount, amount_refunded: back }) => sum + amount - back, 0);
          const disputed = Object.values(sim().state.disputes).some(({ charge }) => mine.some(({ id }) => id === charge));
          if (!disputed) expect(sums?.account).toBe(String(BigInt(kept) * 10_000_000n));
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * LONGEST * 400,
  );

  async function act(step: string): Promise<void> {
    const customer = await bench.customer();
    const charge = Object.values(sim().state.charges).find((each) => each.customer === customer && each.amount > each.amount_refunded && !each.disputed);
    if (step === 'topup') await buyCredit('10.00');
    if (step === 'refund' && charge) await bench.test.billing.stripe.refunds.create({ charge: charge.id, amount: 100 });
    if (step === 'dispute' && charge) await bench.control('open-dispute', { charge: charge.id });
    const open = Object.values(sim().state.disputes).find(
      ({ status, payment_intent: intent }) => status === 'needs_response' && sim().state.paymentIntents[intent]?.customer === customer,
    );
    if (step === 'win' && open) await bench.control('close-dispute', { dispute: open.id, status: 'won' });
    if (step === 'repeat') for (const event of sim().state.events.slice(-4)) await bench.control('redeliver', { event: event.id, times: '2' });
    if (step === 'reverse') {
      bench.test.simulator.deliveries.held = true;
      await bench.control('reorder-webhooks');
      bench.test.simulator.deliveries.held = false;
      bench.test.simulator.deliveries.wake();
    }
    if (step === 'drop-and-poll') {
      await bench.control('drop-webhooks');
      await pollUndelivered(bench.test.billing);
    }
    if (step === 'settle') await bench.settle();
  }
});
