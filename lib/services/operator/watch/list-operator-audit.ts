import { z } from 'zod';
import { csvLine } from '@/lib/format/csv';
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
const EXPORT_PAGE = 500;

/** Who changed what on this installation, newest first, each entry with the organization it belongs to. */
export async function listOperatorAudit({ input }: { ctx: OperatorCtx; input: z.output<typeof AuditFilterInput> }): Promise<{ data: OperatorAuditView[]; older: string | null }> {
  const rows = await readWithOrgs(input, PER_PAGE + 1);
  return { data: rows.slice(0, PER_PAGE), older: rows.length > PER_PAGE ? (rows[PER_PAGE - 1]?.id ?? null) : null };
}

/** The entries of the same filter as CSV, line by line, from the newest on. */
export async function* exportOperatorAudit({ input }: { ctx: OperatorCtx; input: z.output<typeof AuditFilterInput> }): AsyncGenerator<string> {
  yield csvLine(['time', 'organization', 'actor_type', 'actor', 'action', 'target_type', 'target_id', 'before', 'after']);
  let cursor = '';
  do {
    const rows = await readWithOrgs({ ...input, cursor }, EXPORT_PAGE);
    for (const { at, org, actor, action, target, before, after } of rows) {
      yield csvLine([at, org?.slug ?? null, actor.type, actor.label, action, target.type, target.id, before === null ? null : JSON.stringify(before), after === null ? null : JSON.stringify(after)]);
    }
    cursor = rows.length === EXPORT_PAGE ? (rows.at(-1)?.id ?? '') : '';
  } while (cursor !== '');
}

async function readWithOrgs(input: z.output<typeof AuditFilterInput>, take: number): Promise<OperatorAuditView[]> {
  return asSystem(async (tx) => {
    const rows = await readEntries(tx, null, input, take);
    const ids = rows.flatMap(({ orgId }) => (orgId ? [orgId] : []));
    const orgs = new Map((await tx.organization.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, name: true } })).map(({ id, ...org }) => [id, org]));
    return rows.map(({ orgId, ...entry }) => ({ ...entry, org: (orgId && orgs.get(orgId)) || null }));
  });
}
