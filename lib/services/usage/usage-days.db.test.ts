import { TZDate } from '@date-fns/tz';
import { addDays, startOfDay, startOfMonth } from 'date-fns';
import { describe, expect, it } from 'vitest';
import { parseUsd } from '@/lib/kernel/money';
import type { Ctx } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { usageQuerySchema } from './usage-query';
import { usageSeries } from './usage-series';
import { usageTotals } from './usage-totals';

const { query } = await createTestDatabase();
const asOwner = (orgId: string) => ({ actor: { type: 'system', label: 'test' }, orgId, role: 'owner' }) as Ctx;
const spend = (org: string, atMs: number, cost_nano: number) => insertRequest(query, { org, atMs, row: { cost_nano } });

describe.each(['UTC', 'Asia/Shanghai', 'Asia/Kolkata', 'America/Los_Angeles'])('days in %s (I07)', (zone) => {
  const org = `org_${zone.toLowerCase().replace(/[^a-z]/g, '')}`;
  const ctx = asOwner(org);

  it('hold what was spent up to their last tenth of a second, and add up to their range', async () => {
    await insertOrganization(query, { id: org, timezone: zone });
    const midnight = startOfDay(new TZDate(Date.now(), zone));
    const days = [3, 2, 1].map((back) => addDays(midnight, -back));
    for (const [index, day] of days.entries()) {
      await spend(org, day.getTime(), 1_000_000 * (index + 1));
      await spend(org, addDays(day, 1).getTime() - 100, 7);
    }
    const series = await usageSeries({ ctx, input: usageQuerySchema.parse({ range: '7d' }) });
    const costs = series.buckets.map((_, at) => parseUsd(series.groups[0]?.points[at]?.cost_usd ?? '0'));
    expect(costs.slice(-4)).toEqual([1_000_007n, 2_000_007n, 3_000_007n, 0n]);
    expect(costs.reduce((sum, cost) => sum + cost, 0n)).toBe(parseUsd(series.totals.cost_usd));
  });

  it('add up also across the days that have 23 and 25 hours', async () => {
    let whole = 0n;
    for (const month of ['2026-03', '2026-11']) {
      const from = startOfMonth(new TZDate(Date.parse(`${month}-15T12:00:00Z`), zone));
      for (let day = 0; day < 12; day++) await spend(org, addDays(from, day).getTime() + 90 * 60_000, 11 + day);
      const span = { from: new Date(from.getTime()).toISOString(), to: new Date(addDays(from, 12).getTime()).toISOString() };
      const { totals } = await usageTotals({ ctx, input: usageQuerySchema.parse(span) });
      let sum = 0n;
      for (let day = 0; day < 12; day++) {
        const one = { from: new Date(addDays(from, day).getTime()).toISOString(), to: new Date(addDays(from, day + 1).getTime()).toISOString() };
        const cost = parseUsd((await usageTotals({ ctx, input: usageQuerySchema.parse(one) })).totals.cost_usd);
        expect(cost, one.from).toBe(BigInt(11 + day));
        sum += cost;
      }
      expect(sum).toBe(parseUsd(totals.cost_usd));
      whole += sum;
    }
    expect(whole).toBe(2n * (12n * 11n + 66n));
  });
});

it('the month to date leaves the last month out, to the millisecond (I09)', async () => {
  await insertOrganization(query, { id: 'org_month', timezone: 'Asia/Shanghai' });
  const first = startOfMonth(new TZDate(Date.now(), 'Asia/Shanghai')).getTime();
  await spend('org_month', first - 1, 5_000);
  await spend('org_month', first, 300);
  const { totals, previous } = await usageTotals({ ctx: asOwner('org_month'), input: usageQuerySchema.parse({ range: 'month' }) });
  expect(totals).toMatchObject({ cost_usd: '0.0000003', requests: 1 });
  expect(previous.requests).toBeLessThanOrEqual(1);
});
