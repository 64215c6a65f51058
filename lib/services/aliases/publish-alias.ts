import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { type Published, putInForce } from './put-in-force';
import { toItem } from './read-alias';

export const PublishAliasSchema = z.strictObject({ name: z.string(), note: z.string().trim().max(500).optional() });

/**
 * Puts a draft in force: every process follows within a second, running calls end where they are. Throws `not_found`
 * without a draft, `conflict` when the alias changed since the draft was begun.
 */
export async function publishAlias({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof PublishAliasSchema> }): Promise<Published> {
  const { name, note } = parseInput(PublishAliasSchema, input);
  const draft = await asSystem(async (tx) => {
    const found = await tx.aliasDraft.findUnique({ where: { alias: name } });
    if (!found) throw new FairleadError('not_found', `The alias "${name}" has no draft to publish.`, { param: 'name' });
    const version = (await tx.alias.findUnique({ where: { name } }))?.version ?? 0;
    if (version !== found.basedOn) {
      throw new FairleadError('conflict', `The alias "${name}" is at version ${version} now; the draft was begun at version ${found.basedOn}. Discard the draft and make the change again.`);
    }
    return found;
  });
  const published = await putInForce(ctx, toItem(name, draft.document as Record<string, unknown>), { action: 'alias.publish', note: note ?? null });
  await asSystem((tx) => tx.aliasDraft.deleteMany({ where: { alias: name, updatedAt: draft.updatedAt } }));
  return published;
}
