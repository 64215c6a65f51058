import { formatUsd } from '@/lib/kernel/money';
import { type BudgetPeriod, budgetAccounts, OPERATOR, type OperatorScope, windowBounds } from '@/lib/ledger';
import type { Tx } from '@/lib/store';

export const OPERATOR_SCOPES = ['platform', 'provider', 'credential', 'plan'] as const satisfies readonly OperatorScope[];

/** A budget of the operator's own with its open window. Money as decimal strings, times as ISO 8601. */
export interface OperatorBudgetView {
  id: string;
  scope: { type: OperatorScope; id: string; label: string };
  limitUsd: string;
  period: BudgetPeriod;
  resetDay: number | null;
  action: 'block' | 'warn';
  warnPercents: number[];
  /** In the open window: provider cost; for a plan, what the organization that used most was charged. */
  spentUsd: string;
  heldUsd: string;
  windowStart: string;
  resetsAt: string | null;
  state: 'ok' | 'warning' | 'reached' | 'blocked';
  createdAt: string;
}

export type OperatorBudgetRow = NonNullable<Awaited<ReturnType<Tx['operatorBudget']['findUnique']>>>;

/** Views of rows, in their order. Windows are cut in UTC; a plan's are cut where each organization has them, shown by the latest. */
export async function viewOperatorBudgets(tx: Tx, rows: readonly OperatorBudgetRow[], nowMs = Date.now()): Promise<OperatorBudgetView[]> {
  const credentials = new Map((await tx.credential.findMany({ select: { id: true, name: true, providerId: true } })).map(({ id, name, providerId }) => [id, `${providerId} / ${name}`]));
  const views: OperatorBudgetView[] = [];
  for (const row of rows) {
    const period = row.period as BudgetPeriod;
    const { start, end } = windowBounds(period, 'UTC', nowMs, row.resetDay);
    const open = { windowStart: { lte: new Date(nowMs) }, OR: [{ windowEnd: null }, { windowEnd: { gt: new Date(nowMs) } }] };
    const account = await tx.account.findFirst({ where: { id: accountsOf(row), ...open }, orderBy: { spentNano: 'desc' } });
    const spent = account?.spentNano ?? 0n;
    views.push({
      id: row.id,
      scope: { type: row.scopeType as OperatorScope, id: row.scopeId, label: credentials.get(row.scopeId) ?? row.scopeId },
      limitUsd: formatUsd(row.limitNano),
      period,
      resetDay: row.resetDay,
      action: row.action as 'block' | 'warn',
      warnPercents: row.warnPercents,
      spentUsd: formatUsd(spent),
      heldUsd: formatUsd(account?.heldNano ?? 0n),
      windowStart: account?.windowStart.toISOString() ?? start,
      resetsAt: account ? (account.windowEnd?.toISOString() ?? null) : end,
      state: stateOf(row, spent),
      createdAt: row.createdAt.toISOString(),
    });
  }
  return views;
}

/** The accounts of a budget: of the operator, or, for a plan, of each organization on it. */
export function accountsOf({ id, scopeType }: Pick<OperatorBudgetRow, 'id' | 'scopeType'>): { startsWith: string } | { contains: string } {
  return scopeType === 'plan' ? { contains: `/budget/${id}/` } : { startsWith: budgetAccounts(OPERATOR, id) };
}

/** Where the limit stands: from its first threshold under 100 % on it is worth a word. */
function stateOf({ limitNano, warnPercents }: OperatorBudgetRow, spent: bigint): OperatorBudgetView['state'] {
  if (limitNano === 0n) return 'blocked';
  if (spent >= limitNano) return 'reached';
  const first = warnPercents.filter((percent) => percent < 100).sort((a, b) => a - b).at(-1) ?? 80;
  return spent * 100n >= limitNano * BigInt(first) ? 'warning' : 'ok';
}
