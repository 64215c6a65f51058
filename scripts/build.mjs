// Builds the product: the database client, the console (Next.js) and our own processes (esbuild), into .next and dist.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fingerprint, fingerprintFile, isBuildFresh, root } from './fingerprint.mjs';

const lockFolder = path.join(root, 'dist', 'building');
const bin = (name) => path.join(root, 'node_modules', ...name);
const PRISMA = bin(['prisma', 'build', 'index.js']);
const NEXT = bin(['next', 'dist', 'bin', 'next']);

/** Builds unless the last build is of exactly these sources. Two that ask at once build once. */
export async function buildIfStale() {
  if (isBuildFresh()) return;
  await withBuildLock(async () => {
    if (!isBuildFresh()) await build();
  });
}

/** Makes the database client that the types and the code are generated from. */
export function generateClient() {
  return run(PRISMA, ['generate'], { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' });
}

async function build() {
  const startedAt = Date.now();
  console.log('Building Fairlead (once; about a minute) …');
  const built = fingerprint();
  rmSync(fingerprintFile, { force: true });
  await generateClient();
  await Promise.all([run(NEXT, ['build'], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', FAIRLEAD_ROLE: 'build' }), bundle()]);
  writeFileSync(fingerprintFile, built);
  console.log(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

async function bundle() {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { server: 'server.ts', ...(existsSync(path.join(root, 'lib/cli/main.ts')) && { cli: 'lib/cli/main.ts' }) },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
}

/** Runs one of our tools; its words are shown only when it fails. */
function run(script, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      reject(new Error(`${path.basename(path.dirname(script))} ${args.join(' ')} failed:\n${said}`));
    });
  });
}

async function withBuildLock(work) {
  mkdirSync(path.dirname(lockFolder), { recursive: true });
  while (!claim()) await delay(300);
  try {
    await work();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function claim() {
  try {
    mkdirSync(lockFolder);
    writeFileSync(path.join(lockFolder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isOwnerAlive()) rmSync(lockFolder, { recursive: true, force: true });
  return false;
}

function isOwnerAlive() {
  try {
    const pid = Number(readFileSync(path.join(lockFolder, 'pid'), 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    // Without a pid file the owner is between its two steps, or died there; the former is over in a moment.
    return error.code === 'ENOENT' ? false : error.code === 'EPERM';
  }
}

if (process.argv[1] === import.meta.filename) {
  const isForced = process.argv.includes('--force');
  if (isForced) rmSync(fingerprintFile, { force: true });
  try {
    await buildIfStale();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
