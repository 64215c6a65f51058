import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { publicVariables } from '@/lib/env';

const root = path.resolve(import.meta.dirname, '..');
/** Includes a build, should the sources have changed since the last one. */
const START_TIMEOUT_MS = 240_000;
const STOP_TIMEOUT_MS = 25_000;
const INHERITED = ['PATH', 'HOME', 'USER', 'SHELL', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'npm_config_cache'];

export interface ProductOptions {
  /** Added to an otherwise clean environment: nothing of yours gets in, no `.env` either. */
  env?: Record<string, string>;
  /** An empty folder of its own when absent. */
  dataDir?: string;
  port?: number;
  /** `node`: `npm start`. `next`: `next start`, where inference goes through the route handlers. */
  door?: 'node' | 'next';
}

export interface Product {
  url: string;
  apiBaseUrl: string;
  port: number;
  dataDir: string;
  /** The process that was started: npm's, or with the `next` door Next's own. It leads its process group. */
  pid: number;
  /** Everything the product printed so far, banner and log. */
  output(): string;
  /** Runs `npm run fairlead -- …` beside the product and returns what it printed. */
  fairlead(...args: string[]): Promise<string>;
  /** SIGTERM, as an operator would; resolves when the whole product is gone. Removes a folder of its own. */
  stop(): Promise<void>;
  /** `kill -9` of the whole process group; Postgres stays, as after a real one. The folder stays too. */
  kill(): Promise<void>;
}

/** Starts the product by its own start command and waits until it is ready to serve. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? makeDataDir();
  const environment = { ...cleanEnvironment(), PORT: String(port), DATA_DIR: dataDir, ...options.env };
  const child = runProduct(options.door ?? 'node', port, environment);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));

  const url = `http://127.0.0.1:${port}`;
  const product: Product = {
    url,
    apiBaseUrl: `${url}/v1`,
    port,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    fairlead: (...args) => runCommand(['run', '--silent', 'fairlead', '--', ...args], environment),
    async stop() {
      const owner = hasOwner(dataDir) ? ownerPid(dataDir) : null;
      if (!hasEnded(child)) child.kill('SIGTERM');
      await waitFor(
        () => hasEnded(child) && !hasOwner(dataDir) && !isAlive(owner),
        STOP_TIMEOUT_MS,
        () => `The product did not stop:\n${output}`,
      );
      if (!options.dataDir) rmSync(path.dirname(dataDir), { recursive: true, force: true });
    },
    async kill() {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
      await waitFor(
        () => hasEnded(child),
        STOP_TIMEOUT_MS,
        () => 'The product survived kill -9.',
      );
    },
  };
  await waitFor(
    () => hasEnded(child) || isReady(url),
    START_TIMEOUT_MS,
    () => `The product was not ready in time:\n${output}`,
  );
  if (hasEnded(child)) throw new Error(`The product did not start (exit code ${child.exitCode}):\n${output}`);
  // The banner follows readiness by a moment.
  await waitFor(
    () => output.includes('Fairlead is ready'),
    15_000,
    () => `The product printed no banner:\n${output}`,
  );
  return product;
}

/** Runs the start command to its end, for starts that are meant to be refused. */
export async function startAndExpectRefusal(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = runProduct('node', 0, { ...cleanEnvironment(), ...env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(
    () => hasEnded(child),
    60_000,
    () => `The start was not refused:\n${output}`,
  );
  return { code: child.exitCode, output };
}

/** An empty folder that the database's own user can reach too. */
export function makeDataDir(): string {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'fairlead-e2e-'));
  chmodSync(parent, 0o755);
  const dataDir = path.join(parent, 'data');
  mkdirSync(dataDir);
  return dataDir;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The process that owns DATA_DIR: the supervisor, or Next itself. */
export function ownerPid(dataDir: string): number {
  return (JSON.parse(readFileSync(path.join(dataDir, 'owner.lock'), 'utf8')) as { pid: number }).pid;
}

function runProduct(door: 'node' | 'next', port: number, env: NodeJS.ProcessEnv): ChildProcess {
  const [command, args]: [string, string[]] =
    door === 'node'
      ? ['npm', ['start', '--silent']]
      : [process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port), '-H', '127.0.0.1']];
  return spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

function runCommand(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`npm ${args.join(' ')} ended with ${code}:\n${out}${err}`))));
  });
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined));
  // Empty, not absent: an empty variable counts as not set, and a `.env` file does not fill it.
  const emptied = Object.fromEntries(publicVariables().map((name) => [name, '']));
  return { ...emptied, ...inherited, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function hasOwner(dataDir: string): boolean {
  return existsSync(path.join(dataDir, 'owner.lock'));
}

function isAlive(pid: number | null): boolean {
  if (pid === null) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function waitFor(condition: () => boolean | Promise<boolean>, timeoutMs: number, complaint: () => string): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(complaint());
    await delay(50);
  }
}
