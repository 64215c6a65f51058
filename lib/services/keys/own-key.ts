import { FairleadError } from '@/lib/kernel/errors';
import { type Ctx, requireRight } from '@/lib/services/context';
import { exceedsScopes } from '@/lib/services/management/scopes';
import type { Tx } from '@/lib/store';

/** A key that the actor may change. Developers change their own keys only; admins and owners change any. */
export async function getChangeableKey(tx: Tx, ctx: Ctx, id: string) {
  requireRight(ctx, 'keys:write');
  const row = await tx.apiKey.findFirst({ where: { id, orgId: ctx.orgId } });
  if (!row) throw new FairleadError('not_found');
  if (row.kind === 'management') requireRight(ctx, 'settings:write');
  if (row.kind === 'management' && exceedsScopes(ctx.scopes ?? [], row.scopes))
    throw new FairleadError('forbidden', 'A limited management key cannot change one that may do more.');
  if (ctx.role === 'developer' && ctx.actor.type === 'user' && row.createdById !== ctx.actor.id) {
    throw new FairleadError('forbidden', 'Developers change the keys they created. An owner or admin can change this one.');
  }
  return row;
}
