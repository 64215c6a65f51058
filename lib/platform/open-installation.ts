import { accessSync, constants, mkdirSync } from 'node:fs';
import { completeEnv, env } from '@/lib/env';
import { log } from '@/lib/log';
import { publicKeyFrom } from '@/lib/seal';
import { checkSeal } from './check-seal';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { migrateDatabase } from './migrate';
import { acquireOwnerLock, type OwnerLock } from './owner-lock';
import { readOrCreateSecrets } from './secrets-file';
import { removeSocketFolder } from './socket-folder';
import { StartError } from './start-error';
import { waitForDatabase } from './wait-for-database';

export interface Installation {
  /** The process of the embedded server, or null with a database of one's own. */
  postgresPid(): number | null;
  /** Says to a start that comes now that this one is on its way out. */
  markStopping(): void;
  /** Stops the embedded server and gives DATA_DIR back. Close every pool first. */
  close(): Promise<void>;
}

/**
 * Everything before the first query: DATA_DIR is ours, secrets exist, the database runs, is migrated and opens with our
 * key. Afterwards `env()` knows the database URL and the secrets.
 */
export async function openInstallation(): Promise<Installation> {
  const { dataDir, appUrl } = env();
  makeDataDir(dataDir);
  const lock = await acquireOwnerLock(dataDir, appUrl);
  let postgres: EmbeddedPostgres | null = null;
  try {
    if (env().isDatabaseEmbedded) {
      const secrets = readOrCreateSecrets(dataDir);
      completeEnv({ authSecret: secrets.authSecret, encryptionKeys: [secrets.encryptionKey] });
      postgres = await startEmbeddedPostgres({ dataDir, password: secrets.databasePassword });
      completeEnv({ databaseUrl: postgres.url });
    } else {
      await waitForDatabase(env().databaseDirectUrl);
    }
    completeEnv({ sealPublicKey: publicKeyFrom(env().encryptionKeys[0] ?? '') });
    const applied = await migrateDatabase(env().databaseDirectUrl);
    if (applied.length > 0) log.info({ migrations: applied }, 'database migrated');
    const { resealed } = await checkSeal(env().databaseDirectUrl, env().encryptionKeys);
    if (resealed > 0) log.info({ resealed }, 'credentials sealed again to the newest encryption key');
  } catch (error) {
    await postgres?.stop();
    lock.release();
    throw error;
  }
  return installation(dataDir, lock, postgres);
}

function installation(dataDir: string, lock: OwnerLock, postgres: EmbeddedPostgres | null): Installation {
  return {
    postgresPid: () => postgres?.pid() ?? null,
    markStopping: () => lock.markStopping(),
    async close() {
      await postgres?.stop();
      removeSocketFolder(dataDir);
      lock.release();
    },
  };
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(`DATA_DIR ${dataDir} cannot be written: ${(error as Error).message}`);
  }
}
