import { rmSync } from 'node:fs';
import type { GatewayClient, GatewayPool } from '@/lib/store';
import type { JournalEntry, LeftJournal } from './journal';
import { LabelBounds } from './roll-ups';
import { arrayText, type RowEncoders } from './row-text';
import { buildBatch, chargesText, SETTLE, settleValues, type Settlement } from './settlement';
import type { Slice } from './slice-book';

/**
 * Books what a dead process had written into its journal and no longer into the database: by id, so that what did arrive
 * is not booked again, and against the leases it still holds. Where those were swept it is written off.
 */
export async function replayJournal(pool: GatewayPool, encode: RowEncoders, { file, settled, opened }: LeftJournal): Promise<void> {
  const client = await pool.connect();
  try {
    for (const owner of new Set(settled.map((entry) => entry.owner))) await replayOwner(client, encode, owner, settled.filter((entry) => entry.owner === owner));
    // Of what is left the sweep makes interrupted calls.
    if (opened.length > 0) await client.query('INSERT INTO logs.request SELECT * FROM unnest($1::logs.request[]) ON CONFLICT DO NOTHING', [arrayText(opened.map(encode.request))]);
  } finally {
    client.release();
  }
  rmSync(file);
}

async function replayOwner(client: GatewayClient, encode: RowEncoders, owner: string, entries: JournalEntry[]): Promise<void> {
  await client.query('BEGIN');
  try {
    const { rows: alive } = await client.query<{ settled_batch: string }>('SELECT settled_batch::text FROM heartbeat WHERE process_id = $1 FOR UPDATE', [owner]);
    const ids = entries.map(({ id }) => id);
    const days = [...new Set(entries.map(({ row }) => row.day))];
    const { rows: ended } = await client.query<{ id: string }>(`SELECT id FROM logs.request WHERE day = ANY ($2::date[]) AND id = ANY ($1::text[]) AND status NOT IN ('running', 'interrupted')`, [ids, days]);
    const done = new Set(ended.map(({ id }) => id));
    const slices = new Map<string, Slice>();
    const settlements = [...new Map(entries.map((entry) => [entry.id, entry])).values()].filter(({ id }) => !done.has(id)).map((entry) => settlementOf(entry, slices));
    if (settlements.length > 0 && alive[0]) {
      const last = BigInt(alive[0].settled_batch);
      await client.query(SETTLE, settleValues(buildBatch(owner, settlements, [], [], new LabelBounds(), encode), last + 1n, last));
    } else if (settlements.length > 0) {
      await client.query('SELECT ledger.write_off($1::ledger.charge[], $2::logs.request[], $3::logs.attempt[])', [
        chargesText(settlements),
        arrayText(settlements.map(({ row }) => encode.request({ ...row, cost_nano: '0', fund: undefined }))),
        arrayText(settlements.flatMap(({ attempts }) => attempts.map(encode.attempt))),
      ]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The process is gone, and with it every hold of its running calls: its slices hold nothing any more. */
function settlementOf(entry: JournalEntry, slices: Map<string, Slice>): Settlement {
  const sliceOf = (id: string): Slice => {
    let slice = slices.get(id);
    if (!slice) slices.set(id, (slice = { id, free: 0n, held: 0n, settling: 0n, returning: 0n, stock: 0n, usedAt: 0, leasedAt: 0, askAt: 0, changed: false, recalled: false }));
    return slice;
  };
  return { ...entry, opened: true, moves: entry.moves.map(({ account, spent, leased }) => ({ account, spent: BigInt(spent), slice: leased ? sliceOf(account) : null })) };
}
