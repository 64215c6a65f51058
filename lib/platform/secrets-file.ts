import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StartError } from './start-error';

const schema = z.object({ databasePassword: z.string().min(1), authSecret: z.string().min(1), encryptionKey: z.string().min(1) });

/** What an installation with an embedded database makes for itself once and must never lose. */
export type GeneratedSecrets = z.infer<typeof schema>;

export function secretsFile(dataDir: string): string {
  return path.join(dataDir, 'secrets.json');
}

/** Reads the secrets of DATA_DIR, or makes them on the first start. The file is for its owner only (0600). */
export function readOrCreateSecrets(dataDir: string): GeneratedSecrets {
  const found = readSecrets(dataDir);
  if (found) return found;
  if (existsSync(path.join(dataDir, 'postgres', 'PG_VERSION')) || existsSync(path.join(dataDir, 'postgres-folder'))) {
    throw new StartError(`${secretsFile(dataDir)} is missing, but the database it belongs to is there. Put the file back, or set another DATA_DIR.`);
  }
  const secrets: GeneratedSecrets = {
    databasePassword: randomBytes(24).toString('hex'),
    authSecret: randomBytes(32).toString('base64'),
    encryptionKey: randomBytes(32).toString('base64'),
  };
  const draft = `${secretsFile(dataDir)}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  writeSync(file, `${JSON.stringify(secrets, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, secretsFile(dataDir));
  return secrets;
}

/** The secrets of DATA_DIR, or null when there are none yet. */
export function readSecrets(dataDir: string): GeneratedSecrets | null {
  const file = secretsFile(dataDir);
  if (!existsSync(file)) return null;
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartError(`${file} cannot be read as Fairlead's secrets. Put the original file back.`);
  }
}
