import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { applyEntries } from '@/lib/services/operator/apply-entries';
import { asSystem } from '@/lib/store';
import { insertCredential } from './insert-credential';
import { modelEntries } from './import-models';

export const AddProviderInput = z.object({
  adapter: z.string(),
  /** Absent: the adapter's id, with a number where it is taken. */
  id: z.string().trim().max(64).optional(),
  label: z.string().trim().max(80).optional(),
  baseUrl: z.string().trim().max(500).nullable(),
  /** Empty for a provider that needs none. */
  secret: z.string().trim().max(10_000),
  /** The provider's own names of the models to offer. */
  models: z.array(z.string().min(1).max(200)).max(2_000).default([]),
});

/** Adds a provider with its first credential and the models chosen from its list, all or nothing. Running gateways know it within a second. */
export async function addProvider({ ctx, input }: { ctx: OperatorCtx; input: z.output<typeof AddProviderInput> }): Promise<{ id: string; models: string[] }> {
  const { adapter, label, baseUrl, secret, models } = input;
  const taken = await asSystem(async (tx) => ({
    providers: new Set((await tx.provider.findMany({ select: { id: true } })).map(({ id }) => id)),
    names: new Set([...(await tx.model.findMany({ select: { id: true } })).map(({ id }) => id), ...(await tx.alias.findMany({ select: { name: true } })).map(({ name }) => name)]),
  }));
  if (input.id && taken.providers.has(input.id)) throw new FairleadError('invalid_request', `There is a provider "${input.id}" already.`, { param: 'id' });
  const id = input.id || freeId(adapter, taken.providers);
  const entries = modelEntries(id, models, taken.names);
  await applyEntries(
    ctx,
    { providers: [{ id, adapter, label: label || null, baseUrl: baseUrl || null }], models: entries },
    { action: 'provider.create', targetType: 'provider', targetId: id },
    secret === '' ? undefined : (tx) => insertCredential(tx, { providerId: id, name: 'main', secret }),
  );
  return { id, models: entries.map((entry) => entry.id) };
}

function freeId(base: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}
