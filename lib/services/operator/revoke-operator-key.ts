import { FairleadError } from '@/lib/kernel/errors';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion } from '@/lib/store';

/** Ends an operator's management key. Revoking again changes nothing. */
export async function revokeOperatorKey({ ctx, input }: { ctx: OperatorCtx; input: { id: string } }): Promise<{ id: string; name: string; last4: string; revoked_at: string }> {
  return asSystem(async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id: input.id, orgId: null } });
    if (!row) throw new FairleadError('not_found');
    const revokedAt = row.revokedAt ?? new Date();
    if (!row.revokedAt) {
      await tx.apiKey.update({ where: { id: row.id }, data: { revokedAt } });
      await recordAudit(tx, ctx, { action: 'key.revoke', targetType: 'key', targetId: row.id, before: { name: row.name, last4: row.last4, operator: true } });
      await bumpVersion(tx, 'keys');
    }
    return { id: row.id, name: row.name, last4: row.last4, revoked_at: revokedAt.toISOString() };
  });
}
