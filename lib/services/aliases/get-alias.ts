import { FairleadError } from '@/lib/kernel/errors';
import type { FieldChange } from '@/lib/services/config';
import type { AliasItem } from '@/lib/services/config/items';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import type { AliasJson } from './alias-document';
import { toAliasJson, toItem } from './read-alias';

export interface AliasVersionJson {
  version: number;
  document: AliasItem;
  note: string | null;
  published_by: string | null;
  published_at: string;
}

export interface AliasDetail {
  /** Null: the alias exists as a draft only. */
  alias: AliasJson | null;
  draft: { document: AliasItem; based_on: number; updated_by: string | null; updated_at: string } | null;
  /** What publishing the draft would change, field by field. */
  changes: FieldChange[];
  /** Newest first. */
  versions: AliasVersionJson[];
}

/** One alias with its draft and its versions. Throws `not_found` where there is neither. */
export async function getAlias({ input }: { ctx: OperatorCtx; input: { name: string } }): Promise<AliasDetail> {
  const { name } = input;
  return asSystem(async (tx) => {
    const row = await tx.alias.findUnique({ where: { name } });
    const draft = await tx.aliasDraft.findUnique({ where: { alias: name } });
    if (!row && !draft) throw new FairleadError('not_found', `There is no alias "${name}".`, { param: 'name' });
    const versions = await tx.aliasVersion.findMany({ where: { alias: name }, orderBy: { version: 'desc' }, take: 100 });
    const inForce = row && toAliasJson(row, draft !== null);
    const drafted = draft && toItem(name, draft.document as Record<string, unknown>);
    return {
      alias: inForce,
      draft: draft && drafted && { document: drafted, based_on: draft.basedOn, updated_by: draft.updatedBy, updated_at: draft.updatedAt.toISOString() },
      changes: drafted ? compareDocuments(inForce?.document ?? null, drafted) : [],
      versions: versions.map(({ version, document, note, publishedBy, publishedAt }) => ({
        version,
        document: toItem(name, document as Record<string, unknown>),
        note,
        published_by: publishedBy,
        published_at: publishedAt.toISOString(),
      })),
    };
  });
}

function compareDocuments(before: AliasItem | null, after: AliasItem): FieldChange[] {
  return (Object.keys(after) as (keyof AliasItem)[])
    .filter((field) => JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after[field] }));
}
