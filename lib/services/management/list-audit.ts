import { type Ctx, type OperatorCtx, requireRight } from '@/lib/services/context';
import { asSystem, type Tx, withOrg } from '@/lib/store';
import { type Page, type PageQuery, newestFirst, toPage } from './page';

export interface AuditJson {
  id: string;
  created_at: string;
  organization_id: string | null;
  actor: { type: string; id: string | null; label: string | null };
  action: string;
  target: { type: string; id: string | null };
  before: unknown;
  after: unknown;
}

/** Who changed what, newest first: an organization's own entries, or everybody's for the operator. */
export async function listAudit({ ctx, input }: { ctx: Ctx | OperatorCtx; input: PageQuery }): Promise<Page<AuditJson>> {
  if ('operator' in ctx) return asSystem((tx) => readAudit(tx, {}, input));
  requireRight(ctx, 'settings:write');
  return withOrg(ctx.orgId, (tx) => readAudit(tx, { orgId: ctx.orgId }, input));
}

async function readAudit(tx: Tx, where: { orgId?: string }, input: PageQuery): Promise<Page<AuditJson>> {
  const rows = await tx.auditEntry.findMany({ where, ...newestFirst(input) });
  return toPage(rows, input.limit, (row) => ({
    id: row.id,
    created_at: row.createdAt.toISOString(),
    organization_id: row.orgId,
    actor: { type: row.actorType, id: row.actorId, label: row.actorLabel },
    action: row.action,
    target: { type: row.targetType, id: row.targetId },
    before: row.before,
    after: row.after,
  }));
}
