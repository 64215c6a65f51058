import { beforeEach, describe, expect, it } from 'vitest';
import { setBillingRuntime } from '@/lib/billing/runtime-slot';
import { seedOrg, type TestBilling } from '@/lib/billing/test-billing';
import type { OrgId } from '@/lib/kernel/ids';
import type { Ctx, Role } from '@/lib/services/context';
import { createBillingBench, ORIGIN } from '@/lib/testing/billing';
import { choosePlan } from './choose-plan';
import { listInvoices } from './list-invoices';
import { listPlans } from './list-plans';
import { readBilling } from './read-billing';
import { readCheckout } from './read-checkout';
import { resumePlan } from './resume-plan';
import { topUp } from './top-up';

const bench = await createBillingBench();
let test: TestBilling;
let ctx: Ctx;

beforeEach(() => {
  ({ test, ctx } = bench);
});

function asRole(role: Role, orgId: string = ctx.orgId): Ctx {
  return { actor: { type: 'user', id: 'usr_1', label: 'owner@example.com' }, orgId: orgId as OrgId, role };
}

const planOf = async (): Promise<string | undefined> => (await listPlans({ ctx })).cards.find((card) => card.isCurrent)?.id;

async function buy(plan: string): Promise<string> {
  const choice = await choosePlan({ ctx, input: { plan, origin: ORIGIN } });
  if (choice.kind !== 'checkout') throw new Error('expected a checkout');
  return payAt(choice.url);
}

function payAt(url: string): string {
  const session = url.split('/').at(-1) ?? '';
  expect(test.simulator.actOnCheckout(session, 'pay')).toEqual({
    redirect: expect.stringMatching(new RegExp(`^${ORIGIN}/acme-\\w+/settings/billing\\?checkout=success&session_id=${session}$`)),
  });
  return session;
}

describe('choosing a plan', () => {
  it('goes through Checkout the first time, and shows the new plan with what it allows', async () => {
    await buy('pro');
    await test.settle();
    const { cards, hasSubscription, mode } = await listPlans({ ctx });
    expect({ mode, hasSubscription }).toEqual({ mode: 'simulator', hasSubscription: true });
    expect(cards.map(({ id, isCurrent, isUpgrade }) => [id, isCurrent, isUpgrade])).toEqual([
      ['free', false, false],
      ['pro', true, false],
      ['enterprise', false, true],
    ]);
    expect(await readBilling({ ctx })).toMatchObject({
      plan: { name: 'Pro', monthlyUsd: '20.00' },
      subscription: { status: 'active', endsAtPeriodEnd: false, simulated: true },
      balance: { availableUsd: '0.000000' },
    });
    expect(await listInvoices({ ctx })).toMatchObject([{ totalUsd: '20.00', status: 'paid' }]);
  });

  it('changes a running subscription at once and charges the difference', async () => {
    await buy('pro');
    await test.settle();
    expect(await choosePlan({ ctx, input: { plan: 'enterprise', origin: ORIGIN } })).toEqual({ kind: 'changed' });
    expect(await planOf()).toBe('enterprise');
    expect(await listInvoices({ ctx })).toHaveLength(2);
    expect(Object.keys(test.simulator.sim.state.subscriptions)).toHaveLength(1);
  });

  it('lets a paid plan run out before a free one, unless it is resumed', async () => {
    await buy('pro');
    await test.settle();
    expect(await choosePlan({ ctx, input: { plan: 'free', origin: ORIGIN } })).toEqual({ kind: 'ends-later' });
    expect(await planOf()).toBe('pro');
    expect((await readBilling({ ctx })).subscription?.endsAtPeriodEnd).toBe(true);
    await resumePlan({ ctx });
    expect((await readBilling({ ctx })).subscription?.endsAtPeriodEnd).toBe(false);
    await choosePlan({ ctx, input: { plan: 'free', origin: ORIGIN } });
    await fetch(`${test.simulator.apiBase}/_sim/advance`, { method: 'POST', body: JSON.stringify({ seconds: String(32 * 86_400) }) });
    await test.settle();
    expect(await planOf()).toBe('free');
  });

  it('needs the right to write billing, and somebody to take the money', async () => {
    for (const role of ['developer', 'viewer'] as const)
      await expect(choosePlan({ ctx: asRole(role), input: { plan: 'pro', origin: ORIGIN } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(readBilling({ ctx: asRole('viewer') })).rejects.toMatchObject({ code: 'forbidden' });
    setBillingRuntime(undefined);
    await expect(choosePlan({ ctx, input: { plan: 'pro', origin: ORIGIN } })).rejects.toMatchObject({ code: 'billing_off' });
    expect((await listPlans({ ctx })).mode).toBe('off');
  });
});

describe('coming back from Checkout', () => {
  it('waits while nothing was paid, then books what was, webhook or not', async () => {
    test.simulator.deliveries.held = true;
    const choice = await choosePlan({ ctx, input: { plan: 'pro', origin: ORIGIN } });
    const session = choice.kind === 'checkout' ? (choice.url.split('/').at(-1) ?? '') : '';
    expect(await readCheckout({ ctx, input: { sessionId: session } })).toEqual({ state: 'waiting', plan: 'Pro', amountUsd: null });
    test.simulator.actOnCheckout(session, 'pay');
    expect(await readCheckout({ ctx, input: { sessionId: session, ask: false } })).toMatchObject({ state: 'waiting' });
    expect(await readCheckout({ ctx, input: { sessionId: session } })).toMatchObject({ state: 'done' });
    expect(await planOf()).toBe('pro');
  });

  it('case 7: knows nothing of another organization’s session', async () => {
    const session = await buy('pro');
    const other = asRole('owner', (await seedOrg('Other')).id);
    expect(await readCheckout({ ctx: other, input: { sessionId: session } })).toBeNull();
    expect(await readCheckout({ ctx, input: { sessionId: 'cs_test_unknown' } })).toBeNull();
    expect(await readCheckout({ ctx, input: { sessionId: '../../x' } })).toBeNull();
  });
});

describe('topping up', () => {
  it('credits exactly what was chosen, as simulated money', async () => {
    const { url } = await topUp({ ctx, input: { usd: '25.00', origin: ORIGIN } });
    const session = payAt(url);
    await test.settle();
    expect(await readCheckout({ ctx, input: { sessionId: session } })).toEqual({ state: 'done', plan: null, amountUsd: '25.00' });
    const { balance } = await readBilling({ ctx });
    expect(balance).toMatchObject({ availableUsd: '0.000000', funds: [{ fund: 'simulated', availableUsd: '25.000000' }] });
  });

  it.each(['4.99', '5000.01', '10.001', '-5', 'ten', '1e3', ''])('case 21: refuses %j', async (usd) => {
    await expect(topUp({ ctx, input: { usd, origin: ORIGIN } })).rejects.toThrow();
    expect(Object.keys(test.simulator.sim.state.sessions)).toHaveLength(0);
  });
});
