import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion } from '@/lib/store';
import { getAliasRow, toItem } from './read-alias';

/** Takes an alias out of force: calls of it answer 404 within a second. Its versions stay, so `rollBackAlias` brings it back. */
export async function deleteAlias({ ctx, input }: { ctx: OperatorCtx; input: { name: string } }): Promise<void> {
  await asSystem(async (tx) => {
    const row = await getAliasRow(tx, input.name);
    await tx.alias.delete({ where: { name: input.name } });
    await tx.aliasDraft.deleteMany({ where: { alias: input.name } });
    await recordAudit(tx, ctx, { action: 'alias.delete', targetType: 'alias', targetId: input.name, before: toItem(row.name, row as unknown as Record<string, unknown>) });
    await bumpVersion(tx, 'policy');
  });
}
