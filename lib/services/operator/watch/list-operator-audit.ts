import { z } from 'zod';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const AuditFilterInput = z.object({
  action: z.string().trim().max(60).catch('').default(''),
  actor: z.string().trim().max(100).catch('').default(''),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

export interface AuditRow {
  id: string;
  at: string;
  actor: string;
  org: { slug: string; name: string } | null;
  action: string;
  target: string;
  before: unknown;
  after: unknown;
}

const PER_PAGE = 50;

/** Who changed what on this installation, newest first. */
export async function listOperatorAudit({ input }: { ctx: OperatorCtx; input: z.output<typeof AuditFilterInput> }): Promise<{ data: AuditRow[]; hasMore: boolean }> {
  return asSystem(async (tx) => {
    const rows = await tx.auditEntry.findMany({
      where: { ...(input.action ? { action: { startsWith: input.action } } : {}), ...(input.actor ? { actorLabel: { contains: input.actor, mode: 'insensitive' } } : {}) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: PER_PAGE + 1,
      skip: (input.page - 1) * PER_PAGE,
    });
    const orgs = new Map(
      (await tx.organization.findMany({ where: { id: { in: rows.flatMap(({ orgId }) => (orgId ? [orgId] : [])) } }, select: { id: true, slug: true, name: true } })).map(({ id, ...org }) => [id, org]),
    );
    return {
      hasMore: rows.length > PER_PAGE,
      data: rows.slice(0, PER_PAGE).map((row) => ({
        id: row.id,
        at: row.createdAt.toISOString(),
        actor: row.actorLabel ?? row.actorType,
        org: (row.orgId && orgs.get(row.orgId)) || null,
        action: row.action,
        target: `${row.targetType}${row.targetId ? ` ${row.targetId}` : ''}`,
        before: row.before,
        after: row.after,
      })),
    };
  });
}
