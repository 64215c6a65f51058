import { beforeAll } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { type Money, nano } from '@/lib/kernel/money';
import { type CloseCall, type Hold, type HoldRequest, type HoldVerdict, type Ledger, readBalance, type RequestRow, startLedger } from '@/lib/ledger';
import { createGatewayPool, type GatewayPool, withOrg } from '@/lib/store';
import { createTestDatabase } from './database';
import type { TestTenant } from './tenants';

/** A call as the ledger sees it: what was asked of it, and what became of that. */
export interface LedgerCall {
  id: RequestRow['id'];
  tenant: TestTenant;
  by: Ledger;
  admittedBy: string;
  verdict: HoldVerdict;
}

export const holdOf = ({ verdict }: LedgerCall): Hold | null => (verdict.ok ? verdict.hold : null);

export function requestRow({ id, tenant, admittedBy }: LedgerCall): RequestRow {
  const now = new Date().toISOString();
  return {
    class: 'd7',
    day: now.slice(0, 10),
    id,
    org_id: tenant.orgId,
    process_id: admittedBy,
    created_at: now,
    status: 'running',
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
}

export function closing(call: LedgerCall, charge: bigint): CloseCall {
  const row: RequestRow = { ...requestRow(call), status: 'completed', http_status: 200, error_message: 'a "quoted\\ text", with (all) that {could} break' };
  return {
    id: call.id,
    org: call.tenant.orgId,
    charge: nano(charge),
    hold: holdOf(call),
    admittedBy: call.admittedBy,
    answeredBy: ['std'],
    row,
    opened: true,
    attempts: [],
    bodies: [],
  };
}

export const close = (call: LedgerCall, charge: bigint): Promise<Money> => call.by.close(closing(call, charge));
export const balanceOf = (tenant: TestTenant) => withOrg(tenant.orgId, (tx) => readBalance(tx, tenant.orgId));

/** A call over an organization's own money, with its ceilings, largest first. */
export const funded = (tenant: TestTenant, ...amounts: bigint[]): HoldRequest => ({
  org: tenant.orgId,
  windows: [],
  tallies: [],
  funds: ['included', 'promotional', 'paid'],
  ceilings: amounts.map(nano),
});

/** A database with two processes on it, as far as the ledger can tell. Call it at the top of a test file; they run from its first test on. */
export async function twoLedgers() {
  const database = await createTestDatabase();
  let pool: GatewayPool;
  let ledgers: [Ledger, Ledger];
  const start = () =>
    startLedger({
      pool,
      clock: systemClock,
      identity: { role: 'gateway', host: 'test', pid: process.pid },
      journalFolder: null,
      alone: false,
      onSwept: () => undefined,
      onError: () => undefined,
    });
  beforeAll(async () => {
    pool = createGatewayPool({ max: 10, onError: () => undefined });
    await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 1, current_date + 1)`);
    ledgers = await Promise.all([start(), start()]);
    return async () => {
      await Promise.allSettled(ledgers.map((ledger) => ledger.stop()));
      await pool.end();
    };
  });
  return {
    database,
    pool: () => pool,
    ledger: () => ledgers[0],
    other: () => ledgers[1],
    /** One more process. */
    start,
    async admit(tenant: TestTenant, request: HoldRequest, by = ledgers[0]): Promise<LedgerCall> {
      return { id: newId('req'), tenant, by, admittedBy: by.processId, verdict: await by.hold(request) };
    },
    async leasedOf(tenant: TestTenant): Promise<string | undefined> {
      return (await database.query<{ sum: string }>(`SELECT coalesce(sum(leased_nano), 0)::text AS sum FROM account WHERE org_id = $1`, [tenant.orgId]))[0]
        ?.sum;
    },
  };
}
