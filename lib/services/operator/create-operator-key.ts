import { z } from 'zod';
import { generateKey } from '@/lib/auth/api-key';
import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asChoices, exceedsScopes, OPERATOR_KEY_SCOPES } from '@/lib/services/management/scopes';
import { asSystem, bumpVersion } from '@/lib/store';
import { type OperatorKeyJson, toOperatorKeyJson } from './operator-keys';

export const CreateOperatorKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** What it may do; absent or empty: everything on the operator's side. */
  scopes: z
    .array(z.enum(asChoices(OPERATOR_KEY_SCOPES)))
    .max(50)
    .nullish(),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
});

/** With the key in clear, which is shown once and never stored. */
export type CreatedOperatorKey = OperatorKeyJson & { key: string };

/** A management key of the installation itself: it sees and changes what belongs to no organization. */
export async function createOperatorKey({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof CreateOperatorKeySchema> }): Promise<CreatedOperatorKey> {
  const { name, scopes, expiresAt } = CreateOperatorKeySchema.parse(input);
  if (exceedsScopes(ctx.scopes ?? [], scopes ?? []))
    throw new FairleadError('forbidden', 'A limited management key cannot make one that may do more.', { param: 'scopes' });
  const { key, hash, prefix, last4 } = generateKey('management');
  const id = newId('key');
  return asSystem(async (tx) => {
    const row = await tx.apiKey.create({
      data: {
        id,
        orgId: null,
        name,
        kind: 'management',
        hash,
        prefix,
        last4,
        scopes: scopes ?? [],
        createdById: ctx.actor.type === 'user' ? ctx.actor.id : null,
        expiresAt: expiresAt ? new Date(expiresAt) : null,
      },
    });
    await recordAudit(tx, ctx, {
      action: 'key.create',
      targetType: 'key',
      targetId: id,
      after: { name, kind: 'management', last4, operator: true, ...(scopes?.length ? { scopes } : {}) },
    });
    await bumpVersion(tx, 'keys');
    const { id: sameId, ...rest } = toOperatorKeyJson(row);
    return { id: sameId, key, ...rest };
  });
}
