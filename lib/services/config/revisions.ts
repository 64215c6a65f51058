import { FairleadError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Actor, OperatorCtx } from '@/lib/services/context';
import { newestFirst, type Page, type PageQuery, toPage } from '@/lib/services/management/page';
import { asSystem, type Tx } from '@/lib/store';
import type { Change } from './diff-state';
import type { ConfigInput } from './prepare-config';

/** A file that was applied, and what it changed then. */
export interface ConfigRevisionJson {
  id: string;
  created_at: string;
  actor: { type: string; id: string | null; label: string | null };
  prune: boolean;
  changes: Change[];
}

/**
 * Keeps the file that was applied, and answers its revision's id. The same file again without an effect is no new
 * revision: then the id is that of the last one.
 */
export async function recordRevision(tx: Tx, ctx: OperatorCtx, { text, prune = false }: ConfigInput, changes: readonly Change[]): Promise<string> {
  const last = await lastRevision(tx);
  if (changes.length === 0 && last?.text === text && last.prune === prune) return last.id;
  const id = newId('cfg');
  const { type, label }: Actor = ctx.actor;
  await tx.configRevision.create({
    data: { id, actorType: type, actorId: 'id' in ctx.actor ? ctx.actor.id : null, actorLabel: label, text, prune, changes: changes as object[] },
  });
  return id;
}

export async function lastRevision(tx: Tx) {
  return tx.configRevision.findFirst({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
}

/** Every applied file, newest first. */
export async function listRevisions({ input }: { ctx: OperatorCtx; input: PageQuery }): Promise<Page<ConfigRevisionJson>> {
  const rows = await asSystem((tx) => tx.configRevision.findMany({ ...newestFirst(input), omit: { text: true } }));
  return toPage(rows, input.limit, toRevisionJson);
}

/** One applied file with its text. */
export async function getRevision({ input }: { ctx: OperatorCtx; input: { id: string } }): Promise<ConfigRevisionJson & { text: string }> {
  const row = await asSystem((tx) => tx.configRevision.findUnique({ where: { id: input.id } }));
  if (!row) throw new FairleadError('not_found');
  return { ...toRevisionJson(row), text: row.text };
}

function toRevisionJson(row: { id: string; createdAt: Date; actorType: string; actorId: string | null; actorLabel: string | null; prune: boolean; changes: unknown }): ConfigRevisionJson {
  return {
    id: row.id,
    created_at: row.createdAt.toISOString(),
    actor: { type: row.actorType, id: row.actorId, label: row.actorLabel },
    prune: row.prune,
    changes: row.changes as Change[],
  };
}
