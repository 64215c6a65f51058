import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StartError } from './start-error';

/**
 * A private folder for the unix sockets of the installation in `dataDir`. It is not in DATA_DIR itself, because a
 * socket's path must stay under some 100 characters.
 */
export function socketFolder(dataDir: string): string {
  const uid = process.getuid?.() ?? 0;
  const folder = folderOf(dataDir, uid);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`The temporary folder cannot be written: ${(error as Error).message}. Set TMPDIR.`);
  }
  const stat = lstatSync(folder);
  // Someone else may have made it first, to listen in.
  if (!stat.isDirectory() || (process.getuid && (stat.uid !== uid || (stat.mode & 0o077) !== 0))) {
    throw new StartError(`${folder} belongs to somebody else or is open to others. Remove it, or set TMPDIR.`);
  }
  return folder;
}

/** Removes the folder when the installation is closed. */
export function removeSocketFolder(dataDir: string): void {
  rmSync(folderOf(dataDir, process.getuid?.() ?? 0), { recursive: true, force: true });
}

function folderOf(dataDir: string, uid: number): string {
  const name = createHash('sha256')
    .update(`${uid}:${path.resolve(dataDir)}`)
    .digest('hex')
    .slice(0, 12);
  return path.join(os.tmpdir(), `fairlead-${name}`);
}
