import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface HistoryRow {
  id: string;
  at: string;
  kind: string;
  fund: string;
  /** Signed: what the balance gained or lost. */
  amountUsd: string;
  /** What the fund had left afterwards. */
  balanceUsd: string;
  memo: string | null;
}

export interface SpendMonth {
  /** First day, `2026-11-01`. */
  month: string;
  creditUsd: string;
  overageUsd: string;
}

const SHOWN = 50;
const MONTHS = 12;
const ADDS = new Set(['grant', 'topup', 'adjustment']);

/** The movements of the balance that are no single request: what came in, what went back, what ended. Newest first. */
export async function readHistory({ ctx }: { ctx: Ctx }): Promise<HistoryRow[]> {
  requireRight(ctx, 'billing:read');
  const rows = await withOrg(ctx.orgId, (tx) =>
    tx.ledgerEntry.findMany({ where: { orgId: ctx.orgId, kind: { notIn: ['charge', 'write_off'] } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: SHOWN }),
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.createdAt.toISOString(),
    kind: row.kind,
    fund: row.fund,
    amountUsd: formatUsd(ADDS.has(row.kind) ? row.amountNano : -row.amountNano, 2),
    balanceUsd: formatUsd(row.balanceNano, 2),
    memo: row.memo,
  }));
}

/** What was spent in each of the last twelve months of the organization's time zone: from credit, and beyond it. */
export async function readSpend({ ctx }: { ctx: Ctx }): Promise<SpendMonth[]> {
  requireRight(ctx, 'billing:read');
  return withOrg(ctx.orgId, async (tx) => {
    const { timezone } = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { timezone: true } });
    const rows = await tx.$queryRaw<{ month: string; credit: bigint; overage: bigint }[]>`
      SELECT to_char(date_trunc('month', created_at AT TIME ZONE ${timezone}), 'YYYY-MM-DD') AS month,
        coalesce(sum(amount_nano) FILTER (WHERE fund NOT IN ('overage', 'postpaid')), 0)::bigint AS credit,
        coalesce(sum(amount_nano) FILTER (WHERE fund IN ('overage', 'postpaid')), 0)::bigint AS overage
      FROM ledger_entry WHERE org_id = ${ctx.orgId} AND kind = 'charge' AND fund NOT IN ('demo', 'simulated') AND created_at > now() - interval '13 months'
      GROUP BY 1 ORDER BY 1 DESC LIMIT ${MONTHS}`;
    return rows.map(({ month, credit, overage }) => ({ month, creditUsd: formatUsd(credit), overageUsd: formatUsd(overage) }));
  });
}
