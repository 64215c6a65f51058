import type { OrgId } from '@/lib/kernel/ids';
import { formatUsd, nano } from '@/lib/kernel/money';
import { type BudgetPeriod, budgetWindow } from '@/lib/ledger';
import type { Tx } from '@/lib/store';

export type KeyStatus = 'active' | 'retiring' | 'expired' | 'revoked' | 'blocked';

/** A key as lists and the management API show it: everything but the key. Money as decimal strings, times as ISO 8601. */
export interface KeyView {
  id: string;
  name: string;
  kind: 'inference' | 'management';
  prefix: string;
  last4: string;
  status: KeyStatus;
  /** Null: all that the plan allows. */
  models: string[] | null;
  /** What a management key may do; null: everything on its side. */
  scopes: string[] | null;
  budget: { limitUsd: string; period: BudgetPeriod; spentUsd: string; resetsAt: string | null } | null;
  rpm: number | null;
  tpm: number | null;
  concurrency: number | null;
  expiresAt: string | null;
  /** Null: it may be used from anywhere. */
  allowedIps: string[] | null;
  tags: Record<string, string>;
  revokedAt: string | null;
  lastUsedAt: string | null;
  lastUsedClient: string | null;
  createdAt: string;
  createdBy: { id: string; email: string } | null;
  /** The key this one replaced, and the one that replaced it: one line of rotations. */
  replacesId: string | null;
  replacedById: string | null;
}

type KeyRow = NonNullable<Awaited<ReturnType<Tx['apiKey']['findUnique']>>>;

/** Views of key rows of one organization, in their order. */
export async function viewKeys(tx: Tx, orgId: OrgId, rows: KeyRow[]): Promise<KeyView[]> {
  const nowMs = Date.now();
  const { timezone } = await tx.organization.findUniqueOrThrow({ where: { id: orgId }, select: { timezone: true } });
  const windows = new Map(rows.map((row) => [row.id, budgetOf(row, orgId, timezone, nowMs)]));
  const ids = [...windows.values()].flatMap((window) => (window ? [window.id] : []));
  const accounts = new Map((await tx.account.findMany({ where: { orgId, id: { in: ids } } })).map((account) => [account.id, account]));
  const authorIds = [...new Set(rows.flatMap((row) => row.createdById ?? []))];
  const authors = new Map(
    (await tx.user.findMany({ where: { id: { in: authorIds } }, select: { id: true, email: true } })).map((author) => [author.id, author]),
  );
  const successors = await tx.apiKey.findMany({ where: { orgId, replacesId: { in: rows.map(({ id }) => id) } }, select: { id: true, replacesId: true } });
  const replacedBy = new Map(successors.map(({ id, replacesId }) => [replacesId, id]));

  return rows.map((row) => {
    const window = windows.get(row.id) ?? null;
    const replacedById = replacedBy.get(row.id) ?? null;
    return {
      id: row.id,
      name: row.name,
      kind: row.kind === 'management' ? 'management' : 'inference',
      prefix: row.prefix,
      last4: row.last4,
      status: statusOf(row, replacedById !== null, nowMs),
      models: row.allModels ? null : row.models,
      scopes: row.scopes.length === 0 ? null : row.scopes,
      budget: window && {
        limitUsd: formatUsd(window.limit),
        period: window.period,
        spentUsd: formatUsd(accounts.get(window.id)?.spentNano ?? 0n),
        resetsAt: window.end,
      },
      rpm: row.rpm,
      tpm: row.tpm,
      concurrency: row.concurrency,
      expiresAt: row.expiresAt?.toISOString() ?? null,
      allowedIps: row.allowedIps.length === 0 ? null : row.allowedIps,
      tags: readTags(row.tags),
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      lastUsedClient: row.lastUsedClient,
      createdAt: row.createdAt.toISOString(),
      createdBy: authors.get(row.createdById ?? '') ?? null,
      replacesId: row.replacesId,
      replacedById,
    };
  });
}

/** Tags of a key as the database holds them. */
export function readTags(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function statusOf(row: KeyRow, isReplaced: boolean, nowMs: number): KeyStatus {
  if (row.revokedAt) return 'revoked';
  if (row.expiresAt && row.expiresAt.getTime() <= nowMs) return 'expired';
  if (isReplaced && row.expiresAt) return 'retiring';
  return row.budgetNano === 0n ? 'blocked' : 'active';
}

/** The open window of a key's budget, or null for a key without one. */
export function budgetOf(row: Pick<KeyRow, 'id' | 'lineId' | 'budgetNano' | 'budgetPeriod'>, orgId: string, timezone: string, nowMs: number) {
  if (row.budgetNano === null) return null;
  return budgetWindow({
    orgId,
    scopeType: 'key',
    scopeId: row.lineId ?? row.id,
    period: (row.budgetPeriod ?? 'total') as BudgetPeriod,
    limit: nano(row.budgetNano),
    timezone,
    nowMs,
  });
}
