import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { formatUsd, nano, parseUsd } from '@/lib/kernel/money';
import { type Ledger, readBalance, startLedger } from '@/lib/ledger';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import type { OperatorCtx } from '@/lib/services/context';
import { addPriceCard } from '@/lib/services/management/add-price-card';
import { asSystem, createGatewayPool, type GatewayPool, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { rerate } from './rerate';

const database = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
const HOUR = 3_600_000;
const period = { from: new Date(Date.now() - 3 * HOUR).toISOString(), to: new Date(Date.now() + HOUR).toISOString() };
let pool: GatewayPool;
let ledger: Ledger;
let firstCard: string;

beforeAll(async () => {
  pool = createGatewayPool({ max: 4, onError: () => undefined });
  await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 2, current_date + 1)`);
  await asSystem(seedCatalogue);
  await database.query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First')`);
  await database.query(`INSERT INTO model (id, provider_id, upstream_model, kind) VALUES ('std', 'u1', 'std', 'chat')`);
  firstCard = (await addPriceCard({ ctx, input: { model: 'std', correction: true, effective_from: new Date(Date.now() - 48 * HOUR).toISOString(), prices: { input: '2.00', output: '8.00' } } })).id;
  ledger = await startLedger({ pool, clock: systemClock, identity: { role: 'gateway', host: 'test', pid: process.pid }, journalFolder: null, alone: false, onSwept: () => undefined, onError: () => undefined });
  return async () => {
    // The database of the test may be gone before the leases are back.
    await Promise.allSettled([ledger.stop()]);
    await pool.end();
  };
});

/** A settled call of ten tokens in and twenty out, as the gateway writes it; at the first card it cost $0.000180. */
async function settle(tenant: TestTenant, charge = 180_000n, card: string | null = firstCard): Promise<void> {
  const id = newId('req');
  const at = new Date(Date.now() - HOUR).toISOString();
  const verdict = await ledger.hold({ org: tenant.orgId, windows: [], tallies: [], funds: ['included', 'paid'], ceilings: [nano(charge)] });
  if (!verdict.ok) throw new Error('refused');
  await ledger.close({
    id,
    org: tenant.orgId,
    charge: nano(charge),
    hold: verdict.hold,
    admittedBy: ledger.processId,
    answeredBy: ['std'],
    row: {
      class: 'd7', day: at.slice(0, 10), id, org_id: tenant.orgId, process_id: ledger.processId, created_at: at, status: 'completed', http_status: 200, surface: 'chat', stream: false, key_id: tenant.keyId,
      key_last4: 'abcd', alias: '', requested_model: 'std', model_id: 'std', provider_id: 'u1', input_tokens: 10, output_tokens: 20, usage_suspect: false, cost_nano: '0', provider_cost_nano: '180000',
      price_card_id: card ?? undefined, attempt_count: 1, fallback: false, simulated: false, sample: false,
    },
    attempts: [],
    bodies: [],
  });
}

const correct = (input: string, output: string) =>
  addPriceCard({ ctx, input: { model: 'std', correction: true, effective_from: new Date(Date.now() - 24 * HOUR).toISOString(), prices: { input, output } } });
const balanceOf = async ({ orgId }: TestTenant) => withOrg(orgId, async (tx) => readBalance(tx, orgId));
const run = (tenant: TestTenant, apply = false) => rerate({ ctx, input: { ...period, org: tenant.slug, apply } });
/** Entries of an organization, replayed from zero: what was credited and what was charged to each account. */
const replay = ({ orgId }: TestTenant) =>
  database.query(
    `SELECT a.limit_nano = (SELECT coalesce(sum(amount_nano), 0) FROM ledger_entry WHERE credit_account = a.id) AS credited,
       a.spent_nano = (SELECT coalesce(sum(amount_nano), 0) FROM ledger_entry WHERE debit_account = a.id) AS charged FROM account a WHERE org_id = $1 AND scope_type = 'fund'`,
    [orgId],
  );

describe('a period priced anew', () => {
  it('shows first, then gives back what was too much, once, without touching a charge or a row', async () => {
    const tenant = await createTenant({ credit: { included: '0.000100', paid: '1' } });
    await settle(tenant);
    await settle(tenant);
    expect((await run(tenant)).differences).toEqual([]);
    const before = await database.query(`SELECT id, cost_nano::text, price_card_id FROM logs.request WHERE org_id = $1 ORDER BY id`, [tenant.orgId]);
    await correct('1.00', '4.00');
    const difference = { org: tenant.slug, model: 'std', calls: 2, charged_usd: '0.000360', corrected_usd: '0.000180', difference_usd: '-0.000180', provider_cost_usd: '0.000360', corrected_provider_cost_usd: '0.000180' };
    expect(await run(tenant)).toMatchObject({ calls: 2, differences: [difference], unexplained: 0, booked: null });
    expect(await balanceOf(tenant)).toMatchObject({ spent: parseUsd('0.000360') });

    const applied = await run(tenant, true);
    expect(applied.booked).toEqual({ entries: 3, refunded_usd: '0.000180', charged_usd: '0.000000', forgone_usd: '0.000000' });
    expect(await balanceOf(tenant)).toMatchObject({ available: parseUsd('0.999920'), spent: parseUsd('0.000360') });
    expect(await run(tenant, true)).toMatchObject({ differences: [], booked: { entries: 0 } });
    expect(await database.query(`SELECT id, cost_nano::text, price_card_id FROM logs.request WHERE org_id = $1 ORDER BY id`, [tenant.orgId])).toEqual(before);
    expect(await replay(tenant)).toEqual([{ credited: true, charged: true }, { credited: true, charged: true }]);
    expect(await database.query(`SELECT action FROM audit_entry WHERE action = 'ledger.rerate'`)).not.toEqual([]);
  });

  it('takes what was too little only as far as there is credit; the rest is the operator’s', async () => {
    await correct('2.00', '8.00');
    const tenant = await createTenant({ credit: { paid: '0.000200' } });
    await settle(tenant);
    await correct('4.00', '16.00');
    // What the process leased and did not use is not there to be taken either; given back, it is.
    await expect.poll(async () => (await database.query<{ leased: string }>('SELECT sum(leased_nano)::text AS leased FROM account WHERE org_id = $1', [tenant.orgId]))[0]?.leased, { timeout: 20_000 }).toBe('0');
    const { booked } = await run(tenant, true);
    expect(booked).toEqual({ entries: 1, refunded_usd: '0.000000', charged_usd: '0.000020', forgone_usd: '0.000160' });
    expect(await balanceOf(tenant)).toMatchObject({ available: nano(0n), spent: parseUsd('0.000200') });
    expect(await replay(tenant)).toEqual([{ credited: true, charged: true }]);
  });

  it('corrects a correction, and finds the markup again that a call was sold at', async () => {
    await correct('2.00', '8.00');
    const tenant = await createTenant({ plan: { markupPercent: '50' }, credit: { paid: '1' } });
    await settle(tenant, 270_000n);
    await correct('1.00', '8.00');
    expect((await run(tenant, true)).differences).toMatchObject([{ charged_usd: '0.000270', corrected_usd: '0.000255' }]);
    await correct('3.00', '8.00');
    expect((await run(tenant, true)).differences).toMatchObject([{ charged_usd: '0.000255', corrected_usd: '0.000285' }]);
    expect((await balanceOf(tenant)).available).toBe(parseUsd(formatUsd(nano(1_000_000_000n - 285_000n))));
  });

  it('leaves a call alone whose charge does not follow from its card, and prices one that had no price', async () => {
    await correct('2.00', '8.00');
    const tenant = await createTenant({ credit: { paid: '1' } });
    await settle(tenant, 100_000n);
    await settle(tenant, 0n, null);
    await correct('1.00', '4.00');
    expect(await run(tenant)).toMatchObject({ unexplained: 1, differences: [{ calls: 1, charged_usd: '0.000000', corrected_usd: '0.000090' }] });
  });

  it('is refused for a period that ends before it begins, and for an organization that is not there', async () => {
    await expect(rerate({ ctx, input: { from: period.to, to: period.from } })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'to' } });
    await expect(rerate({ ctx, input: { ...period, org: 'nobody' } })).rejects.toMatchObject({ code: 'not_found' });
  });
});
