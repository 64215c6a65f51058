import { z } from 'zod';
import type { AliasItem } from '@/lib/services/config/items';
import { mergeAlias } from '@/lib/services/config/merge-entries';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem, type Prisma } from '@/lib/store';
import { AliasDocumentSchema } from './alias-document';
import { checkDocument } from './check-document';
import { toItem } from './read-alias';

export const SaveDraftSchema = z.strictObject({ document: AliasDocumentSchema });

/**
 * Keeps a change of an alias (or a new alias) aside. Fields the document does not name are taken from what is in force.
 * Throws `invalid_request` with every mistake in it.
 */
export async function saveDraft({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof SaveDraftSchema> }): Promise<AliasItem> {
  const { document } = parseInput(SaveDraftSchema, input);
  await checkDocument(ctx, document);
  return asSystem(async (tx) => {
    const row = await tx.alias.findUnique({ where: { name: document.name } });
    const merged = mergeAlias(document, row ? toItem(row.name, row as unknown as Record<string, unknown>) : undefined);
    const existing = await tx.aliasDraft.findUnique({ where: { alias: document.name } });
    const data = { document: merged as unknown as Prisma.InputJsonValue, updatedBy: ctx.actor.label, updatedAt: new Date() };
    // An older draft keeps its beginning: publishing must still notice what others changed since.
    await tx.aliasDraft.upsert({ where: { alias: document.name }, create: { alias: document.name, basedOn: row?.version ?? 0, ...data }, update: data });
    await recordAudit(tx, ctx, { action: 'alias.draft', targetType: 'alias', targetId: document.name, before: existing?.document ?? undefined, after: merged });
    return merged;
  });
}
