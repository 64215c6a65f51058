import { formatUsd } from '@/lib/kernel/money';
import type { Ctx } from '@/lib/services/context';
import { type BudgetState, type BudgetView, viewBudgets } from '@/lib/services/budgets/budget-view';
import { type BudgetBurn, readBurn } from '@/lib/services/budgets/read-burn';
import { readSample } from '@/lib/services/sample/sample-state';
import type { Tx } from '@/lib/store';

/** Something of an organization that wants a look, with what is needed to say it and to go there. */
export type Attention =
  | { kind: 'budget'; id: string; scope: BudgetView['scope']; state: BudgetState; runs_out_at: string | null; resets_at: string | null }
  /** Of its calls of the last hour, many got no answer. */
  | { kind: 'key_failing'; id: string; name: string; failed: number; requests: number }
  | { kind: 'key_expiring'; id: string; name: string; expires_at: string }
  | { kind: 'keys_idle'; count: number }
  | { kind: 'balance_low'; available_usd: string };

const FAILING = { requests: 20, share: 0.2 };
const EXPIRING_DAYS = 7;
const IDLE_DAYS = 30;
/** Less than this many days of spend at the pace of the last week is low. */
const LOW_DAYS = 3n;

/** What wants a look, most pressing first, and the burn-down of the budget that is closest to its limit. */
export async function readAttention(
  tx: Tx,
  ctx: Ctx,
  balance: { available: bigint; prepaid: boolean },
): Promise<{ attention: Attention[]; burn: BudgetBurn | null }> {
  const rows = await tx.budget.findMany({ where: { orgId: ctx.orgId }, orderBy: { createdAt: 'asc' }, take: 100 });
  const budgets = (await viewBudgets(tx, ctx.orgId, rows)).sort((a, b) => pressure(b) - pressure(a));
  const [closest] = budgets;
  const attention: Attention[] = budgets
    .filter(({ state, forecast }) => state !== 'ok' || forecast.runsOutAt !== null)
    .map(({ id, scope, state, forecast, resetsAt }) => ({ kind: 'budget', id, scope, state, runs_out_at: forecast.runsOutAt, resets_at: resetsAt }));
  const low = await readLowBalance(tx, ctx.orgId, balance);
  if (low) attention.push(low);
  attention.push(...(await readKeyTrouble(tx, ctx.orgId)));
  return { attention, burn: closest ? await readBurn(tx, ctx.orgId, closest) : null };
}

/** How near a budget is to its limit: spent, or where its pace leads. */
function pressure({ spentUsd, limitUsd, forecast }: BudgetView): number {
  const limit = Number(limitUsd);
  return limit === 0 ? Number.POSITIVE_INFINITY : Math.max(Number(spentUsd), Number(forecast.endUsd ?? 0)) / limit;
}

async function readLowBalance(tx: Tx, orgId: string, { available, prepaid }: { available: bigint; prepaid: boolean }): Promise<Attention | null> {
  if (!prepaid) return null;
  const sampleKeys = Object.values((await readSample(tx, orgId))?.keys ?? {}).map(({ id }) => id);
  const [row] = await tx.$queryRaw<{ spent: bigint }[]>`
    SELECT coalesce(sum(u.cost_nano), 0)::bigint AS spent FROM usage_rollup u LEFT JOIN provider p ON p.id = u.provider_id
    WHERE u.org_id = ${orgId} AND u.bucket >= now() - interval '7 days' AND p.adapter IS DISTINCT FROM 'demo'
      AND u.key_id <> ALL (${sampleKeys}::text[])`;
  const spent = row?.spent ?? 0n;
  return spent > 0n && available * 7n < spent * LOW_DAYS ? { kind: 'balance_low', available_usd: formatUsd(available) } : null;
}

async function readKeyTrouble(tx: Tx, orgId: string): Promise<Attention[]> {
  const failing = await tx.$queryRaw<{ id: string; name: string; failed: bigint; requests: bigint }[]>`
    SELECT k.id, k.name, sum(u.requests) FILTER (WHERE u.status IN ('refused', 'failed', 'interrupted'))::bigint AS failed, sum(u.requests)::bigint AS requests
    FROM usage_rollup u JOIN api_key k ON k.id = u.key_id
    WHERE u.org_id = ${orgId} AND u.bucket >= now() - interval '1 hour' AND k.revoked_at IS NULL GROUP BY 1, 2
    HAVING sum(u.requests) >= ${FAILING.requests} AND coalesce(sum(u.requests) FILTER (WHERE u.status IN ('refused', 'failed', 'interrupted')), 0) >= sum(u.requests) * ${FAILING.share}::float8
    ORDER BY 3 DESC LIMIT 3`;
  const working = { orgId, revokedAt: null, sessionId: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
  const expiring = await tx.apiKey.findMany({
    where: { ...working, OR: undefined, expiresAt: { gt: new Date(), lt: new Date(Date.now() + EXPIRING_DAYS * 86_400_000) } },
    orderBy: { expiresAt: 'asc' },
    take: 3,
    select: { id: true, name: true, expiresAt: true },
  });
  const since = new Date(Date.now() - IDLE_DAYS * 86_400_000);
  const idle = await tx.apiKey.count({ where: { ...working, createdAt: { lt: since }, AND: { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: since } }] } } });
  return [
    ...failing.map(({ id, name, failed, requests }): Attention => ({ kind: 'key_failing', id, name, failed: Number(failed), requests: Number(requests) })),
    ...expiring.map(({ id, name, expiresAt }): Attention => ({ kind: 'key_expiring', id, name, expires_at: (expiresAt as Date).toISOString() })),
    ...(idle > 0 ? [{ kind: 'keys_idle', count: idle } as const] : []),
  ];
}
