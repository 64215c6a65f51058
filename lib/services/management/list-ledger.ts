import { formatUsd } from '@/lib/kernel/money';
import { fundAccount } from '@/lib/ledger';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { type Page, type PageQuery, newestFirst, toPage } from './page';

export interface LedgerEntryJson {
  id: string;
  created_at: string;
  kind: string;
  fund: string;
  /** Signed as the organization sees it: credit is positive, a charge negative. */
  amount_usd: string;
  balance_usd: string;
  source: { type: string; id: string };
  memo: string | null;
}

/** The organization's ledger, newest first. Write-offs are the operator's cost and move nothing of it. */
export async function listLedger({ ctx, input }: { ctx: Ctx; input: PageQuery }): Promise<Page<LedgerEntryJson>> {
  requireRight(ctx, 'billing:read');
  const rows = await withOrg(ctx.orgId, (tx) =>
    tx.ledgerEntry.findMany({
      where: { orgId: ctx.orgId, kind: { not: 'write_off' } },
      ...newestFirst(input),
    }),
  );
  return toPage(rows, input.limit, (row) => {
    const isCredit = row.creditAccount.startsWith(fundAccount(ctx.orgId, row.fund as Parameters<typeof fundAccount>[1]));
    return {
      id: row.id,
      created_at: row.createdAt.toISOString(),
      kind: row.kind,
      fund: row.fund,
      amount_usd: formatUsd(isCredit ? row.amountNano : -row.amountNano),
      balance_usd: formatUsd(row.balanceNano),
      source: { type: row.sourceType, id: row.sourceId },
      memo: row.memo,
    };
  });
}
