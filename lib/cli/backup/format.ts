import type pg from 'pg';

/**
 * A backup is gzip over lines of text: the header, then for each table `#table NAME` and one JSON object per row as
 * Postgres writes it (numbers are never read as floats on the way), then `#end ROWS`, without which it is cut.
 */
export const FORMAT = 1;
export const TABLE_MARK = '#table ';
export const END_MARK = '#end ';

export interface BackupHeader {
  fairleadBackup: typeof FORMAT;
  createdAt: string;
  /** Names and checksums: a backup goes back into the schema it was taken from. */
  migrations: string[];
  /** Days of logs per retention class, for which partitions have to exist first. */
  partitions: { class: string; from: string; to: string }[];
  /** What opens the sealed credentials. Only where the installation made the key itself; otherwise the operator has it. */
  encryptionKey?: string;
}

/** Tables of the installation, what is pointed at before what points at it. Bookkeeping of live processes is no part of it. */
export async function listTables(client: pg.Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ oid: string; name: string }>(`
    SELECT c.oid::text, format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'logs') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT IN ('_prisma_migrations', 'heartbeat')
    ORDER BY name`);
  const { rows: references } = await client.query<{ from: string; to: string }>(`SELECT conrelid::oid::text AS "from", confrelid::oid::text AS "to" FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`);
  const ordered: string[] = [];
  let waiting = tables;
  while (waiting.length > 0) {
    const isFree = ({ oid }: { oid: string }): boolean => !references.some(({ from, to }) => from === oid && waiting.some((other) => other.oid === to));
    const free = waiting.filter(isFree);
    if (free.length === 0) throw new Error(`tables point at each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`);
    ordered.push(...free.map(({ name }) => name));
    waiting = waiting.filter((table) => !free.includes(table));
  }
  return ordered;
}

export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`SELECT migration_name || ' ' || checksum AS line FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`);
  return rows.map(({ line }) => line);
}
