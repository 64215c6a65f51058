import { z } from 'zod';
import { csvLine } from '@/lib/format/csv';
import { type Ctx, requireRight } from '@/lib/services/context';
import { withOrg } from '@/lib/store';
import { type AuditView, readEntries } from './read-entries';

export const AUDIT_DAYS = [1, 7, 30, 90, 365] as const;

/** Filters of the audit log, in the page's URL and the export's query alike. */
export const AuditQuery = z.object({
  /** A part of the actor's name. */
  actor: z.string().trim().max(200).optional(),
  /** An action, such as `key.revoke`, or all of a kind, such as `key`. */
  action: z
    .string()
    .trim()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional(),
  days: z.coerce.number().int().min(1).max(365).default(30),
  cursor: z.string().max(100).optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

export interface AuditPage {
  entries: AuditView[];
  nextCursor: string | null;
  /** Actions of the last year, for the filter. */
  actions: string[];
}

const PAGE = 50;
const EXPORT_PAGE = 500;

/** Who changed what in the organization, newest first. */
export async function listAuditEntries({ ctx, input }: { ctx: Ctx; input: AuditQuery }): Promise<AuditPage> {
  requireRight(ctx, 'settings:write');
  return withOrg(ctx.orgId, async (tx) => {
    const rows = await readEntries(tx, ctx.orgId, input, PAGE + 1);
    const actions = await tx.auditEntry.findMany({ where: { orgId: ctx.orgId }, distinct: ['action'], select: { action: true }, orderBy: { action: 'asc' }, take: 200 });
    return { entries: rows.slice(0, PAGE), nextCursor: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null, actions: actions.map(({ action }) => action) };
  });
}

/** The entries of the same filter as CSV, line by line. */
export async function* exportAuditEntries({ ctx, input }: { ctx: Ctx; input: AuditQuery }): AsyncGenerator<string> {
  requireRight(ctx, 'settings:write');
  yield csvLine(['time', 'actor_type', 'actor', 'action', 'target_type', 'target_id', 'before', 'after']);
  let cursor: string | undefined;
  do {
    const rows: AuditView[] = await withOrg(ctx.orgId, (tx) => readEntries(tx, ctx.orgId, { ...input, cursor }, EXPORT_PAGE));
    for (const { at, actor, action, target, before, after } of rows) {
      yield csvLine([at, actor.type, actor.label, action, target.type, target.id, before === null ? null : JSON.stringify(before), after === null ? null : JSON.stringify(after)]);
    }
    cursor = rows.length === EXPORT_PAGE ? rows.at(-1)?.id : undefined;
  } while (cursor);
}
