import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { StartError } from './start-error';

/** The user that Postgres runs as. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root: then it runs as `postgres`, else as `nobody`. Null: as whoever we are. */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = users.find((fields) => fields[0] === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new StartError(
    'PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. Start Fairlead as another user, or set DATABASE_URL.',
  );
}

/** The first folder on the way to `target` (itself included) that the user may not pass through, or null. */
export function firstClosedFolder(target: string, user: ServerUser | null): string | null {
  if (!user) return null;
  const { root } = path.parse(target);
  const steps = target.slice(root.length).split(path.sep).filter(Boolean);
  let folder = root;
  for (const step of steps) {
    folder = path.join(folder, step);
    const stat = statSync(folder, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return null;
    const execute = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    if ((stat.mode & execute) === 0) return folder;
  }
  return null;
}
