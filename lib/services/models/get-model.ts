import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { asSystem, withOrg } from '@/lib/store';
import { type AliasJson, type CardRow, listModels, type ModelJson, type PriceJson, readPlanMarkup, toPrice } from './list-models';

const DAYS = 30;
const DAY_MS = 86_400_000;
const SHAKY = 0.02;
const BAD = 0.2;

/** How a model's calls went on one day (UTC), over all who called it. */
export interface ModelDay {
  day: string;
  state: 'quiet' | 'good' | 'shaky' | 'bad';
}

/** What a model cost from a time on. */
export interface PriceChange {
  /** ISO. */
  from: string;
  price: PriceJson;
}

export type ModelDetail = { plan: { id: string; name: string } } & (
  | { kind: 'alias'; alias: AliasJson; targets: ModelJson[] }
  | { kind: 'model'; model: ModelJson; aliases: AliasJson[]; days: ModelDay[]; prices: PriceChange[] }
);

/** One alias or model by its name, as an organization sees it. Throws `not_found`. */
export async function getModel({ ctx, input: { name } }: { ctx: Ctx; input: { name: string } }): Promise<ModelDetail> {
  requireRight(ctx, 'usage:read');
  const { plan, aliases, models } = await listModels({ ctx });
  const alias = aliases.find(({ id }) => id === name);
  if (alias) return { kind: 'alias', plan, alias, targets: alias.targets.flatMap((target) => models.find(({ id }) => id === target) ?? []) };
  const model = models.find(({ id }) => id === name);
  if (!model) throw new FairleadError('not_found');
  const [days, prices] = await Promise.all([readDays(name), readPrices(ctx, name)]);
  return { kind: 'model', plan, model, aliases: aliases.filter(({ targets }) => targets.includes(name)), days, prices };
}

/** The last thirty days, oldest first. Shares only: how much others call is nobody's business. */
async function readDays(model: string): Promise<ModelDay[]> {
  const first = Math.floor(Date.now() / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS;
  const rows = await asSystem(
    (tx) => tx.$queryRaw<{ day: string; calls: number; failed: number }[]>`
      SELECT to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, sum(requests)::float8 AS calls, (sum(requests) FILTER (WHERE status = 'failed'))::float8 AS failed
      FROM usage_rollup WHERE model_id = ${model} AND bucket >= ${new Date(first)} AND status IN ('completed', 'truncated', 'failed') GROUP BY 1`,
  );
  const found = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(first + index * DAY_MS).toISOString().slice(0, 10);
    const row = found.get(day);
    const share = row && row.calls > 0 ? (row.failed ?? 0) / row.calls : null;
    return { day, state: share === null ? 'quiet' : share >= BAD ? 'bad' : share >= SHAKY ? 'shaky' : 'good' };
  });
}

/** What it cost before and costs now, newest first; the organization's own cards stand in the place of everybody's. */
function readPrices(ctx: Ctx, model: string): Promise<PriceChange[]> {
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.$queryRaw<(CardRow & { effective_from: Date; org_id: string | null })[]>`
      SELECT id, model_id, org_id, currency, fx_rate, rates, tiers, effective_from FROM price_card
      WHERE model_id = ${model} AND effective_from <= now() AND (org_id IS NULL OR org_id = ${ctx.orgId}) ORDER BY effective_from DESC, created_at DESC LIMIT 20`;
    const own = rows.filter((row) => row.org_id !== null);
    const markup = await readPlanMarkup(tx, ctx.orgId);
    return (own.length > 0 ? own : rows).flatMap((row) => {
      const price = toPrice(row, markup);
      return price ? [{ from: row.effective_from.toISOString(), price }] : [];
    });
  });
}
