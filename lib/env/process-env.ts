import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv as parseEnvText } from 'node:util';
import { parseEnv } from './parse-env';
import { publicSchema } from './schema';
import type { Env, Role } from './types';

let parsed: Env | undefined;

/** The parsed environment of this process. Throws EnvironmentError for a bad value. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Reads `.env.local` and `.env`, as Next does; what is set already wins. */
export function loadEnvFiles(directory = process.cwd()): void {
  for (const name of ['.env.local', '.env']) {
    const file = path.join(/* turbopackIgnore: true */ directory, name);
    // The comments keep Next from taking the whole project for something to deploy.
    if (!existsSync(/* turbopackIgnore: true */ file)) continue;
    for (const [key, value] of Object.entries(parseEnvText(readFileSync(/* turbopackIgnore: true */ file, 'utf8')))) process.env[key] ??= value;
  }
  parsed = undefined;
}

/** Entry points that are not "everything in one process" say so first. */
export function assumeRole(role: Role): void {
  set({ FAIRLEAD_ROLE: role });
}

/**
 * Fills in what only became known while the installation was opened. It goes through `process.env` because Next keeps
 * its own copies of this module, and they all have to see it.
 */
export function completeEnv(values: {
  databaseUrl?: string;
  authSecret?: string;
  encryptionKeys?: readonly string[];
  sealPublicKey?: string;
  port?: number;
}): void {
  set({
    FAIRLEAD_DATABASE_URL: values.databaseUrl,
    FAIRLEAD_AUTH_SECRET: values.authSecret,
    FAIRLEAD_ENCRYPTION_KEY: values.encryptionKeys?.join(','),
    FAIRLEAD_SEAL_PUBLIC_KEY: values.sealPublicKey,
    PORT: values.port?.toString(),
  });
}

/**
 * What a child process of the supervisor gets. The console gets no encryption key: the variables are emptied rather
 * than removed, because Next would read them again from `.env`.
 */
export function childEnvironment(role: 'gateway' | 'console', consoleSocketPath: string, workerIndex = 0): Record<string, string | undefined> {
  const child: Record<string, string | undefined> = {
    ...process.env,
    NODE_ENV: 'production',
    FAIRLEAD_ROLE: role,
    FAIRLEAD_CONSOLE_SOCKET: consoleSocketPath,
    FAIRLEAD_WORKER: String(workerIndex),
  };
  if (role === 'console') Object.assign(child, { ENCRYPTION_KEY: '', FAIRLEAD_ENCRYPTION_KEY: '' });
  return child;
}

/** Every variable of the public environment, for programs that start the product with none of them inherited. */
export function publicVariables(): string[] {
  return Object.keys(publicSchema.shape);
}

function set(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) if (value !== undefined) process.env[name] = value;
  parsed = undefined;
}
