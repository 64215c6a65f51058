import type { GatewayPool } from '@/lib/store';
import { readJournals } from './journal';
import { replayJournal } from './replay';
import { loadRowEncoders, type RowEncoders } from './row-text';

/**
 * For who knows that no process but `self` serves this database: books what the dead left in their journals, takes back
 * what they leased and marks their running calls. Returns how many were interrupted.
 */
export async function recoverPredecessors(pool: GatewayPool, journalFolder: string, self = ''): Promise<number> {
  await replayJournals(pool, await loadRowEncoders(pool), journalFolder, () => true);
  const { rows } = await pool.query<{ process_id: string }>(`${LEFT_BEHIND} UNION SELECT process_id FROM heartbeat WHERE process_id <> $1 AND role <> 'console'`, [self]);
  return sweep(pool, rows.map((row) => row.process_id), true);
}

/**
 * Takes back at once what one process leased that is known to be dead: for its parent, who saw it end. Books its journal
 * first. Returns how many of its calls were interrupted.
 */
export async function recoverDead(pool: GatewayPool, journalFolder: string, dead: { owner: string; pid: number }): Promise<number> {
  await replayJournals(pool, await loadRowEncoders(pool), journalFolder, (pid) => pid === dead.pid);
  return sweep(pool, [dead.owner], true);
}

/** Before the sweep: what is in a journal was answered and is charged to the leases of the dead process. */
export async function replayJournals(pool: GatewayPool, encoders: RowEncoders, folder: string, isGone: (pid: number) => boolean): Promise<void> {
  for (const left of readJournals(folder, isGone)) await replayJournal(pool, encoders, left);
}

/** Takes back the leases of dead processes; with `gone`, without looking at their last sign of life. */
export async function sweep(pool: GatewayPool, dead: string[], gone: boolean): Promise<number> {
  if (dead.length === 0) return 0;
  const { rows } = await pool.query<{ swept: number }>('SELECT ledger.sweep($1::text[], $2) AS swept', [dead, gone]);
  return rows[0]?.swept ?? 0;
}

/** Processes that left running calls or leases behind and no heartbeat. */
export const LEFT_BEHIND = `SELECT p.process_id FROM (
    SELECT process_id FROM lease UNION SELECT process_id FROM logs.request WHERE status = 'running'
  ) p WHERE p.process_id <> $1 AND NOT EXISTS (SELECT FROM heartbeat b WHERE b.process_id = p.process_id)`;
