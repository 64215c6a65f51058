import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { ModelEntry } from '@/lib/services/config/schema';
import type { OperatorCtx } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { asSystem } from '@/lib/store';

const whole = z.int().min(1).max(2_000_000_000).nullable();

export const SaveModelInput = z.object({
  id: z.string().trim().min(1).max(200),
  /** True: there must be none of this id yet. */
  isNew: z.boolean(),
  provider: z.string(),
  upstreamModel: z.string().trim().max(200),
  displayName: z.string().trim().max(120),
  kind: z.enum(['chat', 'embedding', 'image', 'audio', 'moderation', 'rerank']),
  contextWindow: whole,
  maxOutputTokens: whole,
  capabilities: z.array(z.string()).max(50),
  enabled: z.boolean(),
  /** The last day the provider serves it, "2026-12-31"; empty: none is known. */
  retiresOn: z.union([z.iso.date(), z.literal('')]),
});

/** Adds or changes a model. Its price is a matter of its own (`setPrice`); a new one begins with our catalogue's, where that knows it. */
export async function saveModel({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof SaveModelInput> }): Promise<{ id: string }> {
  const { id, isNew, retiresOn, upstreamModel, displayName, ...rest } = input;
  const exists = await asSystem((tx) => tx.model.findUnique({ where: { id }, select: { id: true } }));
  if (isNew && exists) throw new FairleadError('invalid_request', `There is a model "${id}" already.`, { param: 'id' });
  if (!isNew && !exists) throw new FairleadError('not_found');
  const entry: ModelEntry = { id, ...rest, upstreamModel: upstreamModel || id, displayName: displayName || null };
  const retiresAt = retiresOn === '' ? null : new Date(`${retiresOn}T00:00:00Z`);
  await applyEntries(ctx, { models: [entry] }, { action: isNew ? 'model.create' : 'model.update', targetType: 'model', targetId: id }, (tx) =>
    tx.model.update({ where: { id }, data: { retiresAt } }).then(() => undefined),
  );
  return { id };
}

export const RemoveModelInput = z.object({ id: z.string() });

/** Takes a model out of the catalogue. Its requests stay in the logs; an alias that has it as a target must let go of it first. */
export async function removeModel({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<void> {
  const users = await asSystem((tx) => tx.alias.findMany({ select: { name: true, targets: true } }));
  const held = users.filter(({ targets }) => (targets as { model: string }[]).some(({ model }) => model === input.id)).map(({ name }) => name);
  if (held.length > 0) throw new FairleadError('conflict', `It is a target of ${held.join(', ')}.`);
  await applyEntries(ctx, {}, { action: 'model.delete', targetType: 'model', targetId: input.id }, async (tx) => {
    const row = await tx.model.findUnique({ where: { id: input.id }, include: { provider: { select: { adapter: true } } } });
    if (!row) throw new FairleadError('not_found');
    if (row.provider.adapter === 'demo') throw new FairleadError('conflict', 'The demo models belong to the product.');
    await tx.model.delete({ where: { id: input.id } });
  });
}
