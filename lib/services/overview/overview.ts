import { TZDate } from '@date-fns/tz';
import { getDaysInMonth } from 'date-fns';
import { resolveRange } from '@/lib/format/time-range';
import { formatUsd, parseUsd } from '@/lib/kernel/money';
import { readBalance } from '@/lib/ledger';
import { type Ctx, hasRight, requireRight } from '@/lib/services/context';
import { type Attention, readAttention } from './attention';
import type { BudgetBurn } from '@/lib/services/budgets/read-burn';
import { readRequestPage } from '@/lib/services/requests/list-requests';
import type { RequestJson } from '@/lib/services/requests/request-json';
import { readUsageSeries, type UsageSeries } from '@/lib/services/usage/usage-series';
import { type Tx, withOrg } from '@/lib/store';

export interface Overview {
  month: {
    spent_usd: string;
    /** What the month comes to at the pace so far; null on its first day, when a pace says nothing. */
    pace_usd: string | null;
    /** Of `spent_usd`, what models of demo providers cost: paid from the demo fund. */
    demo_usd: string;
  };
  balance: { available_usd: string; held_usd: string; demo_usd: string; prepaid: boolean };
  /** The last thirty days by model. */
  usage: UsageSeries;
  recent: RequestJson[];
  /** What wants a look, most pressing first. */
  attention: Attention[];
  /** The burn-down of the budget that is closest to its limit; null without budgets. */
  burn: BudgetBurn | null;
  checklist: Checklist;
}

export interface Checklist {
  key: boolean;
  first_call: boolean;
  real_model: boolean;
  /** A key with a dollar limit of its own. */
  limit: boolean;
}

/** What an organization sees first: the month in one sentence, thirty days of usage, the last requests, what to do next. */
export async function getOverview({ ctx }: { ctx: Ctx }): Promise<Overview> {
  requireRight(ctx, 'usage:read');
  return withOrg(ctx.orgId, async (tx) => {
    const usage = await readUsageSeries(tx, ctx.orgId, { range: '30d', group: 'model' });
    const balance = await readBalance(tx, ctx.orgId);
    const demo = balance.funds.find(({ fund }) => fund === 'demo');
    const org = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { plan: { select: { prepaid: true } } } });
    return {
      month: await readMonth(tx, ctx.orgId, usage.time_zone),
      balance: {
        available_usd: formatUsd(balance.available),
        held_usd: formatUsd(balance.held),
        demo_usd: formatUsd(demo?.available ?? 0n),
        prepaid: org.plan.prepaid,
      },
      usage,
      recent: hasRight(ctx.role, 'logs:read') ? (await readRequestPage(tx, ctx.orgId, { limit: 5 })).data : [],
      checklist: await readChecklist(tx, ctx.orgId),
      ...(await readAttention(tx, ctx, { available: balance.available, prepaid: org.plan.prepaid })),
    };
  });
}

async function readMonth(tx: Tx, orgId: string, timeZone: string): Promise<Overview['month']> {
  const { from, to } = resolveRange('month', Date.now(), timeZone);
  const [row] = await tx.$queryRaw<{ spent: bigint; demo: bigint }[]>`
    SELECT coalesce(sum(u.cost_nano), 0)::bigint AS spent, coalesce(sum(u.cost_nano) FILTER (WHERE p.adapter = 'demo'), 0)::bigint AS demo
    FROM usage_rollup u LEFT JOIN provider p ON p.id = u.provider_id WHERE u.org_id = ${orgId} AND u.bucket >= ${from} AND u.bucket < ${to}`;
  const spent = row?.spent ?? 0n;
  return { spent_usd: formatUsd(spent), pace_usd: monthPace(spent, from, to, timeZone), demo_usd: formatUsd(row?.demo ?? 0n) };
}

/** Spend so far stretched over the whole month, to the cent. */
export function monthPace(spent: bigint, from: Date, to: Date, timeZone: string): string | null {
  const elapsedMs = to.getTime() - from.getTime();
  if (elapsedMs < 86_400_000) return null;
  const days = getDaysInMonth(new TZDate(from.getTime(), timeZone));
  const pace = (spent * BigInt(days * 86_400_000)) / BigInt(elapsedMs);
  const cent = parseUsd('0.01');
  return formatUsd(pace > cent ? (pace / cent) * cent : pace);
}

async function readChecklist(tx: Tx, orgId: string): Promise<Checklist> {
  const [row] = await tx.$queryRaw<Checklist[]>`
    SELECT
      EXISTS (SELECT FROM api_key WHERE org_id = ${orgId} AND kind = 'inference') AS key,
      EXISTS (SELECT FROM usage_rollup WHERE org_id = ${orgId} AND status = 'completed') AS first_call,
      EXISTS (SELECT FROM usage_rollup u JOIN provider p ON p.id = u.provider_id WHERE u.org_id = ${orgId} AND u.status = 'completed' AND p.adapter <> 'demo') AS real_model,
      EXISTS (SELECT FROM api_key WHERE org_id = ${orgId} AND budget_nano IS NOT NULL AND revoked_at IS NULL) AS limit`;
  return row as Checklist;
}
