import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import { readCheckout } from '@/lib/services/billing/read-checkout';
import { createBillingBench } from '@/lib/testing/billing';
import { billingActs } from '@/lib/testing/billing-acts';

const bench = await createBillingBench({ simulated: false });
const { subscribe, buyCredit, alerts, stateOf, lastCharge } = billingActs(bench);
const sim = () => bench.test.simulator.sim;
const usd = (amount: string) => parseUsd(amount);

/** Every dispute event again, newest first. */
async function repeatBackwards(): Promise<void> {
  for (const event of sim()
    .state.events.filter(({ type }) => type.startsWith('charge.dispute'))
    .reverse())
    await bench.control('redeliver', { event: event.id, times: '2' });
  await bench.settle();
}

describe('a dispute', () => {
  it('case 39: holds the payment back and restricts; an inquiry moves nothing; won, it is given back once, in any order and however often it is told', async () => {
    await buyCredit('10.00');
    await bench.settle();
    await bench.control('open-dispute', { charge: lastCharge(), inquiry: 'true' });
    await bench.settle();
    expect(await bench.left('paid')).toBe(usd('10'));
    const dispute = await bench.control<{ id: string }>('open-dispute', { charge: lastCharge() });
    await bench.settle();
    expect([await bench.left('paid'), await stateOf(), await alerts()]).toEqual([0n, 'restricted', ['dispute']]);
    await bench.control('close-dispute', { dispute: dispute.id, status: 'won' });
    await repeatBackwards();
    expect([await bench.left('paid'), await stateOf(), await alerts()]).toEqual([usd('10'), 'none', []]);
  });

  it('case 39: that is lost keeps the credit taken, once, and no longer restricts', async () => {
    await buyCredit('10.00');
    await buyCredit('25.00');
    await bench.settle();
    const dispute = await bench.control<{ id: string }>('open-dispute', { charge: lastCharge() });
    await bench.settle();
    await bench.control('close-dispute', { dispute: dispute.id, status: 'lost' });
    await repeatBackwards();
    expect([await bench.left('paid'), await stateOf(), await alerts()]).toEqual([usd('10'), 'none', []]);
  });

  it('that is told of before the payment of a plan restricts all the same, and its end lifts that', async () => {
    bench.test.simulator.deliveries.held = true;
    await subscribe();
    const dispute = await bench.control<{ id: string }>('open-dispute', { charge: lastCharge() });
    await bench.control('reorder-webhooks');
    bench.test.simulator.deliveries.held = false;
    bench.test.simulator.deliveries.wake();
    await bench.settle();
    expect([await stateOf(), await alerts()]).toEqual(['restricted', ['dispute']]);
    await bench.control('close-dispute', { dispute: dispute.id, status: 'won' });
    await bench.settle();
    expect([await stateOf(), await alerts(), await bench.planOf()]).toEqual(['active', [], 'pro']);
  });
});

describe('a delayed payment', () => {
  it('case 20: is not called credited on the return page before it has paid', async () => {
    const session = await buyCredit('10.00', { delayed: 'true' });
    await bench.settle();
    expect(await readCheckout({ ctx: bench.ctx, input: { sessionId: session } })).toMatchObject({ state: 'waiting' });
    await bench.control('settle-delayed', { session });
    await bench.settle();
    expect([(await readCheckout({ ctx: bench.ctx, input: { sessionId: session } }))?.state, await bench.left('paid')]).toEqual(['done', usd('10')]);
    const other = await buyCredit('25.00', { delayed: 'true' });
    await bench.control('settle-delayed', { session: other, succeeds: 'false' });
    await bench.settle();
    expect([(await readCheckout({ ctx: bench.ctx, input: { sessionId: other } }))?.state, await bench.left('paid')]).toEqual(['expired', usd('10')]);
  });
});
