import { readFile } from 'node:fs/promises';

/** How a configuration file names a secret. `stored`: keep the one that is already in the database. */
export type SecretReference = { kind: 'env'; name: string } | { kind: 'file'; path: string } | { kind: 'stored' };

/** Where references are looked up. An HTTP caller gets no files: it could send any file of the server to an upstream of its choice. */
export interface SecretSource {
  variable(name: string): string | undefined;
  file(path: string): Promise<string>;
}

const REFERENCE = /^\$\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+)|(stored))\}$/;

/** The product's own secrets are no provider's: sending one to an upstream would give the installation away. */
const OWN_SECRETS = new Set([
  'AUTH_SECRET', 'NEXTAUTH_SECRET', 'ENCRYPTION_KEY', 'ADMIN_PASSWORD', 'DATABASE_URL', 'DATABASE_DIRECT_URL', 'REDIS_URL',
  'FAIRLEAD_DATABASE_URL', 'FAIRLEAD_AUTH_SECRET', 'FAIRLEAD_ENCRYPTION_KEY', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'SMTP_URL', 'METRICS_TOKEN',
]);

/** The reference that is the whole of `text`, or null: a secret mixed with clear text is a secret in clear. */
export function wholeSecretReference(text: string): SecretReference | null {
  const match = REFERENCE.exec(text.trim());
  if (!match) return null;
  if (match[1]) return { kind: 'env', name: match[1] };
  if (match[2]) return { kind: 'file', path: match[2].trim() };
  return { kind: 'stored' };
}

/** The secret behind an `env` or `file` reference, or why there is none. */
export async function resolveSecret(reference: Exclude<SecretReference, { kind: 'stored' }>, source: SecretSource): Promise<{ secret: string } | { problem: string }> {
  if (reference.kind === 'env') {
    if (OWN_SECRETS.has(reference.name)) return { problem: `${reference.name} is a secret of this installation, not of a provider` };
    const value = source.variable(reference.name)?.trim();
    if (value === undefined) return { problem: `the environment variable ${reference.name} is not set` };
    if (value === '') return { problem: `the environment variable ${reference.name} is empty` };
    return { secret: value };
  }
  try {
    const value = (await source.file(reference.path)).trim();
    return value === '' ? { problem: `the file ${reference.path} is empty` } : { secret: value };
  } catch (error) {
    const code = (error as { code?: string }).code;
    return { problem: code === 'ENOENT' ? `the file ${reference.path} does not exist` : `the file ${reference.path} cannot be read (${code ?? (error as Error).message})` };
  }
}

/** Secrets of the command line and of `CONFIG_FILE`: who runs those may read the same variables and files anyway. */
export function localSecrets(variable: SecretSource['variable']): SecretSource {
  return { variable, file: (path) => readFile(path, 'utf8') };
}

/** Secrets for a file that came over HTTP: variables only, so nobody can have a file of the server sent to an upstream. */
export function remoteSecrets(variable: SecretSource['variable']): SecretSource {
  return {
    variable,
    file: () => Promise.reject(new Error('files are read by the command line and CONFIG_FILE only')),
  };
}
