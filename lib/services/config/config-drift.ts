import { isFairleadError } from '@/lib/kernel/errors';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import type { Change } from './diff-state';
import { prepareConfig } from './prepare-config';
import { lastRevision } from './revisions';
import { type ConfigSurroundings, configSurroundings } from './surroundings';

export interface ConfigDrift {
  /** `no_file`: nothing was ever applied, so there is nothing to drift from. */
  state: 'in_sync' | 'drift' | 'no_file';
  revision: { id: string; created_at: string; actor: string | null; prune: boolean } | null;
  /** What applying the last file again would change back. */
  changes: Change[];
  /** Why the last file could not be compared, such as a target that no longer exists. */
  problem: string | null;
}

/** Whether what is in force still is what the last applied file says. */
export async function configDrift({ surroundings = configSurroundings('local') }: { ctx: OperatorCtx; surroundings?: ConfigSurroundings }): Promise<ConfigDrift> {
  return asSystem(async (tx) => {
    const last = await lastRevision(tx);
    if (!last) return { state: 'no_file', revision: null, changes: [], problem: null };
    const revision = { id: last.id, created_at: last.createdAt.toISOString(), actor: last.actorLabel, prune: last.prune };
    try {
      // The variables of the shell that applied the file are not those of this process: secrets are compared by reference only.
      const { changes } = await prepareConfig(tx, { text: last.text, prune: last.prune }, { ...surroundings, secrets: null });
      return { state: changes.length === 0 ? 'in_sync' : 'drift', revision, changes, problem: null };
    } catch (error) {
      if (!isFairleadError(error)) throw error;
      return { state: 'drift', revision, changes: [], problem: error.message };
    }
  });
}
