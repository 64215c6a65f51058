import { formatUsd } from '@/lib/kernel/money';
import { fundAccount } from '@/lib/ledger';
import { type Ctx, type OperatorCtx, requireRight } from '@/lib/services/context';
import { asSystem, type Tx, withOrg } from '@/lib/store';
import { narrowedTo } from './installation/of-organization';
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
  const rows = await withOrg(ctx.orgId, (tx) => readEntries(tx, { orgId: ctx.orgId, kind: { not: 'write_off' } }, input));
  return toPage(rows, input.limit, toEntryJson);
}

/** The ledger of every organization, or of one, newest first; write-offs too, because they are the operator's. */
export async function listEveryLedger({
  input,
}: {
  ctx: OperatorCtx;
  input: PageQuery & { org?: string };
}): Promise<Page<LedgerEntryJson & { organization_id: string }>> {
  const orgId = await narrowedTo(input);
  const rows = await asSystem((tx) => readEntries(tx, orgId === null ? {} : { orgId }, input));
  return toPage(rows, input.limit, (row) => ({ ...toEntryJson(row), organization_id: row.orgId }));
}

type LedgerRow = Awaited<ReturnType<Tx['ledgerEntry']['findMany']>>[number];

function readEntries(tx: Tx, where: { orgId?: string; kind?: { not: string } }, page: PageQuery): Promise<LedgerRow[]> {
  return tx.ledgerEntry.findMany({ where, ...newestFirst(page) });
}

function toEntryJson(row: LedgerRow): LedgerEntryJson {
  const isCredit = row.creditAccount.startsWith(fundAccount(row.orgId, row.fund as Parameters<typeof fundAccount>[1]));
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
}
