import { formatUsd } from '@/lib/kernel/money';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';

export interface HistoryRow {
  id: string;
  at: string;
  kind: string;
  /** What it comes from, `stripe_payment`, `redemption` …: a page says it in its own language. */
  source: string;
  fund: string;
  /** Signed: what the balance gained or lost. */
  amountUsd: string;
  /** What the fund had left afterwards. */
  balanceUsd: string;
  /** What a person wrote with it, as an operator's reason. */
  memo: string | null;
  /** Stripe's receipt of the payment behind it. */
  receiptUrl: string | null;
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
/** Sources whose memo a person wrote, or that tells one from another. */
const WRITTEN = new Set(['operator_grant', 'redemption']);

/** The movements of the balance that are no single request: what came in, what went back, what ended. Newest first. */
export async function readHistory({ ctx }: { ctx: Ctx }): Promise<HistoryRow[]> {
  requireRight(ctx, 'billing:read');
  const { rows, receipts } = await withOrg(ctx.orgId, async (tx) => {
    const rows = await tx.ledgerEntry.findMany({
      where: { orgId: ctx.orgId, kind: { notIn: ['charge', 'write_off'] } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
    });
    const payments = rows.flatMap(({ sourceType, sourceId }) => (sourceType === 'stripe_payment' ? sourceId : []));
    const paid = await tx.stripePayment.findMany({ where: { orgId: ctx.orgId, id: { in: payments } }, select: { id: true, purpose: true, receiptUrl: true } });
    return { rows, receipts: new Map(paid.map((payment) => [payment.id, payment])) };
  });
  return rows.map((row) => {
    const payment = row.sourceType === 'stripe_payment' ? receipts.get(row.sourceId) : undefined;
    return {
      id: row.id,
      at: row.createdAt.toISOString(),
      kind: row.kind,
      source: payment?.purpose === 'recharge' ? 'recharge' : row.sourceType,
      fund: row.fund,
      amountUsd: formatUsd(ADDS.has(row.kind) ? row.amountNano : -row.amountNano, 2),
      balanceUsd: formatUsd(row.balanceNano, 2),
      memo: WRITTEN.has(row.sourceType) ? row.memo : null,
      receiptUrl: payment?.receiptUrl ?? null,
    };
  });
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
