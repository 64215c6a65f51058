import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { parseUsd, ZERO } from '@/lib/kernel/money';
import { type CloseCall, grantCredit, type HoldVerdict, type Ledger, readBalance, type RequestRow, startLedger } from '@/lib/ledger';
import { asSystem, createGatewayPool, type GatewayPool, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { endAt, expireDueCredit } from './ending-credit';

const database = await createTestDatabase();
const AFTER = Date.parse('2026-12-01T00:00:01Z');
let pool: GatewayPool;
let ledger: Ledger;

beforeAll(async () => {
  pool = createGatewayPool({ max: 4, onError: () => undefined });
  await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 1, current_date + 1)`);
  ledger = await startLedger({
    pool,
    clock: systemClock,
    identity: { role: 'gateway', host: 'test', pid: process.pid },
    journalFolder: null,
    alone: true,
    onSwept: () => undefined,
    onError: () => undefined,
  });
  return async () => {
    await Promise.allSettled([ledger.stop()]);
    await pool.end();
  };
});

const balanceOf = ({ orgId }: TestTenant) => withOrg(orgId, (tx) => readBalance(tx, orgId));
/** Rounds of the job until the balance is so: what a process leased and does not need comes back within a moment. */
const roundsUntil = (tenant: TestTenant, available: string) =>
  expect
    .poll(
      async () => {
        await expireDueCredit(AFTER);
        return (await balanceOf(tenant)).available;
      },
      { timeout: 5_000, interval: 100 },
    )
    .toBe(parseUsd(available));
const hold = ({ orgId }: TestTenant, amount: string) =>
  ledger.hold({ org: orgId, windows: [], tallies: [], funds: ['promotional', 'paid'], ceilings: [parseUsd(amount)] });

/** Ends a call that costs so much. */
async function settle(tenant: TestTenant, verdict: HoldVerdict, charge: string): Promise<void> {
  if (!verdict.ok) throw new Error('the call was not admitted');
  const id = newId('req');
  const now = new Date().toISOString();
  const row: RequestRow = {
    class: 'd7',
    day: now.slice(0, 10),
    id,
    org_id: tenant.orgId,
    process_id: ledger.processId,
    created_at: now,
    status: 'completed',
    surface: 'chat',
    stream: false,
    key_id: tenant.keyId,
    key_last4: 'abcd',
    alias: '',
    requested_model: 'std',
    model_id: 'std',
    provider_id: 'u1',
    usage_suspect: false,
    cost_nano: '0',
    provider_cost_nano: '0',
    attempt_count: 0,
    fallback: false,
    simulated: false,
    sample: false,
  };
  const call: CloseCall = {
    id,
    org: tenant.orgId,
    charge: parseUsd(charge),
    hold: verdict.hold,
    admittedBy: ledger.processId,
    answeredBy: ['std'],
    row,
    attempts: [],
    bodies: [],
  };
  await ledger.close(call);
}

/** An organization with a dollar that ends on the first of December. */
async function gifted(more: { paid?: string } = {}): Promise<TestTenant> {
  const tenant = await createTenant({ credit: more });
  const source = { sourceType: 'grant', sourceId: tenant.orgId };
  await asSystem(async (tx) => {
    await grantCredit(tx, { orgId: tenant.orgId, fund: 'promotional', amount: parseUsd('1'), kind: 'grant', ...source });
    await endAt(tx, { orgId: tenant.orgId, fund: 'promotional', amount: parseUsd('1'), ...source, expiresAt: new Date('2026-12-01T00:00:00Z') });
  });
  return tenant;
}

describe('credit that ends while a running call holds some of it', () => {
  it('loses what is free at once, keeps what is held, and loses the rest of that when the call releases it', async () => {
    const tenant = await gifted();
    const running = await hold(tenant, '0.40');
    await expect.poll(async () => (await balanceOf(tenant)).held, { timeout: 2_000 }).toBe(parseUsd('0.40'));
    await roundsUntil(tenant, '0');
    expect((await balanceOf(tenant)).held).toBe(parseUsd('0.40'));
    expect(await hold(tenant, '0.10')).toMatchObject({ ok: false, reason: 'held' });

    await settle(tenant, running, '0.15');
    await roundsUntil(tenant, '0');
    expect(await balanceOf(tenant)).toMatchObject({ available: ZERO, held: ZERO, spent: parseUsd('0.15') });
    expect(await hold(tenant, '0.10')).toMatchObject({ ok: false, reason: 'empty' });
    const ended = await database.query<{ sum: string }>(`SELECT sum(amount_nano)::text AS sum FROM ledger_entry WHERE org_id = $1 AND kind = 'expiry'`, [
      tenant.orgId,
    ]);
    expect(ended).toEqual([{ sum: String(parseUsd('0.85')) }]);
  });

  it('what was paid for stays, whatever a process had leased of the rest', async () => {
    const tenant = await gifted({ paid: '2' });
    await settle(tenant, await hold(tenant, '0.01'), '0.01');
    await roundsUntil(tenant, '2');
    const next = await hold(tenant, '0.50');
    await settle(tenant, next, '0.50');
    const { available, funds } = await balanceOf(tenant);
    expect([available, funds.find(({ fund }) => fund === 'promotional')?.available]).toEqual([parseUsd('1.50'), ZERO]);
  });
});
