import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { formatUsd, nano } from '@/lib/kernel/money';
import { type AttemptRow, type Ledger, type RequestRow, startLedger } from '@/lib/ledger';
import type { Ctx } from '@/lib/services/context';
import { asSystem, createGatewayPool, type GatewayPool } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { usageAttempts } from './usage-attempts';
import { usageByGroup, usageTotals } from './usage-totals';
import { usageOfSimpleCalls } from './usage-simple';
import { usageQuerySchema } from './usage-query';
import { usageSeries } from './usage-series';

const database = await createTestDatabase();
let pool: GatewayPool;
let ledgers: Ledger[];
let tenant: TestTenant;
let ctx: Ctx;

interface Ended {
  cost: bigint;
  user?: string;
  tags?: Record<string, string>;
  model?: string;
  status?: RequestRow['status'];
  attempts?: { model: string; reason: AttemptRow['reason']; outcome: string }[];
}

beforeAll(async () => {
  pool = createGatewayPool({ max: 6, onError: () => undefined });
  await database.query(`SELECT logs.ensure_partitions(ARRAY['d7'], current_date - 1, current_date + 1)`);
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
  ledgers = await Promise.all([start(), start()]);
  tenant = await createTenant({ credit: { paid: '10' } });
  ctx = { actor: { type: 'system', label: 'test' }, orgId: tenant.orgId, role: 'owner' };
  await asSystem(async (tx) => {
    const user = await tx.user.create({ data: { id: 'user_ada', email: 'ada@example.com', name: 'Ada', passwordHash: '-' } });
    await tx.apiKey.update({ where: { id: tenant.keyId }, data: { createdById: user.id } });
  });
  const calls: Ended[] = [
    { cost: 700n, user: 'ann', tags: { feature: 'search', team: 'growth' } },
    { cost: 300n, user: 'ann', tags: { feature: 'chat' } },
    { cost: 50n, user: 'bob' },
    { cost: 9n },
    {
      cost: 4_000n,
      model: 'std',
      tags: { beta: '' },
      attempts: [
        { model: 'tiny', reason: 'primary', outcome: 'server' },
        { model: 'tiny', reason: 'retry', outcome: 'rate_limited' },
        { model: 'std', reason: 'fallback', outcome: 'completed' },
      ],
    },
    { cost: 0n, model: 'tiny', status: 'failed', attempts: [{ model: 'tiny', reason: 'primary', outcome: 'server' }] },
  ];
  await Promise.all(calls.map((call, index) => end(ledgers[index % 2] as Ledger, call)));
  return async () => {
    await Promise.allSettled(ledgers.map((ledger) => ledger.stop()));
    await pool.end();
  };
});

async function end(
  ledger: Ledger,
  { cost, user, tags, model = 'std', status = 'completed', attempts = [{ model, reason: 'primary', outcome: 'completed' }] }: Ended,
): Promise<void> {
  const id = newId('req');
  const at = new Date().toISOString();
  const place = { class: 'd7', day: at.slice(0, 10), org_id: tenant.orgId };
  const verdict = await ledger.hold({ org: tenant.orgId, windows: [], tallies: [], funds: ['paid'], ceilings: [nano(10_000n)] });
  if (!verdict.ok) throw new Error('the call was refused');
  await ledger.close({
    id,
    org: tenant.orgId,
    charge: nano(cost),
    hold: verdict.hold,
    admittedBy: ledger.processId,
    answeredBy: [model],
    row: {
      ...place,
      id,
      process_id: ledger.processId,
      created_at: at,
      status,
      http_status: 200,
      surface: 'chat',
      stream: false,
      key_id: tenant.keyId,
      key_last4: 'abcd',
      alias: '',
      requested_model: model,
      model_id: model,
      provider_id: 'u1',
      user_tag: user,
      tags,
      input_tokens: 10,
      output_tokens: 20,
      usage_suspect: false,
      cost_nano: '0',
      provider_cost_nano: '0',
      attempt_count: attempts.length,
      fallback: attempts.length > 2,
      simulated: false,
      sample: false,
    },
    attempts: attempts.map(({ model: model_id, reason, outcome }, index) => ({
      ...place,
      request_id: id,
      index,
      started_at: at,
      model_id,
      upstream_model: model_id,
      provider_id: 'u1',
      credential_last4: '',
      reason,
      outcome,
      offset_ms: 0,
      duration_ms: 40,
      cost_nano: '0',
    })),
    bodies: [],
  });
}

const query = (input: object) => usageQuerySchema.parse({ range: '24h', ...input });
const costs = async (group: 'tag' | 'end_user' | 'member' | 'model', filter = {}) =>
  Object.fromEntries(
    (await usageByGroup({ ctx, input: query({ group, ...filter }) as ReturnType<typeof query> & { group: typeof group } })).data.map(({ id, cost_usd }) => [
      id,
      cost_usd,
    ]),
  );
const usd = (amount: bigint) => formatUsd(nano(amount));

describe('what calls cost can be told apart', () => {
  it('by end user, by tag and by the member who made the key', async () => {
    expect(await costs('end_user')).toEqual({ ann: usd(1_000n), bob: usd(50n) });
    expect(await costs('tag')).toEqual({ 'feature=search': usd(700n), 'team=growth': usd(700n), 'feature=chat': usd(300n), beta: usd(4_000n) });
    expect(await costs('member')).toEqual({ user_ada: usd(5_059n) });
  });

  it('narrowed by one of them, over any other column of the roll-ups', async () => {
    expect(await costs('model', { user: 'ann' })).toEqual({ std: usd(1_000n) });
    expect((await usageTotals({ ctx, input: query({ tag: 'feature=search' }) })).totals).toMatchObject({ cost_usd: usd(700n), requests: 1 });
    await expect(usageSeries({ ctx, input: query({ group: 'tag', user: 'ann' }) })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('while the total of a chart by tag counts each call once', async () => {
    expect((await usageSeries({ ctx, input: query({ group: 'tag' }) })).totals).toMatchObject({ cost_usd: usd(5_059n), requests: 6 });
  });

  it('by where attempts failed, were repeated and fell back', async () => {
    const { data } = await usageAttempts({ ctx, input: query({}) });
    expect(data.map(({ model, kind, attempts, failures }) => ({ model, kind, attempts, failures }))).toEqual([
      { model: 'tiny', kind: 'first', attempts: 2, failures: 2 },
      { model: 'tiny', kind: 'retry', attempts: 1, failures: 1 },
      { model: 'std', kind: 'first', attempts: 4, failures: 0 },
      { model: 'std', kind: 'fallback', attempts: 1, failures: 0 },
    ]);
  });

  it('by which simple calls a dear model answered', async () => {
    const { data } = await usageOfSimpleCalls({ ctx, input: query({}) });
    expect(data).toMatchObject([{ model: 'std', requests: 5, times_cheapest: 1 }]);
  });
});

it('chart total, log total and ledger total are one, for every filter they share (I10)', async () => {
  for (const filter of [{}, { model: 'std' }, { provider: 'u1' }, { key_id: tenant.keyId }, { model: 'nothing' }]) {
    const { totals } = await usageTotals({ ctx, input: query(filter) });
    const series = await usageSeries({ ctx, input: query(filter) });
    const [name, value] = Object.entries(filter)[0] ?? [null, null];
    const column = { model: 'model_id', provider: 'provider_id', key_id: 'key_id' }[name ?? ''];
    const narrowed = column ? ` AND r.${column} = '${value}'` : '';
    const [log] = await database.query<{ calls: number; cost: string }>(
      `SELECT count(*)::int AS calls, coalesce(sum(cost_nano), 0)::text AS cost FROM logs.request r WHERE r.org_id = $1${narrowed}`,
      [tenant.orgId],
    );
    const [booked] = await database.query<{ cost: string }>(
      `SELECT coalesce(sum(e.amount_nano), 0)::text AS cost FROM ledger_entry e JOIN logs.request r ON r.id = e.source_id WHERE e.org_id = $1 AND e.kind = 'charge'${narrowed}`,
      [tenant.orgId],
    );
    expect(totals).toMatchObject({ requests: log?.calls, cost_usd: usd(BigInt(log?.cost ?? 0)) });
    expect(booked?.cost).toBe(log?.cost);
    expect(series.totals).toEqual(totals);
    expect(
      formatUsd(
        nano(series.groups.reduce((sum, group) => sum + group.points.reduce((part, point) => part + BigInt(Math.round(Number(point.cost_usd) * 1e9)), 0n), 0n)),
      ),
    ).toBe(totals.cost_usd);
  }
});
