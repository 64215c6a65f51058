import { log } from '@/lib/log';
import type { GatewayPool } from '@/lib/store';
import { keepPartitions } from './partitions';

const COUNT_MS = 10_000;
const KEY_USE_MS = 3_000;
const PARTITIONS_MS = 60 * 60 * 1_000;

/** A process whose last beat is older than this counts as gone where only a share of a limit depends on it. */
const ALIVE_S = 30;

export interface Heartbeat {
  /** Processes that serve inference on this database, this one included, as of the last beat. */
  liveProcesses(): number;
  stop(): Promise<void>;
}

/** What a serving process does beside serving and holding leases: knows how many others there are, writes when keys were used, keeps log partitions ahead of the clock. */
export async function startHeartbeat({ pool, flushKeyUse }: { pool: GatewayPool; flushKeyUse(): Promise<void> }): Promise<Heartbeat> {
  let live = 1;
  const count = async () => {
    const { rows } = await pool.query<{ live: number }>('SELECT count(*)::int AS live FROM heartbeat WHERE seen_at > now() - make_interval(secs => $1)', [ALIVE_S]);
    live = Math.max(1, rows[0]?.live ?? 1);
  };
  await count();
  await keepPartitions(pool);
  const guarded = (what: string, work: () => Promise<unknown>) => () => void work().catch((error: unknown) => log.warn({ err: error }, `${what} failed`));
  const timers = [
    setInterval(guarded('counting processes', count), COUNT_MS),
    setInterval(guarded('writing when keys were used', flushKeyUse), KEY_USE_MS),
    setInterval(guarded('keeping the log partitions', () => keepPartitions(pool)), PARTITIONS_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    liveProcesses: () => live,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await flushKeyUse().catch(() => undefined);
    },
  };
}
