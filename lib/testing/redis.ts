import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { namedVariable } from '@/lib/env/named-variable';

export interface TestRedis {
  url: string;
  /** Kills the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The Redis or Valkey server of this machine, or null: tests that need one say so when they are skipped. */
export function findRedisServer(): string | null {
  for (const folder of (namedVariable('PATH') ?? '').split(path.delimiter)) {
    for (const name of ['redis-server', 'valkey-server']) {
      const file = path.join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  return null;
}

/** A real server on a free port, with nothing stored. Throws where the machine has none. */
export async function startTestRedis(): Promise<TestRedis> {
  const file = findRedisServer();
  if (!file) throw new Error('there is no redis-server or valkey-server on the PATH');
  const port = await freePort();
  let server: ChildProcess;
  const start = async () => {
    server = spawn(file, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    for (let tries = 0; tries < 200; tries++) {
      if (await answers(port)) return;
      await sleep(25);
    }
    throw new Error('the Redis server did not start');
  };
  const stop = (signal: NodeJS.Signals) =>
    new Promise<void>((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve();
      server.once('exit', () => resolve());
      server.kill(signal);
    });
  await start();
  return { url: `redis://127.0.0.1:${port}`, kill: () => stop('SIGKILL'), restart: start, close: () => stop('SIGTERM') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
