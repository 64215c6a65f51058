import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { isAlive, isPostgresIn } from './live-process';
import type { ServerUser } from './server-user';

/** The server gets a clean environment, whatever ours holds: no secrets, no locale of the machine. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' } as const;

export interface RunningPostmaster {
  pid: number;
  port: number;
}

/** Reads `postmaster.pid`. Removes it when its process is gone, a zombie, or not this cluster's server. */
export function findPostmaster(cluster: string): RunningPostmaster | null {
  const file = path.join(cluster, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (pid > 0 && isPostgresIn(pid, cluster)) return { pid, port: Number(lines[3]) };
  rmSync(file, { force: true });
  return null;
}

/** A unix socket's path may have some 100 characters, its own name included. */
const LONGEST_SOCKET_FOLDER = 85;

/**
 * Where the server's unix socket lives: in the cluster's own folder, which only its user may enter. It carries a batch of
 * rows at half the CPU of a loopback connection. Null where there are no such sockets or the path is too long: then TCP.
 */
export function socketDirectory(cluster: string): string | null {
  return process.platform === 'win32' || Buffer.byteLength(cluster) > LONGEST_SOCKET_FOLDER ? null : cluster;
}

/** Starts the server in a session of its own, so that Ctrl-C in a terminal reaches us and not the database. */
export function spawnPostmaster(options: {
  postgres: string;
  cluster: string;
  port: number;
  user: ServerUser | null;
  logFile: string;
  settings: Record<string, string>;
}): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: socketDirectory(options.cluster) ?? '',
    unix_socket_permissions: '0700',
    max_connections: '120',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    // Short statements only: compiling them costs more than it saves.
    jit: 'off',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_checkpoints: 'off',
    // Errors of single statements are the caller's to log; here only what concerns the server.
    log_min_messages: 'log',
    ...options.settings,
  };
  const log = openSync(options.logFile, 'w', 0o600);
  try {
    const child = spawn(options.postgres, ['-D', options.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: SERVER_ENVIRONMENT,
      ...(options.user && { uid: options.user.uid, gid: options.user.gid }),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Waits until the server takes connections. Says `gone` as soon as its process ends. */
export async function waitUntilReady(pid: number, url: string, timeoutMs: number): Promise<'ready' | 'gone' | 'timeout'> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return 'ready';
    } catch (error) {
      void client.end().catch(() => undefined);
      const { code } = error as { code?: string };
      // Wrong password or missing role will not mend itself; everything else may (starting up, recovering, not listening yet).
      if (code === '28P01' || code === '28000') throw error;
      if (!isAlive(pid)) return 'gone';
    }
    await delay(25);
  }
  return 'timeout';
}

/** Fast shutdown; if that takes too long, immediate shutdown, which the next start recovers from. */
export async function stopPostmaster(pid: number, timeoutMs = 4_000): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', timeoutMs],
    ['SIGQUIT', 1_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntilGone(pid, patienceMs)) return;
  }
}

export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (!isAlive(pid)) return true;
    await delay(20);
  }
  return !isAlive(pid);
}

/** A port of 127.0.0.1 that nobody listens on right now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
