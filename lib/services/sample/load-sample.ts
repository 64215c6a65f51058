import { z } from 'zod';
import { generateKey } from '@/lib/auth/api-key';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { budgetWindow } from '@/lib/ledger';
import { nano } from '@/lib/kernel/money';
import { type Ctx, recordAudit, requireRight } from '@/lib/services/context';
import { type Tx, withOrg } from '@/lib/store';
import { generateSample, type LoadedKey, SAMPLE_DAYS } from './generate-sample';
import { SAMPLE_KEYS } from './scenario';
import { lockSample, readSample, type SampleState, type StoredSample, writeSample } from './sample-state';

/** How many days one call loads, so that a page can show how far it is. */
const DAYS_A_STEP = 3;
/** The sample's budget is this full: near its limit, not at it. */
const BUDGET_FULL_PERCENT = 92n;

export const LoadSampleInput = z.object({});

/**
 * Loads the next days of the organization's sample; the first call also makes its keys. Call it until `days` equals `of`.
 * Everything is marked as sample data and paid from demo money granted for it: nothing is billed. Audited once.
 */
export async function loadSample({ ctx }: { ctx: Ctx; input?: z.output<typeof LoadSampleInput> }): Promise<SampleState> {
  requireRight(ctx, 'settings:write');
  return withOrg(ctx.orgId, async (tx) => {
    await lockSample(tx, ctx.orgId);
    const stored = (await readSample(tx, ctx.orgId)) ?? (await beginSample(tx, ctx));
    if (stored.daysLoaded >= SAMPLE_DAYS) return { days: SAMPLE_DAYS, of: SAMPLE_DAYS };
    const days = generateSample({ orgId: ctx.orgId, nowMs: Date.parse(stored.until), keys: new Map(Object.entries(stored.keys)) });
    const next = Math.min(SAMPLE_DAYS, stored.daysLoaded + DAYS_A_STEP);
    for (const { day, rows, attempts, bodies } of days.slice(stored.daysLoaded, next)) {
      await tx.$queryRaw`SELECT ledger.load_sample(${ctx.orgId}, ${stored.set}, ${day}::date, ${JSON.stringify(rows)}::jsonb, ${JSON.stringify(attempts)}::jsonb, ${JSON.stringify(bodies)}::jsonb)`;
      await tx.$queryRaw`SELECT ledger.label_calls(${ctx.orgId}, 'd31', ${day}::date, ${rows.map(({ id }) => id)}::text[])::text`;
    }
    await writeSample(tx, ctx.orgId, { ...stored, daysLoaded: next });
    if (next === SAMPLE_DAYS) await fillBudget(tx, ctx, stored);
    return { days: next, of: SAMPLE_DAYS };
  });
}

async function beginSample(tx: Tx, ctx: Ctx): Promise<StoredSample> {
  const keys: Record<string, LoadedKey> = {};
  for (const { name } of SAMPLE_KEYS) {
    const { hash, prefix, last4 } = generateKey('inference');
    const id = newId('key');
    keys[name] = { id, last4 };
    // The key itself is thrown away: nobody can call with it.
    await tx.apiKey.create({ data: { id, orgId: ctx.orgId, name: `${name} (sample)`, kind: 'inference', hash, prefix, last4, models: [] } });
  }
  const stored: StoredSample = { set: newId('ses').slice(4), until: new Date().toISOString(), keys, budgetId: newId('bud'), daysLoaded: 0 };
  await writeSample(tx, ctx.orgId, stored);
  await recordAudit(tx, ctx, { action: 'sample.load', targetType: 'organization', targetId: ctx.orgId });
  return stored;
}

/** A month's budget of the busiest key, near its limit, over what the sample spent this month. */
async function fillBudget(tx: Tx, ctx: Ctx, { budgetId, keys }: StoredSample): Promise<void> {
  const key = keys[SAMPLE_KEYS[0]?.name ?? ''];
  const org = await tx.organization.findUnique({ where: { id: ctx.orgId }, select: { timezone: true } });
  if (!key || !org) throw new FairleadError('not_found');
  const input = { orgId: ctx.orgId, budgetId, scopeType: 'key', scopeId: key.id, period: 'month', timezone: org.timezone, nowMs: Date.now() } as const;
  const { start, end } = budgetWindow({ ...input, limit: nano(0n) });
  const rows = await tx.$queryRaw<{ spent: bigint }[]>`SELECT coalesce(sum(cost_nano), 0)::bigint AS spent FROM usage_rollup WHERE org_id = ${ctx.orgId} AND key_id = ${key.id} AND bucket >= ${new Date(start)}`;
  const spent = rows[0]?.spent ?? 0n;
  const limit = nano((spent * 100n) / BUDGET_FULL_PERCENT + 1n);
  const window = budgetWindow({ ...input, limit });
  await tx.budget.create({ data: { id: budgetId, orgId: ctx.orgId, scopeType: 'key', scopeId: key.id, limitNano: limit, period: 'month', action: 'warn' } });
  await tx.account.create({
    data: { id: window.id, orgId: ctx.orgId, scopeType: 'key', scopeId: key.id, period: 'month', windowStart: start, windowEnd: end, limitNano: limit, spentNano: spent, createdAt: start },
  });
}
