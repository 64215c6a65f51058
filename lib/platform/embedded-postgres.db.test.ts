import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';

const parent = mkdtempSync(path.join(os.tmpdir(), 'fairlead-embedded-'));
chmodSync(parent, 0o755);
const dataDir = path.join(parent, 'data');
mkdirSync(dataDir, { mode: 0o755 });
writeFileSync(path.join(dataDir, 'notes.txt'), 'mine');
const postmasterFile = path.join(dataDir, 'postgres', 'postmaster.pid');
const started: EmbeddedPostgres[] = [];

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, password: 'pw', settings: { fsync: 'off' } });
  started.push(server);
  return server;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

afterAll(async () => {
  await Promise.all(started.map((server) => server.stop()));
  rmSync(parent, { recursive: true, force: true });
});

describe('the embedded Postgres', () => {
  it('starts in a subfolder of a folder that holds other things, on loopback and with a password', async () => {
    const server = await start();
    expect(await ask(server.url, `SELECT current_setting('listen_addresses') || ' ' || current_setting('server_version_num')`)).toMatch(/^127\.0\.0\.1 18/);
    await expect(ask(server.url.replace(':pw@', ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(readFileSync(path.join(dataDir, 'notes.txt'), 'utf8')).toBe('mine');
    expect(statSync(dataDir).mode & 0o777).toBe(0o755);
    expect(statSync(path.join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
    await ask(server.url, 'CREATE TABLE kept AS SELECT 1 AS id');
  });

  it('is adopted, not started twice, after its owner was killed', async () => {
    const pid = started[0]?.pid();
    expect((await start()).pid()).toBe(pid);
  });

  it('comes back by itself, at the same address, after it was killed', async () => {
    const [server] = started;
    if (!server) throw new Error('not started');
    const before = server.pid();
    process.kill(before, 'SIGKILL');
    await expect.poll(() => server.pid(), { timeout: 20_000 }).not.toBe(before);
    expect(await ask(server.url, 'SELECT id FROM kept')).toBe(1);
  });

  it('starts over a postmaster.pid that a dead process, or another program, left behind', async () => {
    for (const pid of [2 ** 22 - 1, process.pid]) {
      await Promise.all(started.splice(0).map((server) => server.stop()));
      writeFileSync(postmasterFile, `${pid}\n${path.dirname(postmasterFile)}\n0\n1\n`);
      expect(await ask((await start()).url, 'SELECT id FROM kept')).toBe(1);
    }
  });

  it('says what is in the way when its folder is not a database', async () => {
    const other = path.join(parent, 'other');
    mkdirSync(path.join(other, 'postgres'), { recursive: true });
    await expect(start(other)).rejects.toThrow('holds no database and is in the way');
  });

  it('sets up a private DATA_DIR without opening it to anyone else', async () => {
    const secret = path.join(parent, 'secret');
    mkdirSync(secret, { mode: 0o700 });
    const server = await start(secret);
    expect(await ask(server.url, 'SELECT 1')).toBe(1);
    expect(statSync(secret).mode & 0o067).toBe(0);
  });
});

describe.runIf(process.getuid?.() === 0)('as root, with DATA_DIR inside a private home', () => {
  it('keeps the cluster where its user can reach it, and finds it again', async () => {
    const home = path.join(parent, 'home');
    mkdirSync(path.join(home, 'data'), { recursive: true });
    chmodSync(home, 0o700);
    const server = await start(path.join(home, 'data'));
    const cluster = readFileSync(path.join(home, 'data', 'postgres-folder'), 'utf8').trim();
    expect(cluster).toMatch(/^\/var\/lib\/fairlead\//);
    expect((await start(path.join(home, 'data'))).pid()).toBe(server.pid());
    await server.stop();
    rmSync(path.dirname(cluster), { recursive: true, force: true });
  });
});
