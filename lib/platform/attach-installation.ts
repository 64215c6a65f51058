import { completeEnv, env } from '@/lib/env';
import { publicKeyFrom } from '@/lib/seal';
import { findEmbeddedPostgres } from './embedded-postgres';
import { openInstallation } from './open-installation';
import { readSecrets } from './secrets-file';

/**
 * For commands that run beside a live product: finds its database by DATA_DIR or DATABASE_URL and fills `env()`. When
 * the product is not running, its database is started for the command and stopped by `close`.
 */
export async function attachInstallation(): Promise<{ close(): Promise<void> }> {
  const { dataDir, isDatabaseEmbedded } = env();
  if (!isDatabaseEmbedded) {
    completeEnv({ sealPublicKey: publicKeyFrom(env().encryptionKeys[0] ?? '') });
    return { close: async () => undefined };
  }
  const secrets = readSecrets(dataDir);
  const url = secrets && findEmbeddedPostgres(dataDir, secrets.databasePassword);
  if (!secrets || !url) return openInstallation();
  completeEnv({ authSecret: secrets.authSecret, encryptionKeys: [secrets.encryptionKey], databaseUrl: url });
  completeEnv({ sealPublicKey: publicKeyFrom(env().encryptionKeys[0] ?? '') });
  return { close: async () => undefined };
}
