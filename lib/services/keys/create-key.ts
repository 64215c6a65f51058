import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { asChoices, exceedsScopes, ORG_KEY_SCOPES } from '@/lib/services/management/scopes';
import { requireFeature } from '@/lib/services/orgs/plan-features';
import { parseInput } from '@/lib/services/parse-input';
import { withOrg } from '@/lib/store';
import { insertKey } from './insert-key';
import { budgetNano, checkModels, futureDate, KeyLimits, KeyName } from './key-input';
import { type KeyView, viewKeys } from './key-view';

export const CreateKeyInput = KeyLimits.extend({
  name: KeyName,
  kind: z.enum(['inference', 'management']).default('inference'),
  /** What a management key may do. Null or absent: everything on its side. */
  scopes: z.array(z.enum(asChoices(ORG_KEY_SCOPES))).max(50).nullish(),
});
export type CreateKeyInput = z.input<typeof CreateKeyInput>;

/** A new key: the only answer that ever holds it in clear. */
export interface CreatedKey extends KeyView {
  key: string;
}

/** Makes a key. A management key can change everything its organization may change, so it needs the right to do so. */
export async function createKey({ ctx, input }: { ctx: Ctx; input: CreateKeyInput }): Promise<CreatedKey> {
  requireRight(ctx, 'keys:write');
  const { name, kind, models, scopes, budgetUsd, budgetPeriod, rpm, tpm, concurrency, expiresAt, allowedIps, tags } = parseInput(CreateKeyInput, input);
  if (kind === 'management') requireRight(ctx, 'settings:write');
  if (kind === 'management') await requireFeature(ctx, 'management_api');
  if (kind !== 'management' && scopes?.length) throw new FairleadError('invalid_request', 'Scopes belong to management keys.', { param: 'scopes' });
  if (kind === 'management' && exceedsScopes(ctx.scopes ?? [], scopes ?? []))
    throw new FairleadError('forbidden', 'A limited management key cannot make one that may do more.', { param: 'scopes' });
  return withOrg(ctx.orgId, async (tx) => {
    await checkModels(tx, models);
    const { id, key } = await insertKey(tx, ctx, {
      name,
      kind,
      models,
      scopes,
      budgetNano: budgetNano(budgetUsd),
      budgetPeriod,
      rpm,
      tpm,
      concurrency,
      expiresAt: futureDate(expiresAt),
      allowedIps,
      tags,
    });
    const [view] = await viewKeys(tx, ctx.orgId, [await tx.apiKey.findUniqueOrThrow({ where: { id } })]);
    return { ...(view as KeyView), key };
  });
}
