import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { type BackupHeader, END_MARK, FORMAT, listTables, readMigrations, TABLE_MARK } from './format';

/** Bodies are up to half a megabyte a row; fewer of them fit into memory at a time. */
const FETCH_ROWS = { 'logs.body': 20, other: 500 };

/**
 * Writes a consistent copy of the whole database, taken beside a live product, into a file that only its owner can
 * read. Answers how many rows it holds.
 */
export async function writeBackup(input: { url: string; file: string; encryptionKey?: string }): Promise<{ rows: number; tables: number }> {
  const client = new pg.Client({ connectionString: input.url });
  await client.connect();
  const draft = `${input.file}.${process.pid}.partial`;
  const counts = { rows: 0, tables: 0 };
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await pipeline(Readable.from(lines(client, input.encryptionKey, counts)), createGzip(), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, input.file);
    return counts;
  } finally {
    await rm(draft, { force: true });
    await client.end();
  }
}

async function* lines(client: pg.Client, encryptionKey: string | undefined, counts: { rows: number; tables: number }): AsyncGenerator<string> {
  const header: BackupHeader = {
    fairleadBackup: FORMAT,
    createdAt: new Date().toISOString(),
    migrations: await readMigrations(client),
    partitions: await readPartitions(client),
    ...(encryptionKey === undefined ? {} : { encryptionKey }),
  };
  yield `${JSON.stringify(header)}\n`;
  for (const table of await listTables(client)) {
    yield `${TABLE_MARK}${table}\n`;
    counts.tables += 1;
    await client.query(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${table} t`);
    const size = table === 'logs.body' ? FETCH_ROWS['logs.body'] : FETCH_ROWS.other;
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`FETCH ${size} FROM backup_rows`);
      if (rows.length === 0) break;
      counts.rows += rows.length;
      yield rows.map(({ line }) => `${line}\n`).join('');
    }
    await client.query('CLOSE backup_rows');
  }
  yield `${END_MARK}${counts.rows}\n`;
}

async function readPartitions(client: pg.Client): Promise<BackupHeader['partitions']> {
  const { rows } = await client.query<{ class: string; from: string; to: string }>(`
    SELECT class, min(day)::text AS "from", max(day)::text AS "to" FROM (
      SELECT class, day FROM logs.request UNION SELECT class, day FROM logs.attempt UNION SELECT class, day FROM logs.body
    ) d GROUP BY class ORDER BY class`);
  return rows;
}
