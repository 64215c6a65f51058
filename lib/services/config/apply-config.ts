import { type OperatorCtx, recordAudit } from '@/lib/services/context';
import { asSystem, bumpVersion, type Tx } from '@/lib/store';
import type { Change } from './diff-state';
import { writeConfig } from './export-config';
import { type ConfigInput, prepareConfig } from './prepare-config';
import { type ConfigSurroundings, configSurroundings } from './surroundings';
import { recordRevision } from './revisions';
import { writeState } from './write-state';

interface ApplyConfig {
  ctx: OperatorCtx;
  input: ConfigInput;
  surroundings?: ConfigSurroundings;
  /** What the audit calls a change of single items. Absent: the apply of a file, which is kept as a revision. */
  audit?: { action: string; targetType: string; targetId?: string };
  /** More that belongs to the same change, in its transaction; it runs where the file itself changes nothing, too. */
  also?(tx: Tx): Promise<void>;
  /** Throws when the configuration is not the one its caller had read. */
  assertCurrent?(yaml: string): void;
}

/** A file of a thousand models on a busy machine takes its time; what it changes is seen at its end only. */
const APPLY_TIMEOUT_MS = 120_000;

/**
 * Applies a `fairlead.yaml` in one transaction: all of it or nothing. Running gateways see it within a second. An
 * unchanged file writes nothing, not even an audit row.
 */
export async function applyConfig({ ctx, input, surroundings = configSurroundings('local'), audit, also, assertCurrent }: ApplyConfig): Promise<Change[]> {
  return asSystem(async (tx) => {
    // Two applies at once would each compare with a state that the other is about to change.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('fairlead.config'))`;
    const prepared = await prepareConfig(tx, input, surroundings);
    assertCurrent?.(writeConfig(prepared.current));
    const revisionId = audit ? null : await recordRevision(tx, ctx, input, prepared.changes);
    if (prepared.changes.length === 0 && !also) return [];
    await writeState(tx, prepared, surroundings.sealPublicKey);
    await also?.(tx);
    await recordAudit(tx, ctx, { ...(audit ?? { action: 'config.apply', targetType: 'config', targetId: revisionId }), after: { changes: prepared.changes } });
    await bumpVersion(tx, 'policy');
    return prepared.changes;
  }, { timeoutMs: APPLY_TIMEOUT_MS });
}
