import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

/** Throws a draft away. Throws `not_found` where there is none. */
export async function discardDraft({ ctx, input }: { ctx: OperatorCtx; input: { name: string } }): Promise<void> {
  await asSystem(async (tx) => {
    const draft = await tx.aliasDraft.findUnique({ where: { alias: input.name } });
    if (!draft) throw new FairleadError('not_found', `The alias "${input.name}" has no draft.`, { param: 'name' });
    await tx.aliasDraft.delete({ where: { alias: input.name } });
    await recordAudit(tx, ctx, { action: 'alias.discard_draft', targetType: 'alias', targetId: input.name, before: draft.document });
  });
}
