import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { exceedsScopes } from '@/lib/services/management/scopes';
import { asSystem, bumpVersion } from '@/lib/store';
import { type OperatorKeyJson, toOperatorKeyJson } from './operator-keys';

/** Ends an operator's management key. Revoking again changes nothing. */
export async function revokeOperatorKey({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<OperatorKeyJson> {
  return asSystem(async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id: input.id, orgId: null } });
    if (!row) throw new FairleadError('not_found');
    if (exceedsScopes(ctx.scopes ?? [], row.scopes)) throw new FairleadError('forbidden', 'A limited management key cannot change one that may do more.');
    const revoked = row.revokedAt ? row : await tx.apiKey.update({ where: { id: row.id }, data: { revokedAt: new Date() } });
    if (!row.revokedAt) {
      await recordAudit(tx, ctx, { action: 'key.revoke', targetType: 'key', targetId: row.id, before: { name: row.name, last4: row.last4, operator: true } });
      await bumpVersion(tx, 'keys');
    }
    return toOperatorKeyJson(revoked);
  });
}
