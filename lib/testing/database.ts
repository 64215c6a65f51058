import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { completeEnv } from '@/lib/env';
import { publicKeyFrom } from '@/lib/seal';
import { closePrisma } from '@/lib/store';
import { withDatabase } from './database-server';

export interface TestDatabase {
  /** The owner's URL of this file's own database. */
  url: string;
  /** A query as the owner, past row-level security: for arranging and for looking. */
  query<Row extends pg.QueryResultRow = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
}

/**
 * A migrated, empty database of this test file's own, on real Postgres. `env()` and with it lib/store point at it from
 * here on. Call it once at the top of a `*.db.test.ts`; it is dropped when the file is done.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('databaseServer');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = withDatabase(adminUrl, name);
  const encryptionKey = randomBytes(32).toString('base64');
  completeEnv({
    databaseUrl: url,
    authSecret: randomBytes(32).toString('base64'),
    encryptionKeys: [encryptionKey],
    sealPublicKey: publicKeyFrom(encryptionKey),
  });

  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  afterAll(async () => {
    await closePrisma();
    await pool.end();
    await administer(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => (await pool.query<Row>(sql, values)).rows,
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
