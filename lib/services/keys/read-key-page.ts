import { FairleadError } from '@/lib/kernel/errors';
import type { KeyId } from '@/lib/kernel/ids';
import { type AuditView, readEntries } from '@/lib/services/audit/read-entries';
import { type Ctx, requireRight } from '@/lib/services/context';
import { Prisma, withOrg } from '@/lib/store';
import { type KeyView, viewKeys } from './key-view';

const MAX_LINE = 50;
const MAX_ENTRIES = 50;
const ERROR_DAYS = 7;

/** Errors of a key with one code. */
export interface KeyErrors {
  code: string;
  calls: number;
  /** ISO, and the newest of them. */
  lastAt: string;
  lastId: string;
}

export interface KeyPageView {
  key: KeyView;
  /** All keys of its line of rotations, newest first, itself included. */
  line: KeyView[];
  /** Of the whole line over a week, the most frequent first. */
  errors: KeyErrors[];
  /** Who changed what of the line, newest first. */
  activity: AuditView[];
}

/** A key with what happened to it: its rotations, its recent errors by code, its changes. Throws `not_found`. */
export async function readKeyPage({ ctx, input: { id } }: { ctx: Ctx; input: { id: string } }): Promise<KeyPageView> {
  requireRight(ctx, 'keys:read');
  return withOrg(ctx.orgId, async (tx) => {
    const row = await tx.apiKey.findFirst({ where: { id, orgId: ctx.orgId, sessionId: null } });
    if (!row) throw new FairleadError('not_found');
    const lineId = row.lineId ?? row.id;
    const rows = await tx.apiKey.findMany({ where: { orgId: ctx.orgId, OR: [{ id: lineId }, { lineId }] }, orderBy: { createdAt: 'desc' }, take: MAX_LINE });
    const line = await viewKeys(tx, ctx.orgId, rows);
    const ids = line.map((key) => key.id as KeyId);
    const since = new Date(Date.now() - ERROR_DAYS * 86_400_000);
    const errors = await tx.$queryRaw<{ code: string; calls: bigint; last_at: Date; last_id: string }[]>`
      SELECT error_code AS code, count(*) AS calls, max(created_at) AS last_at, max(id) AS last_id FROM logs.request
      WHERE org_id = ${ctx.orgId} AND day >= ${since.toISOString().slice(0, 10)}::date AND created_at >= ${since} AND key_id IN (${Prisma.join(ids)}) AND error_code IS NOT NULL
      GROUP BY 1 ORDER BY calls DESC, code LIMIT 10`;
    return {
      key: line.find((key) => key.id === id) as KeyView,
      line,
      errors: errors.map(({ code, calls, last_at, last_id }) => ({ code, calls: Number(calls), lastAt: last_at.toISOString(), lastId: last_id })),
      activity: await readEntries(tx, ctx.orgId, { targets: ids }, MAX_ENTRIES),
    };
  });
}
