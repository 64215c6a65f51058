import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { isAlive } from '@/lib/platform/live-process';
import { migrateDatabase, startEmbeddedPostgres } from '@/lib/platform';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An administrator's URL of the run's server, and the migrated database every test file gets a copy of. */
    databaseServer: { adminUrl: string; template: string };
  }
}

const PREFIX = 'fairlead-test-';
const TEMPLATE = 'fairlead_template';

/** One throw-away server for the whole run, without fsync: speed, not durability. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  removeLeftovers();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir,
    password: 'test',
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  const tearDown = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const adminUrl = withDatabase(server.url, 'postgres');
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
    await admin.end();
    await migrateDatabase(withDatabase(server.url, TEMPLATE));
    project.provide('databaseServer', { adminUrl, template: TEMPLATE });
  } catch (error) {
    await tearDown();
    throw error;
  }
  return tearDown;
}

/** A run that was killed leaves its server behind; the next run ends it. */
function removeLeftovers(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (!owner || isAlive(owner)) continue;
    const folder = path.join(os.tmpdir(), name);
    try {
      process.kill(Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
    } catch {
      // It is gone already, or never ran.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
