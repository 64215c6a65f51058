import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { privateKeysFrom, publicKeyFrom, seal, unseal } from '@/lib/seal';
import { UsageError } from '../command';
import { type BackupHeader, END_MARK, FORMAT, listTables, readMigrations, TABLE_MARK } from './format';

const BATCH_ROWS = 500;
const BATCH_BYTES = 8 * 1024 * 1024;
/** A process that was seen within this time is running. */
const ALIVE_S = 60;
const SEAL_CHECK = 'seal.check';

interface RestoreInput {
  url: string;
  file: string;
  /** Of this installation, newest first: restored credentials are sealed to it. */
  encryptionKeys: readonly string[];
  /** Replace an installation that has organizations. */
  force: boolean;
}

/**
 * Puts a backup into this database in one transaction, in place of everything that is there. The product must not run:
 * it would go on with what it has in memory.
 */
export async function restoreBackup(input: RestoreInput): Promise<{ rows: number; createdAt: string }> {
  const header = await checkFile(input.file);
  const client = new pg.Client({ connectionString: input.url });
  await client.connect();
  try {
    await client.query('BEGIN');
    await assertRestorable(client, header, input.force);
    const tables = await listTables(client);
    const { rows: check } = await client.query<{ value: unknown }>('SELECT value FROM setting WHERE key = $1', [SEAL_CHECK]);
    await client.query(`TRUNCATE ${tables.join(', ')} CASCADE`);
    // What a trigger writes when a row comes in (a version of an alias) is in the backup as a row of its own.
    for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const days of header.partitions) await client.query('SELECT logs.ensure_partitions(ARRAY[$1::text], $2::date, $3::date)', [days.class, days.from, days.to]);
    const rows = await copyRows(client, input.file, new Set(tables));
    for (const table of tables) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    if (header.encryptionKey !== undefined) await sealAgain(client, header.encryptionKey, input.encryptionKeys, check[0]?.value);
    await client.query('COMMIT');
    return { rows, createdAt: header.createdAt };
  } finally {
    await client.end();
  }
}

/** Reads the file once to its end, so that a cut or foreign file changes nothing. */
async function checkFile(file: string): Promise<BackupHeader> {
  let header: BackupHeader | null = null;
  let rows = 0;
  let end: string | null = null;
  try {
    for await (const line of readLines(file)) {
      if (header === null) header = JSON.parse(line) as BackupHeader;
      else if (line.startsWith(END_MARK)) end = line;
      else if (!line.startsWith(TABLE_MARK)) rows += 1;
    }
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a backup: ${(error as Error).message}`);
  }
  if (header?.fairleadBackup !== FORMAT) throw new UsageError(`${file} is not a backup of this product`);
  if (end !== `${END_MARK}${rows}`) throw new UsageError(`${file} is cut: its end is missing`);
  return header;
}

async function assertRestorable(client: pg.Client, header: BackupHeader, force: boolean): Promise<void> {
  const { rows: alive } = await client.query(`SELECT 1 FROM heartbeat WHERE seen_at > now() - make_interval(secs => ${ALIVE_S}) LIMIT 1`);
  if (alive.length > 0) throw new UsageError('The product is running on this database; stop it first.');
  if (JSON.stringify(header.migrations) !== JSON.stringify(await readMigrations(client))) throw new UsageError('The backup was taken from another version; restore it with the version it was taken from, then upgrade.');
  const { rows: orgs } = await client.query('SELECT 1 FROM organization LIMIT 1');
  if (orgs.length > 0 && !force) throw new UsageError('This database has organizations; --force replaces them with what is in the backup.');
}

async function copyRows(client: pg.Client, file: string, tables: ReadonlySet<string>): Promise<number> {
  let table = '';
  let batch: string[] = [];
  let bytes = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    // The rows stay text until Postgres reads them: a bigint would not survive JSON.parse.
    await client.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(null::${table}, $1::jsonb)`, [`[${batch.join(',')}]`]);
    total += batch.length;
    batch = [];
    bytes = 0;
  };
  let isHeader = true;
  for await (const line of readLines(file)) {
    if (isHeader) {
      isHeader = false;
    } else if (line.startsWith(TABLE_MARK)) {
      await flush();
      table = line.slice(TABLE_MARK.length);
      if (!tables.has(table)) throw new UsageError(`${file} holds a table that this version does not have: ${table}`);
    } else if (!line.startsWith(END_MARK)) {
      batch.push(line);
      bytes += line.length;
      if (batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await flush();
    }
  }
  await flush();
  return total;
}

/** The backup's credentials were sealed to the installation it came from; this one has a key of its own. */
async function sealAgain(client: pg.Client, theirKey: string, ourKeys: readonly string[], ourCheck: unknown): Promise<void> {
  const [ourKey] = ourKeys;
  if (ourKey === undefined || ourKey === theirKey) return;
  const theirs = privateKeysFrom([theirKey]);
  const { rows } = await client.query<{ id: string; sealed: string }>('SELECT id, sealed FROM credential WHERE sealed IS NOT NULL');
  for (const { id, sealed } of rows) await client.query('UPDATE credential SET sealed = $2 WHERE id = $1', [id, seal(publicKeyFrom(ourKey), unseal(theirs, sealed))]);
  if (ourCheck === undefined) await client.query('DELETE FROM setting WHERE key = $1', [SEAL_CHECK]);
  else await client.query('UPDATE setting SET value = $2 WHERE key = $1', [SEAL_CHECK, JSON.stringify(ourCheck)]);
}

async function* readLines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  yield* createInterface({ input: source.pipe(gunzip), crlfDelay: Number.POSITIVE_INFINITY });
}
