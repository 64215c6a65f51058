import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { StartError } from '@/lib/platform';
import type { GatewayPool } from '@/lib/store';

/** How long a predecessor that is being replaced may take to go. */
const PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;
/** Beats come every 10 s; one that is missing for this long will not come again. */
const SILENT_S = 25;

interface Other {
  host: string;
  pid: number;
}

/**
 * Without Redis the rate limits live in one process, so a second one on the same database would double them: it waits for
 * the first to go, then gives up. Throws StartError.
 */
export async function refuseToShareDatabase(pool: GatewayPool): Promise<void> {
  if (env().redisUrl) return;
  const deadline = performance.now() + PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    const other = await findOther(pool);
    if (!other) return;
    if (performance.now() > deadline) {
      throw new StartError(`another Fairlead (process ${other.pid} on ${other.host}) serves this database. Stop it, or set REDIS_URL for both so that they share rate limits.`);
    }
    if (isFirst) log.info({ host: other.host, pid: other.pid }, 'another process serves this database; waiting for it to go');
    await sleep(LOOK_AGAIN_MS);
  }
}

async function findOther(pool: GatewayPool): Promise<Other | null> {
  const { rows } = await pool.query<Other>('SELECT host, pid FROM heartbeat WHERE seen_at > now() - make_interval(secs => $1)', [SILENT_S]);
  return rows.find(({ host, pid }) => host !== hostname() || (pid !== process.pid && isAlive(pid))) ?? null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
