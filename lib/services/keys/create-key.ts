import { z } from 'zod';
import { type Ctx, requireRight } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { insertKey } from './insert-key';
import { budgetNano, checkModels, futureDate, KeyLimits, KeyName } from './key-input';
import { type KeyView, viewKeys } from './key-view';

export const CreateKeyInput = KeyLimits.extend({
  name: KeyName,
  kind: z.enum(['inference', 'management']).default('inference'),
});
export type CreateKeyInput = z.input<typeof CreateKeyInput>;

/** A new key: the only answer that ever holds it in clear. */
export interface CreatedKey extends KeyView {
  key: string;
}

/** Makes a key. A management key can change everything its organization may change, so it needs the right to do so. */
export async function createKey({ ctx, input }: { ctx: Ctx; input: CreateKeyInput }): Promise<CreatedKey> {
  requireRight(ctx, 'keys:write');
  const { name, kind, models, budgetUsd, budgetPeriod, rpm, tpm, concurrency, expiresAt } = parseInput(CreateKeyInput, input);
  if (kind === 'management') requireRight(ctx, 'settings:write');
  return withOrg(ctx.orgId, async (tx) => {
    await checkModels(tx, models);
    const { id, key } = await insertKey(tx, ctx, {
      name,
      kind,
      models,
      budgetNano: budgetNano(budgetUsd),
      budgetPeriod,
      rpm,
      tpm,
      concurrency,
      expiresAt: futureDate(expiresAt),
    });
    const [view] = await viewKeys(tx, ctx.orgId, [await tx.apiKey.findUniqueOrThrow({ where: { id } })]);
    return { ...(view as KeyView), key };
  });
}
