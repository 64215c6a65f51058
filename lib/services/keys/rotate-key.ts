import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, type Tx, withOrg } from '@/lib/store';
import type { CreatedKey } from './create-key';
import { insertKey } from './insert-key';
import { budgetOf, type KeyView, viewKeys } from './key-view';
import { getChangeableKey } from './own-key';

const MAX_GRACE_S = 7 * 86_400;

export const RotateKeyInput = z.object({
  id: z.string(),
  /** How long the old key goes on working; 0 ends it now. */
  graceSeconds: z.coerce.number().int().min(0).max(MAX_GRACE_S).default(0),
});
export type RotateKeyInput = z.input<typeof RotateKeyInput>;

/** A new key with the limits of an old one, which ends after the grace period. Both stay one line in the list. */
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
    const { rpm, tpm, concurrency, budgetPeriod, expiresAt } = old;
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
      replacesId: id,
    });
    await carryBudget(tx, ctx, old, newKeyId, now.getTime());

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

/** In the window that is open, the successor gets what the old key has left: rotating must not refill a budget. */
async function carryBudget(
  tx: Tx,
  ctx: Ctx,
  old: { id: string; budgetNano: bigint | null; budgetPeriod: string | null },
  newKeyId: string,
  nowMs: number,
): Promise<void> {
  const { timezone } = await tx.organization.findUniqueOrThrow({ where: { id: ctx.orgId }, select: { timezone: true } });
  const before = budgetOf(old, ctx.orgId, timezone, nowMs);
  const after = budgetOf({ ...old, id: newKeyId }, ctx.orgId, timezone, nowMs);
  if (!before || !after) return;
  const account = await tx.account.findUnique({ where: { id: before.id } });
  if (!account) return;
  const left = account.limitNano - account.spentNano - account.heldNano;
  await tx.account.create({
    data: {
      id: after.id,
      orgId: ctx.orgId,
      scopeType: 'key',
      scopeId: newKeyId,
      period: after.period,
      windowStart: after.start,
      windowEnd: after.end,
      limitNano: left > 0n ? left : 0n,
    },
  });
}
