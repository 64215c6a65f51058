import { log } from '@/lib/log';
import { sweepDeadProcesses } from '@/lib/ledger';
import type { GatewayPool } from '@/lib/store';
import { keepPartitions } from './partitions';

const BEAT_MS = 10_000;
const SWEEP_MS = 15_000;
const KEY_USE_MS = 3_000;
const PARTITIONS_MS = 60 * 60 * 1_000;

/** A process whose last beat is older than this counts as gone where only a share of a limit depends on it. */
const ALIVE_S = 30;

export interface Heartbeat {
  /** Processes that serve inference on this database, this one included, as of the last beat. */
  liveProcesses(): number;
  stop(): Promise<void>;
}

/** What a serving process does beside serving: says that it lives, frees what dead ones held, writes when keys were used, keeps log partitions ahead of the clock. */
export async function startHeartbeat(deps: { pool: GatewayPool; processId: string; role: string; host: string; flushKeyUse(): Promise<void> }): Promise<Heartbeat> {
  const { pool, processId } = deps;
  let live = 1;
  const beat = async () => {
    await pool.query(
      `INSERT INTO heartbeat (process_id, role, host, pid) VALUES ($1, $2, $3, $4)
       ON CONFLICT (process_id) DO UPDATE SET seen_at = now()`,
      [processId, deps.role, deps.host, process.pid],
    );
    const { rows } = await pool.query<{ live: number }>('SELECT count(*)::int AS live FROM heartbeat WHERE seen_at > now() - make_interval(secs => $1)', [ALIVE_S]);
    live = Math.max(1, rows[0]?.live ?? 1);
  };
  await beat();
  await keepPartitions(pool);
  const guarded = (what: string, work: () => Promise<unknown>) => () => void work().catch((error: unknown) => log.warn({ err: error }, `${what} failed`));
  const timers = [
    setInterval(guarded('the heartbeat', beat), BEAT_MS),
    setInterval(guarded('the sweep', () => sweepDeadProcesses(pool, processId, false)), SWEEP_MS),
    setInterval(guarded('writing when keys were used', deps.flushKeyUse), KEY_USE_MS),
    setInterval(guarded('keeping the log partitions', () => keepPartitions(pool)), PARTITIONS_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    liveProcesses: () => live,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await deps.flushKeyUse().catch(() => undefined);
      await pool.query('DELETE FROM heartbeat WHERE process_id = $1', [processId]).catch(() => undefined);
    },
  };
}
