import { applyConfig, type Change } from '@/lib/services/config';
import type { AliasItem } from '@/lib/services/config/items';
import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { asConfigText } from './check-document';
import { getAliasRow } from './read-alias';

export interface Published {
  name: string;
  version: number;
  changes: Change[];
}

/** Applies a document as a file would be applied, and signs the version that this made. */
export async function putInForce(ctx: OperatorCtx, document: AliasItem, signed: { action: string; note: string | null }): Promise<Published> {
  const changes = await applyConfig({ ctx, input: { text: asConfigText(document) } });
  return asSystem(async (tx) => {
    const { name, version } = await getAliasRow(tx, document.name);
    if (changes.length > 0) {
      await tx.aliasVersion.update({ where: { alias_version: { alias: name, version } }, data: { note: signed.note, publishedBy: ctx.actor.label } });
      await recordAudit(tx, ctx, { action: signed.action, targetType: 'alias', targetId: name, after: { version, note: signed.note } });
    }
    return { name, version, changes };
  });
}
