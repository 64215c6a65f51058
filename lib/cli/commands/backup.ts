import { env } from '@/lib/env';
import { restoreBackup } from '../backup/restore-backup';
import { writeBackup } from '../backup/write-backup';
import type { Command } from '../command';

export const backup: Command = {
  words: ['backup'],
  summary: 'write a consistent copy of the database, beside a live product',
  usage: 'FILE',
  options: {},
  positionals: { min: 1, max: 1 },
  needsDatabase: true,
  help: 'With the embedded database the file also holds the key that opens provider credentials: keep it as you keep those.\nWith DATABASE_URL keep ENCRYPTION_KEY beside it.',
  async run({ positionals: [file = ''] }) {
    const { databaseDirectUrl, isDatabaseEmbedded, encryptionKeys } = env();
    const { rows, tables } = await writeBackup({ url: databaseDirectUrl, file, ...(isDatabaseEmbedded && encryptionKeys[0] ? { encryptionKey: encryptionKeys[0] } : {}) });
    return { json: { file, rows, tables }, text: `Wrote ${file}: ${rows} rows of ${tables} tables` };
  },
};

export const restore: Command = {
  words: ['restore'],
  summary: 'put a backup in place of what is there',
  usage: 'FILE [--force]',
  options: { force: { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  needsDatabase: true,
  help: 'Stop the product first. --force replaces a database that has organizations.',
  async run({ options, positionals: [file = ''] }) {
    const { databaseDirectUrl, encryptionKeys } = env();
    const { rows, createdAt } = await restoreBackup({ url: databaseDirectUrl, file, encryptionKeys, force: options.force === true });
    return { json: { file, rows, created_at: createdAt }, text: `Restored ${rows} rows, as of ${createdAt}` };
  },
};
