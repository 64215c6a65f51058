// `npm run migrate:new -- NAME`: writes the SQL that takes the database from the migrations to prisma/schema.prisma, on a
// throw-away server. Read it before you commit it; what Prisma has no words for is added by hand.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { register } from 'tsx/esm/api';

const root = path.resolve(import.meta.dirname, '..');
const name = process.argv[2];
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('npm run migrate:new -- NAME   (lower case letters, digits and underscores)');
  process.exit(2);
}
process.chdir(root);
register();
const { migrateDatabase, startEmbeddedPostgres } = await import('../lib/platform/index.ts');

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'fairlead-migration-'));
chmodSync(dataDir, 0o755);
const server = await startEmbeddedPostgres({ dataDir, password: 'migration', settings: { fsync: 'off' } });
try {
  await migrateDatabase(server.url);
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      path.join('node_modules', 'prisma', 'build', 'index.js'),
      'migrate',
      'diff',
      '--from-config-datasource',
      '--to-schema',
      'prisma/schema.prisma',
      '--script',
    ],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: server.url,
        DATABASE_DIRECT_URL: server.url,
        PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'scripts', 'prisma-schema-engine.mjs'),
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (status !== 0) throw new Error('prisma migrate diff failed.');
  if (stdout.replace(/^--.*$/gm, '').trim() === '') {
    console.log('The migrations already make this schema; nothing to write.');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = path.join('prisma', 'migrations', `${stamp}_${name}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'migration.sql'), stdout);
    console.log(`Wrote ${path.join(folder, 'migration.sql')}. Read it, then start the product: it applies it.`);
  }
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
