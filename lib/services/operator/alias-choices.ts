import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';

/** Models an alias can have as targets. */
export async function listTargetChoices(_args: { ctx: OperatorCtx }): Promise<{ id: string; kind: string; provider: string }[]> {
  const rows = await asSystem((tx) => tx.model.findMany({ orderBy: [{ providerId: 'asc' }, { id: 'asc' }], select: { id: true, kind: true, provider: { select: { id: true, label: true } } } }));
  return rows.map(({ id, kind, provider }) => ({ id, kind, provider: provider.label ?? provider.id }));
}

export async function listPlanIds(_args: { ctx: OperatorCtx }): Promise<string[]> {
  return (await asSystem((tx) => tx.plan.findMany({ orderBy: { position: 'asc' }, select: { id: true } }))).map(({ id }) => id);
}

/** Drafts of aliases that do not exist yet. */
export async function listNewDrafts(_args: { ctx: OperatorCtx }): Promise<string[]> {
  return asSystem(async (tx) => {
    const existing = await tx.alias.findMany({ select: { name: true } });
    const drafts = await tx.aliasDraft.findMany({ where: { alias: { notIn: existing.map(({ name }) => name) } }, orderBy: { alias: 'asc' }, select: { alias: true } });
    return drafts.map(({ alias }) => alias);
  });
}
