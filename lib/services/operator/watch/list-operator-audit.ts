import { z } from 'zod';
import { type AuditView, readEntries } from '@/lib/services/audit/read-entries';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

export const AuditFilterInput = z.object({
  /** As in an organization's own audit; a dot at the end means the same as none. */
  action: z.string().trim().max(60).transform((text) => text.replace(/\.$/, '')).catch('').default(''),
  actor: z.string().trim().max(100).catch('').default(''),
  cursor: z.string().max(100).catch('').default(''),
});

export interface OperatorAuditView extends AuditView {
  org: { slug: string; name: string } | null;
}

const PER_PAGE = 50;

/** Who changed what on this installation, newest first, each entry with the organization it belongs to. */
export async function listOperatorAudit({ input }: { ctx: OperatorCtx; input: z.output<typeof AuditFilterInput> }): Promise<{ data: OperatorAuditView[]; older: string | null }> {
  return asSystem(async (tx) => {
    const rows = await readEntries(tx, null, input, PER_PAGE + 1);
    const ids = rows.flatMap(({ orgId }) => (orgId ? [orgId] : []));
    const orgs = new Map((await tx.organization.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, name: true } })).map(({ id, ...org }) => [id, org]));
    return {
      data: rows.slice(0, PER_PAGE).map(({ orgId, ...entry }) => ({ ...entry, org: (orgId && orgs.get(orgId)) || null })),
      older: rows.length > PER_PAGE ? (rows[PER_PAGE - 1]?.id ?? null) : null,
    };
  });
}
