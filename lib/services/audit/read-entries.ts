import type { Tx } from '@/lib/store';

export interface AuditView {
  id: string;
  at: string;
  actor: { type: string; label: string };
  action: string;
  target: { type: string; id: string | null };
  before: unknown;
  after: unknown;
}

/** What is looked for; what is absent narrows nothing. */
export interface AuditSearch {
  /** A part of the actor's name. */
  actor?: string;
  /** An action, such as `key.revoke`, or all of a kind, such as `key`. */
  action?: string;
  days?: number;
  /** Ids of what was changed. */
  targets?: readonly string[];
  /** Id of the last entry of the page before. */
  cursor?: string;
}

/** Entries of one organization, or with null those of the whole installation, newest first. */
export async function readEntries(tx: Tx, orgId: string | null, { actor, action, days, targets, cursor }: AuditSearch, take: number): Promise<(AuditView & { orgId: string | null })[]> {
  const rows = await tx.auditEntry.findMany({
    where: {
      ...(orgId === null ? {} : { orgId }),
      ...(days ? { createdAt: { gte: new Date(Date.now() - days * 86_400_000) } } : {}),
      ...(targets ? { targetId: { in: [...targets] } } : {}),
      ...(actor ? { actorLabel: { contains: actor, mode: 'insensitive' as const } } : {}),
      ...(action ? { OR: [{ action }, { action: { startsWith: `${action}.` } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
  });
  return rows.map((row) => ({
    id: row.id,
    orgId: row.orgId,
    at: row.createdAt.toISOString(),
    actor: { type: row.actorType, label: row.actorLabel ?? row.actorId ?? row.actorType },
    action: row.action,
    target: { type: row.targetType, id: row.targetId },
    before: row.before,
    after: row.after,
  }));
}
