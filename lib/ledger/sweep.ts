import type { GatewayPool } from '@/lib/store';

/** Seconds without a heartbeat after which a process counts as dead (architecture §4: lease 45 s, sweep at 55 s). */
const DEAD_AFTER_S = 55;

/**
 * Releases the holds of processes that are gone and marks their running calls `interrupted`. With `ownsData` every
 * process but `self` is gone by definition, so a restart after `kill -9` frees the money at once.
 * Returns how many calls were interrupted.
 */
export async function sweepDeadProcesses(pool: GatewayPool, self: string, ownsData: boolean): Promise<number> {
  const { rows } = await pool.query<{ process_id: string }>(
    `SELECT DISTINCT p.process_id FROM (
       SELECT process_id FROM hold UNION SELECT process_id FROM logs.request WHERE status = 'running'
     ) p LEFT JOIN heartbeat b ON b.process_id = p.process_id
     WHERE p.process_id <> $1 AND ($2 OR b.seen_at IS NULL OR b.seen_at < now() - make_interval(secs => $3))`,
    [self, ownsData, DEAD_AFTER_S],
  );
  if (rows.length === 0) return 0;
  const dead = rows.map((row) => row.process_id);
  const swept = await pool.query<{ swept: number }>('SELECT ledger.sweep($1::text[]) AS swept', [dead]);
  await pool.query('DELETE FROM heartbeat WHERE process_id = ANY($1::text[])', [dead]);
  return swept.rows[0]?.swept ?? 0;
}
