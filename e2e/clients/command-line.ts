import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const FOLDER = path.join(process.cwd(), 'node_modules/.cache/fairlead-clients');
const BIN = path.join(FOLDER, 'node_modules/.bin');
const INSTALL_MS = 240_000;
const RUN_MS = 60_000;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Installs a command line at a pinned version beside Node 24, which the newest majors want. Once per checkout: the folder is
 * a cache. Null when it is there, else why it is not.
 */
export function installClient(name: string, version: string): string | null {
  mkdirSync(FOLDER, { recursive: true });
  const manifest = path.join(FOLDER, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}');
  const missing = [`node@24.21.0`, `${name}@${version}`].filter((spec) => !isInstalled(spec));
  if (missing.length === 0) return null;
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--no-package-lock', ...missing];
  const { status, stderr } = spawnSync('npm', args, { cwd: FOLDER, encoding: 'utf8', timeout: INSTALL_MS });
  return status === 0 ? null : `npm ${args.join(' ')} failed: ${stderr.slice(-500)}`;
}

function isInstalled(spec: string): boolean {
  const at = spec.lastIndexOf('@');
  const file = path.join(FOLDER, 'node_modules', spec.slice(0, at), 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version === spec.slice(at + 1);
}

/** Runs a command line in an empty home and an empty folder, with nothing of the caller's environment but the path. */
export function runClient(command: string, args: string[], options: { env?: Record<string, string>; files?: Record<string, string> } = {}): Promise<Ran> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'fairlead-client-'));
  const cwd = path.join(home, 'work');
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(options.files ?? {})) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: [BIN, path.join(FOLDER, 'node_modules/node/bin'), process.env.PATH].join(':'), HOME: home, TMPDIR: home, LANG: 'C.UTF-8', NO_COLOR: '1', CI: '1', ...options.env };
  const child = spawn(path.join(BIN, command), args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((resolve) => {
    const end = (code: number | null) => {
      clearTimeout(timer);
      // What it started belongs to its process group.
      if (child.pid) {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It is gone already.
        }
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
      resolve({ code, stdout, stderr });
    };
    const timer = setTimeout(() => end(null), RUN_MS);
    child.on('close', end);
    child.on('error', (error) => {
      stderr += error.message;
      end(null);
    });
  });
}
