import { env } from '@/lib/env';
import { attachInstallation, migrateDatabase } from '@/lib/platform';
import { privateKeysFrom, sealedKeyId } from '@/lib/seal';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem, closePrisma } from '@/lib/store';

/**
 * Finds the installation's database, whether the product runs or not. A database that nothing was ever installed in is
 * made ready first, so `config apply` can come before the first start. One that is in use is never migrated from here:
 * the running product may be of another version.
 */
export async function openDatabase(): Promise<{ close(): Promise<void> }> {
  const installation = await attachInstallation();
  if (!(await isInstalled())) {
    await closePrisma();
    await migrateDatabase(env().databaseDirectUrl);
  }
  await asSystem(seedCatalogue);
  await assertOurKey();
  return installation;
}

/** With DATABASE_URL the key comes from this shell's environment: sealed to another one, a secret could never be opened again. */
async function assertOurKey(): Promise<void> {
  const check = await asSystem((tx) => tx.setting.findUnique({ where: { key: 'seal.check' } }));
  if (typeof check?.value !== 'string') return;
  const keyId = sealedKeyId(check.value);
  if (!privateKeysFrom(env().encryptionKeys).some(({ id }) => id === keyId)) throw new Error('ENCRYPTION_KEY is not the one that this database was made with.');
}

async function isInstalled(): Promise<boolean> {
  try {
    const [row] = await asSystem((tx) => tx.$queryRaw<{ found: boolean }[]>`SELECT to_regclass('public.setting') IS NOT NULL AS found`);
    return row?.found === true;
  } catch (error) {
    // The first migration makes the role that every connection acts as.
    if (/role "fairlead_app" does not exist/.test((error as Error).message)) return false;
    throw error;
  }
}
