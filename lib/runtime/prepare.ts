import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { env } from '@/lib/env';
import { hashPassword } from '@/lib/auth/hash-password';
import { newId } from '@/lib/kernel/ids';
import { log } from '@/lib/log';
import { applyConfig } from '@/lib/services/config';
import { seedCatalogue } from '@/lib/services/catalogue';
import { issueSetupToken } from '@/lib/services/setup/setup-token';
import { recoverPredecessors } from '@/lib/ledger';
import { asSystem, createGatewayPool } from '@/lib/store';
import type { FirstSteps } from './banner';
import { keepPartitions } from './partitions';
import { refuseToShareDatabase } from './share-database';

/**
 * Everything an opened database needs before anybody is served: the starter catalogue, the operator named by the
 * environment, the configuration file and the log partitions. Runs at every start and changes nothing twice.
 */
export async function prepareInstallation(): Promise<FirstSteps> {
  await asSystem(seedCatalogue);
  const operatorEmail = await ensureOperator();
  const { configFile } = env();
  if (configFile) {
    const changes = await applyConfig({
      ctx: { actor: { type: 'system', label: 'CONFIG_FILE' }, operator: true },
      input: { text: await readFile(configFile, 'utf8') },
    });
    if (changes.length > 0) log.info({ changes: changes.length, file: configFile }, 'configuration applied');
  }
  const pool = createGatewayPool({ max: 1, onError: (error) => log.warn({ err: error }, 'a database connection closed') });
  try {
    await keepPartitions(pool);
    await refuseToShareDatabase(pool);
    // Who owns the data knows that nobody else runs: what a crash left behind is freed before anybody calls.
    if (env().isDatabaseEmbedded) await recoverPredecessors(pool, path.join(env().dataDir, 'journal'));
  } finally {
    await pool.end();
  }
  return { setupToken: await issueSetupToken(), operatorEmail };
}

/** Creates the operator of ADMIN_EMAIL and ADMIN_PASSWORD at the first start; later starts leave the account as it is. */
async function ensureOperator(): Promise<string | null> {
  const { adminEmail, adminPassword } = env();
  if (!adminEmail || !adminPassword) return null;
  const email = adminEmail.trim().toLowerCase();
  const passwordHash = await hashPassword(adminPassword);
  await asSystem(async (tx) => {
    const existing = await tx.user.findUnique({ where: { email } });
    if (existing) {
      if (!existing.isOperator) await tx.user.update({ where: { email }, data: { isOperator: true } });
      return;
    }
    await tx.user.create({ data: { id: newId('usr'), email, passwordHash, emailVerifiedAt: new Date(), isOperator: true } });
    log.info({ email }, 'operator account created');
  });
  return email;
}
