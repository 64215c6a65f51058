import type { Role } from '@/lib/auth/role';
import type { OrgId } from '@/lib/kernel/ids';
import { newId } from '@/lib/kernel/ids';
import { FairleadError } from '@/lib/kernel/errors';
import type { Tx } from '@/lib/store';

export type { Role };

/** Who does it. A union, so "who did this" is never a nullable user id. */
export type Actor =
  | { type: 'user'; id: string; label: string }
  | { type: 'key'; id: string; label: string }
  | { type: 'cli'; label: string }
  | { type: 'system'; label: string };

/** What a tenant's verb runs as: the actor, the organization and the actor's role in it. */
export interface Ctx {
  actor: Actor;
  orgId: OrgId;
  role: Role;
  /** Set while an operator looks in: logged bodies stay closed unless the organization granted them. */
  viewing?: { hidesBodies: boolean };
  /** Of a management key that is limited: it cannot hand out more than it has. Absent or empty: not limited. */
  scopes?: readonly string[];
}

/** What an operator's verb runs as. */
export interface OperatorCtx {
  actor: Actor;
  operator: true;
  /** As a tenant's: of a management key that is limited. */
  scopes?: readonly string[];
}

export type Right = 'keys:read' | 'keys:write' | 'logs:read' | 'usage:read' | 'billing:read' | 'billing:write' | 'members:write' | 'settings:write' | 'budgets:write';

const RIGHTS: Record<Role, ReadonlySet<Right>> = {
  owner: new Set(['keys:read', 'keys:write', 'logs:read', 'usage:read', 'billing:read', 'billing:write', 'members:write', 'settings:write', 'budgets:write']),
  admin: new Set(['keys:read', 'keys:write', 'logs:read', 'usage:read', 'billing:read', 'billing:write', 'members:write', 'settings:write', 'budgets:write']),
  developer: new Set(['keys:read', 'keys:write', 'logs:read', 'usage:read']),
  billing: new Set(['billing:read', 'billing:write', 'usage:read']),
  viewer: new Set(['keys:read', 'logs:read', 'usage:read']),
};

export function hasRight(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}

/** Throws `forbidden` when the actor's role lacks the right. */
export function requireRight(ctx: Ctx, right: Right): void {
  if (!hasRight(ctx.role, right)) throw new FairleadError('forbidden', `Your role (${ctx.role}) does not include ${right}.`);
}

/** Writes one audit row in the caller's transaction. Secrets never belong in `before` or `after`. */
export async function recordAudit(
  tx: Tx,
  ctx: Ctx | OperatorCtx,
  entry: { action: string; targetType: string; targetId?: string | null; before?: unknown; after?: unknown },
): Promise<void> {
  const { actor } = ctx;
  await tx.auditEntry.create({
    data: {
      id: newId('aud'),
      orgId: 'orgId' in ctx ? ctx.orgId : null,
      actorType: actor.type,
      actorId: 'id' in actor ? actor.id : null,
      actorLabel: actor.label,
      action: entry.action,
      targetType: entry.targetType,
      targetId: entry.targetId ?? null,
      before: entry.before === undefined ? undefined : (entry.before as object),
      after: entry.after === undefined ? undefined : (entry.after as object),
    },
  });
}
