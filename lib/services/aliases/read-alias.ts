import { FairleadError } from '@/lib/kernel/errors';
import { toCanary, toTarget } from '@/lib/services/config/canonical';
import type { AliasItem, CanaryItem, TargetItem } from '@/lib/services/config/items';
import type { Tx } from '@/lib/store';
import type { AliasJson } from './alias-document';

type Row = NonNullable<Awaited<ReturnType<Tx['alias']['findUnique']>>>;

export function toAliasJson(row: Row, hasDraft: boolean): AliasJson {
  return { name: row.name, version: row.version, updated_at: row.updatedAt.toISOString(), document: toItem(row.name, row as unknown as Record<string, unknown>), has_draft: hasDraft };
}

/** A stored document (a row, a version or a draft) in canonical form, with every default. */
export function toItem(name: string, stored: Readonly<Record<string, unknown>>): AliasItem {
  return {
    name,
    description: (stored.description as string | null | undefined) ?? null,
    strategy: String(stored.strategy ?? 'priority'),
    targets: ((stored.targets ?? []) as TargetItem[]).map(toTarget),
    sticky: String(stored.sticky ?? 'none'),
    onContextOverflow: String(stored.onContextOverflow ?? 'next'),
    streamRecovery: String(stored.streamRecovery ?? 'none'),
    canary: toCanary(stored.canary as CanaryItem | null | undefined),
    totalMs: (stored.totalMs as number | null | undefined) ?? null,
  };
}

export async function getAliasRow(tx: Tx, name: string): Promise<Row> {
  const row = await tx.alias.findUnique({ where: { name } });
  if (!row) throw new FairleadError('not_found', `There is no alias "${name}".`, { param: 'name' });
  return row;
}
