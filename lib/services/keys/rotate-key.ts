import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import type { CreatedKey } from './create-key';
import { insertKey } from './insert-key';
import { type KeyView, readTags, viewKeys } from './key-view';
import { getChangeableKey } from './own-key';

const MAX_GRACE_S = 7 * 86_400;

export const RotateKeyInput = z.object({
  id: z.string(),
  /** How long the old key goes on working; 0 ends it now. */
  graceSeconds: z.coerce.number().int().min(0).max(MAX_GRACE_S).default(0),
});
export type RotateKeyInput = z.input<typeof RotateKeyInput>;

/** A new key with the limits of an old one, which ends after the grace period. Both stay one line, with one budget and one rate between them. */
export async function rotateKey({ ctx, input }: { ctx: Ctx; input: RotateKeyInput }): Promise<CreatedKey> {
  const { id, graceSeconds } = parseInput(RotateKeyInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    // Two rotations of one key at the same moment would leave two successors.
    await tx.$queryRaw`SELECT id FROM api_key WHERE id = ${id} FOR UPDATE`;
    const old = await getChangeableKey(tx, ctx, id);
    const now = new Date();
    if (old.revokedAt || (old.expiresAt && old.expiresAt <= now)) throw new FairleadError('conflict', 'This key no longer works; create a new one instead.');
    if (await tx.apiKey.findFirst({ where: { replacesId: id }, select: { id: true } }))
      throw new FairleadError('conflict', 'This key was rotated already; rotate its successor.');

    const models = old.allModels ? null : old.models;
    const { rpm, tpm, concurrency, budgetPeriod, expiresAt, allowedIps } = old;
    const { id: newKeyId, key } = await insertKey(tx, ctx, {
      name: old.name,
      kind: old.kind === 'management' ? 'management' : 'inference',
      models,
      scopes: old.scopes,
      budgetNano: old.budgetNano,
      budgetPeriod,
      rpm,
      tpm,
      concurrency,
      expiresAt,
      allowedIps,
      tags: readTags(old.tags),
      replacesId: id,
      lineId: old.lineId ?? id,
    });
    // A budget of the old key goes on as the line's.
    if (old.lineId) await tx.budget.updateMany({ where: { orgId: ctx.orgId, scopeType: 'key', scopeId: id }, data: { scopeId: old.lineId } });

    const end = new Date(now.getTime() + graceSeconds * 1_000);
    const change = graceSeconds === 0 ? { revokedAt: now } : { expiresAt: expiresAt && expiresAt < end ? expiresAt : end };
    await tx.apiKey.update({ where: { id }, data: change });
    await recordAudit(tx, ctx, {
      action: graceSeconds === 0 ? 'key.revoke' : 'key.retire',
      targetType: 'key',
      targetId: id,
      after: { replacedBy: newKeyId, ...change },
    });
    await bumpVersion(tx, 'keys');
    const [view] = await viewKeys(tx, ctx.orgId, [await tx.apiKey.findUniqueOrThrow({ where: { id: newKeyId } })]);
    return { ...(view as KeyView), key };
  });
}
