import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { log } from '@/lib/log';
import { chooseClusterFolder, makeStagingFolder } from './cluster-folder';
import { isAlive } from './live-process';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries';
import { findFreePort, findPostmaster, type RunningPostmaster, SERVER_ENVIRONMENT, socketDirectory, spawnPostmaster, stopPostmaster, waitUntilReady } from './postmaster';
import { type ServerUser, serverUser } from './server-user';
import { StartError } from './start-error';

const OWNER = 'fairlead';
const DATABASE = 'fairlead';
const READY_TIMEOUT_MS = 120_000;
const RETRY_WINDOW_MS = 20_000;

export interface EmbeddedPostgres {
  url: string;
  /** The server's process; it changes when the server had to be started again. */
  pid(): number;
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  password: string;
  /** More server settings, such as `fsync: 'off'` for tests. */
  settings?: Record<string, string>;
}

/** Starts the embedded server, or adopts the one a killed predecessor left running. Starts it again should it die. */
export async function startEmbeddedPostgres({ dataDir, password, settings = {} }: Options): Promise<EmbeddedPostgres> {
  const user = serverUser();
  const binaries = findPostgresBinaries(user);
  const cluster = chooseClusterFolder(dataDir, user);
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await createCluster(cluster, binaries, user, password);
  checkVersion(cluster, binaries);

  const start = (port?: number) => startOrAdopt({ binaries, cluster, user, password, settings, port, logFile: path.join(dataDir, 'postgres.log') });
  let running = await start();
  await createDatabase(urlOf(cluster, password, running.port, 'postgres'));

  let isStopping = false;
  let restart: Promise<void> | null = null;
  const watch = setInterval(() => {
    if (isStopping || restart || isAlive(running.pid)) return;
    log.error({ pid: running.pid }, 'PostgreSQL ended unexpectedly; starting it again');
    restart = start(running.port)
      .then((next) => {
        running = next;
      })
      .catch((error: unknown) => log.error({ err: error }, 'PostgreSQL could not be started again'))
      .finally(() => {
        restart = null;
      });
  }, 1_000);
  watch.unref();

  return {
    url: urlOf(cluster, password, running.port, DATABASE),
    pid: () => running.pid,
    async stop() {
      isStopping = true;
      clearInterval(watch);
      await restart;
      await stopPostmaster(running.pid);
    },
  };
}

/** The URL of a server that runs in `dataDir` right now, or null. Starts nothing. */
export function findEmbeddedPostgres(dataDir: string, password: string): string | null {
  if (!existsSync(dataDir)) return null;
  const note = path.join(dataDir, 'postgres-folder');
  const cluster = existsSync(note) ? readFileSync(note, 'utf8').trim() : chooseClusterFolder(dataDir, null);
  const running = existsSync(cluster) ? findPostmaster(cluster) : null;
  return running && urlOf(cluster, password, running.port, DATABASE);
}

async function createCluster(cluster: string, { initdb }: PostgresBinaries, user: ServerUser | null, password: string): Promise<void> {
  if (existsSync(cluster)) throw new StartError(`${cluster} holds no database and is in the way: move it aside, or set another DATA_DIR.`);
  const staging = makeStagingFolder(cluster, user);
  const passwordFile = path.join(staging, 'password');
  const made = path.join(staging, 'cluster');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  mkdirSync(made, { mode: 0o700 });
  if (user) for (const file of [passwordFile, made]) chownSync(file, user.uid, user.gid);
  try {
    await promisify(execFile)(
      initdb,
      // The builtin locale sorts the same on every machine, whatever locales are installed.
      [
        '-D',
        made,
        '-U',
        OWNER,
        `--pwfile=${passwordFile}`,
        '-A',
        'scram-sha-256',
        '-E',
        'UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      { cwd: '/', env: SERVER_ENVIRONMENT, ...(user && { uid: user.uid, gid: user.gid }) },
    );
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new StartError(`The embedded PostgreSQL could not be set up: ${lastLine(stderr) || message}`);
  }
  renameSync(made, cluster);
  rmSync(staging, { recursive: true, force: true });
}

async function startOrAdopt(options: {
  binaries: PostgresBinaries;
  cluster: string;
  user: ServerUser | null;
  password: string;
  settings: Record<string, string>;
  port?: number;
  logFile: string;
}): Promise<RunningPostmaster> {
  const { cluster, password } = options;
  const deadline = performance.now() + RETRY_WINDOW_MS;
  for (;;) {
    const found = findPostmaster(cluster);
    if (found?.port) {
      const state = await waitUntilReady(found.pid, urlOf(cluster, password, found.port, 'postgres'), READY_TIMEOUT_MS);
      if (state === 'ready') return found;
      if (state === 'timeout') throw new StartError(`A PostgreSQL server runs in ${cluster} (process ${found.pid}) but takes no connections.`);
      continue;
    }
    const port = options.port ?? (await findFreePort());
    const child = spawnPostmaster({
      postgres: options.binaries.postgres,
      cluster,
      port,
      user: options.user,
      logFile: options.logFile,
      settings: options.settings,
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid ?? 0));
      child.once('error', (error) => reject(new StartError(`The embedded PostgreSQL could not be run: ${error.message}`)));
    });
    const state = await waitUntilReady(pid, urlOf(cluster, password, port, 'postgres'), READY_TIMEOUT_MS);
    if (state === 'ready') return { pid, port };
    await stopPostmaster(pid);
    const said = readFileSync(options.logFile, 'utf8');
    // A port taken in between, or server processes of a killed predecessor on their way out: both pass.
    const passes = /could not bind|in use|shared memory|lock file/i.test(said);
    if (!passes || performance.now() > deadline)
      throw new StartError(`The embedded PostgreSQL did not start: ${lastLine(said) || state} (see ${options.logFile})`);
    await delay(300);
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function checkVersion(cluster: string, { version }: PostgresBinaries): void {
  const found = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  const expected = version.split('.')[0];
  if (found !== expected)
    throw new StartError(
      `The database in ${cluster} was made by PostgreSQL ${found}, but this version of Fairlead brings ${expected}. Restore a backup into a new DATA_DIR.`,
    );
}

function urlOf(cluster: string, password: string, port: number, database: string): string {
  const socket = socketDirectory(cluster);
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}${socket ? `?host=${encodeURIComponent(socket)}` : ''}`;
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .filter((line) => /FATAL|PANIC|error/i.test(line))
      .at(-1)
      ?.trim() ??
    text.trim().split('\n').at(-1)?.trim() ??
    ''
  );
}
