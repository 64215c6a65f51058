import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { migrateDatabase } from './migrate';

const { url, query } = await createTestDatabase();
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'fairlead-migrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function prisma(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: url,
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'scripts/prisma-schema-engine.mjs'),
    CHECKPOINT_DISABLE: '1',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), ...args], { cwd: root, env });
  return stdout;
}

describe('the migrations that the product applies by itself', () => {
  it('are what the stock Prisma CLI calls up to date', async () => {
    expect(await prisma('migrate', 'status')).toContain('Database schema is up to date');
  });

  it('make exactly the schema in schema.prisma', async () => {
    const script = await prisma('migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script');
    expect(script.replace(/^--.*$/gm, '').trim()).toBe('');
  });

  it('are applied once, however many start at the same time', async () => {
    cpSync(path.join(root, 'prisma/migrations'), folder, { recursive: true });
    const added = path.join(folder, '99990101000000_more');
    mkdirSync(added);
    writeFileSync(path.join(added, 'migration.sql'), 'CREATE TABLE more (id int); INSERT INTO more VALUES (1);');
    const results = await Promise.all([migrateDatabase(url, folder), migrateDatabase(url, folder), migrateDatabase(url, folder)]);
    expect(results.flat()).toEqual(['99990101000000_more']);
    expect(await query('SELECT id FROM more')).toEqual([{ id: 1 }]);
  });

  it('leave nothing behind when one of them fails', async () => {
    const broken = path.join(folder, '99990101000001_broken');
    mkdirSync(broken);
    writeFileSync(path.join(broken, 'migration.sql'), 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(migrateDatabase(url, folder)).rejects.toThrow('99990101000001_broken failed and was undone: division by zero');
    expect(await query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    rmSync(broken, { recursive: true });
  });

  it('refuse a database that a newer version made, and a migration that was edited afterwards', async () => {
    await expect(migrateDatabase(url)).rejects.toThrow('99990101000000_more, which this version of Fairlead does not know');
    writeFileSync(path.join(folder, '99990101000000_more', 'migration.sql'), 'SELECT 1;');
    await expect(migrateDatabase(url, folder)).rejects.toThrow('was changed after it was applied');
  });
});
