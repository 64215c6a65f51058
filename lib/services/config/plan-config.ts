import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import type { Change } from './diff-state';
import { type ConfigInput, prepareConfig } from './prepare-config';
import { type ConfigSurroundings, configSurroundings } from './surroundings';

/** What applying this file would do. Throws one error with every mistake in it; writes nothing. */
export async function planConfig({ input, surroundings = configSurroundings('local') }: { ctx: OperatorCtx; input: ConfigInput; surroundings?: ConfigSurroundings }): Promise<Change[]> {
  return asSystem(async (tx) => (await prepareConfig(tx, input, surroundings)).changes);
}
