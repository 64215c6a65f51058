import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import type { AliasJson } from './alias-document';
import { toAliasJson } from './read-alias';

/** Every alias in force, by name. */
export async function listAliases(_: { ctx: OperatorCtx }): Promise<AliasJson[]> {
  return asSystem(async (tx) => {
    const drafts = new Set((await tx.aliasDraft.findMany({ select: { alias: true } })).map(({ alias }) => alias));
    const rows = await tx.alias.findMany({ orderBy: { name: 'asc' } });
    return rows.map((row) => toAliasJson(row, drafts.has(row.name)));
  });
}
