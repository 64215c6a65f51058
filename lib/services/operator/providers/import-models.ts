import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import type { ModelEntry } from '@/lib/services/config/schema';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { asSystem } from '@/lib/store';

export const ImportModelsInput = z.object({ provider: z.string(), models: z.array(z.string().min(1).max(200)).min(1).max(2_000) });

/** Offers models of a provider by the provider's names; what our catalogue knows of them (price, context, kind) comes along. */
export async function importModels({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof ImportModelsInput> }): Promise<{ models: string[] }> {
  const { provider, models } = input;
  const { names, present } = await asSystem(async (tx) => {
    const rows = await tx.model.findMany({ select: { id: true, providerId: true, upstreamModel: true } });
    const aliases = await tx.alias.findMany({ select: { name: true } });
    return {
      names: new Set([...rows.map(({ id }) => id), ...aliases.map(({ name }) => name)]),
      present: new Set(rows.filter((row) => row.providerId === provider).map((row) => row.upstreamModel)),
    };
  });
  const fresh = models.filter((name) => !present.has(name));
  if (fresh.length === 0) throw new FairleadError('invalid_request', 'These models are there already.', { param: 'models' });
  const entries = modelEntries(provider, fresh, names);
  await applyEntries(ctx, { models: entries }, { action: 'provider.import_models', targetType: 'provider', targetId: provider });
  return { models: entries.map(({ id }) => id) };
}

/** A model is called by the provider's own name for it where that is free and well-formed, else with the provider's id before it. */
export function modelEntries(provider: string, upstreamModels: readonly string[], taken: ReadonlySet<string>): ModelEntry[] {
  const names = new Set(taken);
  return upstreamModels.map((upstreamModel) => {
    const plain = upstreamModel.replace(/[^A-Za-z0-9._:@/+-]/g, '-').replace(/^[^A-Za-z0-9]+/, '');
    let id = plain;
    for (let number = 1; names.has(id) || id.startsWith('demo/') || id === ''; number++) id = `${provider}/${plain}${number > 1 ? `-${number}` : ''}`;
    names.add(id);
    return { id, provider, upstreamModel };
  });
}
