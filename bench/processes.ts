import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const run = promisify(execFile);

export interface Running {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/** A TypeScript entry in a process of its own; it says its port over IPC. */
export async function startEntry(file: string, env: Record<string, string>): Promise<Running> {
  const child = fork(path.join(root, file), [], { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => end(child) };
}

export interface Product extends Running {
  dataDir: string;
  cli<T>(...args: string[]): Promise<T>;
  /** Applies another configuration file while it runs. */
  configure(config: string): Promise<void>;
}

/** The product by its own start command (`npm start`), or as Next alone (`next start`), on an empty data folder. */
export async function startProduct(door: 'node' | 'route handlers', config: string): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fairlead-bench-'));
  const configFile = path.join(dataDir, 'fairlead.yaml');
  writeFileSync(configFile, config);
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    DATA_DIR: dataDir,
    CONFIG_FILE: configFile,
    ALLOW_PRIVATE_UPSTREAMS: 'true',
    LOG_LEVEL: 'warn',
  };
  const command = door === 'node' ? ['scripts/start.mjs'] : ['node_modules/next/dist/bin/next', 'start', '-p', String(port), '-H', '127.0.0.1'];
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(origin, child);
  const cli = async (...args: string[]) => JSON.parse((await run(process.execPath, ['scripts/fairlead.mjs', ...args, '--json'], { cwd: root, env: { ...env, CONFIG_FILE: undefined } })).stdout);
  return {
    origin,
    pid: child.pid ?? 0,
    dataDir,
    cli,
    async configure(changed) {
      writeFileSync(configFile, changed);
      await cli('config', 'apply', '-f', configFile);
    },
    async stop() {
      await end(child);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (child.exitCode !== null) throw new Error('the product did not start');
    const ready = await fetch(`${origin}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the product was not ready in time');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 25_000);
  await gone;
  clearTimeout(timer);
}
