import { formatUsd, nano } from '@/lib/kernel/money';
import type { OrgId } from '@/lib/kernel/ids';
import { type BudgetPeriod, type BudgetScope, budgetAccounts, windowBounds } from '@/lib/ledger';
import type { Tx } from '@/lib/store';
import { type Forecast, forecast } from './forecast';

export type BudgetState = 'ok' | 'warning' | 'reached' | 'blocked';

/** A budget with its open window. Money as decimal strings, times as ISO 8601. */
export interface BudgetView {
  id: string;
  scope: { type: BudgetScope; id: string; label: string };
  limitUsd: string;
  period: BudgetPeriod;
  resetDay: number | null;
  action: 'block' | 'warn' | 'switch';
  switchTo: string | null;
  warnPercents: number[];
  /** In the open window; for a budget that each one has to itself, that of whoever spent most. */
  spentUsd: string;
  heldUsd: string;
  /** Who spent most, for a budget that each one has to itself and somebody used. */
  top: string | null;
  windowStart: string;
  resetsAt: string | null;
  state: BudgetState;
  forecast: Forecast;
  createdAt: string;
}

export type BudgetRow = NonNullable<Awaited<ReturnType<Tx['budget']['findUnique']>>>;

/** Views of budget rows of one organization, in their order. */
export async function viewBudgets(tx: Tx, orgId: OrgId, rows: readonly BudgetRow[], nowMs = Date.now()): Promise<BudgetView[]> {
  const { timezone } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { timezone: true } });
  const prefixes = rows.map(({ id }) => ({ id: { startsWith: budgetAccounts(orgId, id) } }));
  const accounts = prefixes.length > 0 ? await tx.account.findMany({ where: { orgId, OR: prefixes } }) : [];
  const labels = await readLabels(tx, orgId, [
    ...rows.map(({ scopeType, scopeId }) => ({ type: scopeType, id: scopeId })),
    ...accounts.map(({ scopeType, scopeId }) => ({ type: scopeType, id: scopeId })),
  ]);

  return rows.map((row) => {
    const period = row.period as BudgetPeriod;
    const bounds = windowBounds(period, timezone, nowMs, row.resetDay);
    const [account] = accounts
      .filter(({ id, windowStart }) => id.startsWith(budgetAccounts(orgId, row.id)) && windowStart.toISOString() === bounds.start)
      .sort((a, b) => (b.spentNano > a.spentNano ? 1 : b.spentNano < a.spentNano ? -1 : 0));
    const spent = account?.spentNano ?? 0n;
    const startMs = Date.parse(bounds.start);
    return {
      id: row.id,
      scope: { type: row.scopeType as BudgetScope, id: row.scopeId, label: labels(row.scopeType, row.scopeId) },
      limitUsd: formatUsd(row.limitNano),
      period,
      resetDay: row.resetDay,
      action: row.action as BudgetView['action'],
      switchTo: row.switchTo,
      warnPercents: row.warnPercents,
      spentUsd: formatUsd(spent),
      heldUsd: formatUsd(account?.heldNano ?? 0n),
      top: row.scopeId === '*' && account ? labels(account.scopeType, account.scopeId) : null,
      windowStart: bounds.start,
      resetsAt: bounds.end,
      state: stateOf(row, spent),
      forecast: forecast({
        spent,
        limit: nano(row.limitNano),
        period,
        sinceMs: Math.max(startMs, account?.createdAt.getTime() ?? startMs),
        endMs: bounds.end === null ? null : Date.parse(bounds.end),
        nowMs,
      }),
      createdAt: row.createdAt.toISOString(),
    };
  });
}

function stateOf({ limitNano, warnPercents }: BudgetRow, spent: bigint): BudgetState {
  if (limitNano === 0n) return 'blocked';
  if (spent >= limitNano) return 'reached';
  const first =
    warnPercents
      .filter((percent) => percent < 100)
      .sort((a, b) => a - b)
      .at(-1) ?? 80;
  return spent * 100n >= limitNano * BigInt(first) ? 'warning' : 'ok';
}

/** Names people know: of keys with their last four, of members by e-mail; everything else is called what it is. */
async function readLabels(tx: Tx, orgId: OrgId, scopes: readonly { type: string; id: string }[]): Promise<(type: string, id: string) => string> {
  const idsOf = (type: string) => [...new Set(scopes.filter((scope) => scope.type === type).map(({ id }) => id))];
  const keys = await tx.apiKey.findMany({ where: { orgId, id: { in: idsOf('key') } }, select: { id: true, name: true, last4: true } });
  const members = await tx.user.findMany({ where: { id: { in: idsOf('member') } }, select: { id: true, email: true } });
  const names = new Map<string, string>([
    ...keys.map(({ id, name, last4 }) => [`key/${id}`, `${name} …${last4}`] as const),
    ...members.map(({ id, email }) => [`member/${id}`, email] as const),
  ]);
  return (type, id) => names.get(`${type}/${id}`) ?? id;
}
