import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** True when the process runs. A zombie, whose parent never asked for its exit code, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = procStat(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** Tells two processes with the same number apart: boot and start time. Null where the system does not say. */
export function processIdentity(pid: number): string | null {
  const startTicks = procStat(pid)?.[19];
  if (startTicks) return `${readText('/proc/sys/kernel/random/boot_id')?.trim()}:${startTicks}`;
  return processStatus(pid, 'lstart');
}

/** True for a live Postgres server that works in `directory`, as far as the system lets us see. */
export function isPostgresIn(pid: number, directory: string): boolean {
  if (!isAlive(pid)) return false;
  const name = readText(`/proc/${pid}/comm`)?.trim() ?? processStatus(pid, 'comm');
  if (name !== null && !/postgres/.test(name)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    return true;
  }
}

/**
 * The processes we live under: our parent and, when that is only the shell in which npm runs a script, npm itself.
 * Changes when one of them is gone.
 */
export function describeParents(): string {
  const parent = process.ppid;
  const name = readText(`/proc/${parent}/comm`)?.trim() ?? '';
  return /^(sh|dash|bash|ash|zsh)$/.test(name) ? `${parent} ${procStat(parent)?.[1]}` : String(parent);
}

/** The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets. */
function procStat(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : null;
}

function processStatus(pid: number, field: 'lstart' | 'comm'): string | null {
  if (process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null;
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
