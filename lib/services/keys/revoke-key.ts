import { z } from 'zod';
import { type Ctx, recordAudit } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { bumpVersion, withOrg } from '@/lib/store';
import { type KeyView, viewKeys } from './key-view';
import { getChangeableKey } from './own-key';

export const RevokeKeyInput = z.object({ id: z.string() });
export type RevokeKeyInput = z.infer<typeof RevokeKeyInput>;

/** Ends a key for good. Every process refuses it within a second. Revoking again changes nothing. */
export async function revokeKey({ ctx, input }: { ctx: Ctx; input: RevokeKeyInput }): Promise<KeyView> {
  const { id } = parseInput(RevokeKeyInput, input);
  return withOrg(ctx.orgId, async (tx) => {
    let row = await getChangeableKey(tx, ctx, id);
    if (!row.revokedAt) {
      row = await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
      await recordAudit(tx, ctx, { action: 'key.revoke', targetType: 'key', targetId: id, before: { name: row.name, last4: row.last4 } });
      await bumpVersion(tx, 'keys');
    }
    const [view] = await viewKeys(tx, ctx.orgId, [row]);
    return view as KeyView;
  });
}
