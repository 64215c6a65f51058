import { beforeAll, describe, expect, it } from 'vitest';
import type { Ctx } from '@/lib/services/context';
import { getOverview } from '@/lib/services/overview/overview';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { usageHours } from './usage-hours';
import { usageLatency } from './usage-latency';
import { usageQuerySchema } from './usage-query';
import { usageSeries } from './usage-series';
import { usageByGroup, usageTotals } from './usage-totals';

const { query } = await createTestDatabase();
const ctx: Ctx = { actor: { type: 'system', label: 'test' }, orgId: 'org_east', role: 'owner' };
const HOUR = 3_600_000;
/** Shanghai is eight hours ahead all year: its day begins at 16:00 UTC. */
const localMidnight = Math.floor((Date.now() + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR;

beforeAll(async () => {
  const { keyId } = await insertOrganization(query, { id: 'org_east', timezone: 'Asia/Shanghai' });
  await insertOrganization(query, { id: 'org_other' });
  await query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First'), ('demo', 'demo', 'Demo')`);
  const row = { key_id: keyId, cost_nano: 1_000_000_000 };
  await insertRequest(query, { org: 'org_east', atMs: localMidnight - 24 * HOUR + 1, row });
  await insertRequest(query, { org: 'org_east', atMs: localMidnight - 1, row: { ...row, alias: 'fast-chat', cost_nano: 500_000_001, duration_ms: 800 } });
  await insertRequest(query, {
    org: 'org_east',
    atMs: localMidnight - 2 * HOUR,
    row: { ...row, cost_nano: 0, status: 'failed', http_status: 502, attempt_count: 3 },
  });
  await insertRequest(query, {
    org: 'org_east',
    atMs: localMidnight - 24 * HOUR + 2,
    row: { ...row, model_id: 'demo/echo', provider_id: 'demo', cost_nano: 4_000 },
  });
  await insertRequest(query, { org: 'org_east', atMs: localMidnight - 10 * 24 * HOUR, row: { ...row, cost_nano: 250_000_000 } });
  await insertRequest(query, { org: 'org_other', atMs: localMidnight - 1, row: { cost_nano: 9_000_000_000 } });
});

describe('usage over time', () => {
  it('cuts days where the organization’s zone cuts them and adds money exactly', async () => {
    const series = await usageSeries({ ctx, input: usageQuerySchema.parse({ range: '7d' }) });
    expect(series).toMatchObject({
      interval: 'day',
      time_zone: 'Asia/Shanghai',
      totals: { cost_usd: '1.500004001', requests: 4, errors: 1, retries: 2 },
      previous: { cost_usd: '0.250000', requests: 1 },
    });
    expect(series.buckets).toHaveLength(7);
    expect(series.groups.map(({ id }) => id)).toEqual(['std', 'demo/echo']);
    expect(series.groups[0]?.points.at(-2)).toMatchObject({ cost_usd: '1.500000001', requests: 3, errors: 1 });
    expect(series.groups[0]?.points.at(-1)).toMatchObject({ requests: 0 });
  });

  it('groups by key with its name, and keeps calls without an alias apart', async () => {
    const byKey = await usageSeries({ ctx, input: usageQuerySchema.parse({ range: '7d', group: 'key' }) });
    expect(byKey.groups.map(({ label }) => label)).toEqual(['Production']);
    const byAlias = await usageSeries({ ctx, input: usageQuerySchema.parse({ range: '7d', group: 'alias' }) });
    expect(byAlias.groups.map(({ id }) => id)).toEqual(['', 'fast-chat']);
  });

  it('narrows by the same filters as the logs', async () => {
    const totals = await usageTotals({ ctx, input: usageQuerySchema.parse({ range: '7d', alias: 'fast-chat' }) });
    expect(totals.totals).toMatchObject({ cost_usd: '0.500000001', requests: 1, mean_duration_ms: 800 });
    const { data } = await usageByGroup({ ctx, input: usageQuerySchema.parse({ range: '7d', group: 'provider' }) });
    expect(data.map(({ id, cost_usd }) => [id, cost_usd])).toEqual([
      ['u1', '1.500000001'],
      ['demo', '0.000004'],
    ]);
  });

  it('reads percentiles from the requests themselves', async () => {
    const latency = await usageLatency({ ctx, input: usageQuerySchema.parse({ range: '7d' }) });
    expect(latency.total.answered).toBe(3);
    expect(latency.total.duration.p50).toBe(400);
    expect(latency.total.ttft.p99).toBeCloseTo(120, 0);
    expect(latency.groups.map(({ id, answered, duration }) => [id, answered, duration.p50])).toEqual([
      ['std', 2, 600],
      ['demo/echo', 1, 400],
    ]);
    const byTag = await usageLatency({ ctx, input: usageQuerySchema.parse({ range: '7d', group: 'tag' }) });
    expect(byTag.groups).toEqual([]);
    expect(latency.points.at(-1)).toEqual({ answered: 0, duration: { p50: null, p95: null, p99: null }, ttft: { p50: null, p95: null, p99: null } });
  });
});

it('an hour of the week is one of the organization’s own clock', async () => {
  const { data, time_zone } = await usageHours({ ctx, input: usageQuerySchema.parse({ range: '7d' }) });
  expect(time_zone).toBe('Asia/Shanghai');
  const yesterday = new Date(localMidnight - 24 * HOUR + 8 * HOUR).getUTCDay() || 7;
  expect(data.map(({ weekday, hour, requests }) => [weekday, hour, requests])).toEqual([
    [yesterday, 0, 2],
    [yesterday, 22, 1],
    [yesterday, 23, 1],
  ]);
});

it('the overview says what was spent, what of it is demo money, and what comes next', async () => {
  const overview = await getOverview({ ctx });
  expect(overview.recent).toHaveLength(5);
  expect(overview.checklist).toEqual({ key: true, first_call: true, real_model: true, limit: false });
  expect(overview.usage.buckets).toHaveLength(30);
  expect(overview.balance).toMatchObject({ available_usd: '0.000000', prepaid: true });
});
