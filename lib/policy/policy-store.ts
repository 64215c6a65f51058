import { FairleadError } from '@/lib/kernel/errors';
import type { Clock } from '@/lib/kernel/clock';
import type { GatewayPool } from '@/lib/store';
import type { OrgId } from '@/lib/kernel/ids';
import { findCaller } from './find-caller';
import { type CompiledPreset, findPreset, listPresetNames } from './find-preset';
import { loadPolicy } from './load-policy';
import type { Caller, PolicySnapshot } from './types';

const POLL_MS = 400;
/** Without a fresh look at the versions for this long a revoke could be missed, so calls are refused. */
const STALE_MS = 1_000;
const MAX_CALLERS = 20_000;
const MAX_UNKNOWN = 10_000;
/** A preset may hold a long prompt. */
const MAX_PRESETS = 500;

export interface PolicyStore {
  /** The snapshot in force. Throws `database_unavailable` when it may be out of date. */
  current(): PolicySnapshot;
  /** The caller of a key hash: from memory, else one prepared look-up. Null for unknown and revoked keys. */
  caller(hash: string): Promise<Caller | null>;
  /** A preset as a call names it, from memory or by one look-up; null when the organization has none of the name and version. */
  preset(orgId: OrgId, slug: string, version: number | null): Promise<CompiledPreset | null>;
  /** What the organization's presets are called, for the list of models. */
  presetNames(orgId: OrgId): ReturnType<typeof listPresetNames>;
  stop(): void;
}

/**
 * Keeps the policy snapshot and the callers in memory. One poll every 400 ms reads two counters on the normal pool;
 * a change of `policy` recompiles the snapshot, a change of either drops every remembered caller.
 */
export async function startPolicyStore(deps: {
  pool: GatewayPool;
  clock: Clock;
  unseal(sealed: string): string;
  onProblem(what: string, error?: unknown): void;
  /** Keys or organizations changed: what runs on what was true before may have to end. */
  onKeysChanged?(): void;
}): Promise<PolicyStore> {
  const { pool, clock } = deps;
  const reported = new Set<string>();
  const load = () =>
    loadPolicy(pool, {
      unseal: deps.unseal,
      onProblem(what, error) {
        if (!reported.has(what)) deps.onProblem(what, error);
        reported.add(what);
      },
    });

  let keysVersion = await readVersions(pool).then((versions) => versions.keys);
  let snapshot = await load();
  let freshAt = clock.monotonic();
  let callers = new Map<string, Caller>();
  let unknown = new Set<string>();
  let presets = new Map<string, CompiledPreset | null>();
  let generation = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const forget = () => {
    generation += 1;
    callers = new Map();
    unknown = new Set();
    presets = new Map();
  };

  const look = async () => {
    const sentAt = clock.monotonic();
    const versions = await readVersions(pool);
    if (versions.policy !== snapshot.version) {
      snapshot = await load();
      forget();
    }
    if (versions.keys !== keysVersion) {
      keysVersion = versions.keys;
      forget();
      deps.onKeysChanged?.();
    }
    freshAt = sentAt;
  };
  const poll = async () => {
    try {
      await look();
    } catch (error) {
      deps.onProblem('the policy poll failed', error);
    } finally {
      if (!stopped) timer = setTimeout(poll, POLL_MS);
    }
  };
  timer = setTimeout(poll, POLL_MS);

  return {
    current() {
      if (clock.monotonic() - freshAt > POLL_MS + STALE_MS) throw new FairleadError('database_unavailable', undefined, { retryAfterS: 1 });
      return snapshot;
    },
    async caller(hash) {
      const known = callers.get(hash);
      if (known) return known;
      if (unknown.has(hash)) return null;
      let asked = generation;
      const found = await findCaller(pool, hash);
      // An organization may be newer than the snapshot, and its plan with it: the first call does not wait for the next poll.
      if (found && !snapshot.plans.has(found.planId)) {
        await look();
        asked = generation;
      }
      // A look-up that was under way while the versions moved must not write what it saw before into the new memory.
      if (asked === generation) {
        if (found) {
          if (callers.size >= MAX_CALLERS) callers.delete(callers.keys().next().value as string);
          callers.set(hash, found);
        } else {
          if (unknown.size >= MAX_UNKNOWN) unknown.clear();
          unknown.add(hash);
        }
      }
      return found;
    },
    async preset(orgId, slug, version) {
      const name = `${orgId}/${slug}@${version ?? ''}`;
      const known = presets.get(name);
      if (known !== undefined) return known;
      const asked = generation;
      const found = await findPreset(pool, orgId, slug, version);
      if (asked === generation) {
        if (presets.size >= MAX_PRESETS) presets.delete(presets.keys().next().value as string);
        presets.set(name, found);
      }
      return found;
    },
    presetNames: (orgId) => listPresetNames(pool, orgId),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function readVersions(pool: GatewayPool): Promise<{ policy: bigint; keys: bigint }> {
  const { rows } = await pool.query<{ name: string; value: string }>({ name: 'versions', text: 'SELECT name, value::text FROM version' });
  const of = (name: string) => BigInt(rows.find((row) => row.name === name)?.value ?? '0');
  return { policy: of('policy'), keys: of('keys') };
}
