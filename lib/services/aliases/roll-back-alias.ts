import { z } from 'zod';
import { FairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { parseInput } from '@/lib/services/parse-input';
import { asSystem } from '@/lib/store';
import { type Published, putInForce } from './put-in-force';
import { toItem } from './read-alias';

export const RollBackAliasSchema = z.strictObject({ name: z.string(), version: z.int().min(1) });

/** Puts an earlier version in force again, as a new version. Throws `not_found` for a version that never was. */
export async function rollBackAlias({ ctx, input }: { ctx: OperatorCtx; input: z.input<typeof RollBackAliasSchema> }): Promise<Published> {
  const { name, version } = parseInput(RollBackAliasSchema, input);
  const kept = await asSystem((tx) => tx.aliasVersion.findUnique({ where: { alias_version: { alias: name, version } } }));
  if (!kept) throw new FairleadError('not_found', `The alias "${name}" has no version ${version}.`, { param: 'version' });
  return putInForce(ctx, toItem(name, kept.document as Record<string, unknown>), { action: 'alias.roll_back', note: `Back to version ${version}` });
}
