import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { log } from '@/lib/log';
import { SYSTEM_FOLDER } from './postgres-binaries';
import { firstClosedFolder, type ServerUser } from './server-user';

/**
 * Where the cluster lives: `DATA_DIR/postgres`. When Postgres runs as another user (we are root) that cannot reach it
 * there, a system folder takes its place, and `DATA_DIR/postgres-folder` says which.
 */
export function chooseClusterFolder(dataDir: string, user: ServerUser | null): string {
  const inside = path.join(realpathSync(dataDir), 'postgres');
  const note = path.join(dataDir, 'postgres-folder');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  if (!user) return inside;

  const closed = firstClosedFolder(path.dirname(inside), user);
  if (closed === null) return inside;
  if (closed === path.dirname(inside) && openForServer(closed, user)) return inside;
  if (existsSync(inside)) return inside;

  const outside = path.join(SYSTEM_FOLDER, randomUUID(), 'postgres');
  mkdirSync(path.dirname(outside), { recursive: true, mode: 0o755 });
  writeFileSync(note, `${outside}\n`);
  log.warn(
    { closed, folder: outside },
    `PostgreSQL runs as ${user.name}, who may not enter ${closed}: the database is kept in ${outside} instead. Back it up with fairlead backup, not by copying DATA_DIR`,
  );
  return outside;
}

/** A private folder of root's own (0700) lets the server's group pass through, and nothing more. */
function openForServer(folder: string, user: ServerUser): boolean {
  const { mode, uid } = statSync(folder);
  if (uid !== 0 || (mode & 0o077) !== 0) return false;
  chownSync(folder, uid, user.gid);
  chmodSync(folder, (mode & 0o7777) | 0o010);
  log.info({ folder, user: user.name }, 'DATA_DIR is private: the group of the database user may now pass through it');
  return true;
}

/** A private folder beside the cluster in which a new cluster is made before it is moved into place. */
export function makeStagingFolder(cluster: string, user: ServerUser | null): string {
  const staging = `${cluster}.new`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { mode: 0o700 });
  if (user) chownSync(staging, user.uid, user.gid);
  return staging;
}
