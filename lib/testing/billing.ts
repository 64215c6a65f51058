import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { processDueEvents } from '@/lib/billing/process-events';
import { setBillingRuntime } from '@/lib/billing/runtime-slot';
import { seedOrg, seedPlans, startTestBilling, type TestBilling } from '@/lib/billing/test-billing';
import type { OrgId } from '@/lib/kernel/ids';
import type { Ctx } from '@/lib/services/context';
import { createTestDatabase, type TestDatabase } from './database';

export const ORIGIN = 'http://localhost:3000';

/** One organization in front of a simulated Stripe, anew for each test of a file. */
export interface BillingBench {
  db: TestDatabase;
  test: TestBilling;
  org: { id: string; slug: string };
  ctx: Ctx;
  /** Does something to the simulated account: `pay`, `decline`, `advance` … */
  control<Answer = Record<string, unknown>>(name: string, input?: Record<string, string>): Promise<Answer>;
  customer(): Promise<string>;
  planOf(): Promise<string>;
  /** What a fund has left in nano-USD, less what is held. */
  left(fund: string): Promise<bigint>;
  /** Works on everything that is due, again and again until nothing is. */
  settle(): Promise<void>;
}

const TABLES = [
  'stripe_price', 'stripe_event', 'subscription', 'checkout_intent', 'stripe_meter', 'meter_outbox', 'meter_item', 'meter_carry', 'meter_reconciliation',
  'auto_recharge', 'recharge_attempt', 'credit_grant', 'billing_alert', 'billing_account', 'stripe_payment', 'trial_claim',
];

/**
 * Sets a `*.db.test.ts` up for billing: its own database, plans, and before each test a fresh simulator, client, webhook and
 * organization. After each test whatever the product sent must have been a request that Stripe knows.
 */
export async function createBillingBench(options: { simulated?: boolean } = {}): Promise<BillingBench> {
  const db = await createTestDatabase();
  const bench = { db } as BillingBench;
  beforeAll(seedPlans);
  beforeEach(async () => {
    await db.query(`TRUNCATE ${TABLES.join(', ')}`);
    bench.test = await startTestBilling(options);
    bench.test.billing.now = () => bench.test.simulator.sim.nowS() * 1_000;
    setBillingRuntime({ billing: bench.test.billing, simulator: bench.test.simulator, wake: () => {}, stop: async () => {} });
    bench.org = await seedOrg();
    bench.ctx = { actor: { type: 'user', id: 'usr_1', label: 'owner@example.com' }, orgId: bench.org.id as OrgId, role: 'owner' };
  });
  afterEach(async () => {
    setBillingRuntime(undefined);
    await bench.test.close();
    expect(bench.test.simulator.sim.violations).toEqual([]);
  });
  return Object.assign(bench, {
    async control<Answer>(name: string, input: Record<string, string> = {}): Promise<Answer> {
      const answer = await fetch(`${bench.test.simulator.apiBase}/_sim/${name}`, { method: 'POST', body: JSON.stringify(input) });
      if (answer.status !== 200) throw new Error(`${name}: ${await answer.text()}`);
      return (await answer.json()) as Answer;
    },
    async customer() {
      const [row] = await db.query<{ id: string | null }>('SELECT stripe_customer_id AS id FROM organization WHERE id = $1', [bench.org.id]);
      return row?.id ?? '';
    },
    async planOf() {
      const [row] = await db.query<{ plan_id: string }>('SELECT plan_id FROM organization WHERE id = $1', [bench.org.id]);
      return row?.plan_id ?? '';
    },
    async left(fund: string) {
      const [row] = await db.query<{ left: string }>(`SELECT limit_nano - spent_nano - held_nano AS left FROM account WHERE id = $1`, [`${bench.org.id}/fund/${fund}`]);
      return BigInt(row?.left ?? 0);
    },
    async settle() {
      await bench.test.settle();
      while ((await processDueEvents(bench.test.billing)) > 0) await bench.test.settle();
    },
  });
}
