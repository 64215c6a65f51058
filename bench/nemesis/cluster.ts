import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { completeEnv } from '@/lib/env';
import { recoverPredecessors } from '@/lib/ledger';
import { migrateDatabase, startEmbeddedPostgres } from '@/lib/platform';
import { publicKeyFrom } from '@/lib/seal';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { asSystem, closePrisma, createGatewayPool } from '@/lib/store';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { upstreamConfig } from '@/lib/testing/suites/upstream-config';

const ENTRY = path.join(import.meta.dirname, 'gateway-process.ts');

interface Member {
  child: ChildProcess;
  baseUrl: string;
  dataDir: string;
}

/** Two gateway processes on one real Postgres (fsync on), a fake upstream, and the means to break them. */
export interface Cluster {
  upstream: FakeUpstream;
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Base URLs of the processes that live now. */
  baseUrls(): string[];
  /** `kill -9` of one process, and another in its place on the same data folder. */
  kill(index: number): Promise<void>;
  /** SIGTERM to one process; resolves when it is gone. */
  terminate(index: number): Promise<void>;
  /** Stops every process of Postgres for a while. */
  pauseDatabase(ms: number): Promise<void>;
  /** Ends the processes in order, then does what a start that owns the data does. */
  settleDown(): Promise<void>;
  close(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'fairlead-nemesis-'));
  chmodSync(root, 0o755);
  const dataDir = path.join(root, 'database');
  mkdirSync(dataDir);
  const server = await startEmbeddedPostgres({ dataDir, password: 'test' });
  await migrateDatabase(server.url);
  const encryptionKey = randomBytes(32).toString('base64');
  const authSecret = randomBytes(32).toString('base64');
  completeEnv({ databaseUrl: server.url, authSecret, encryptionKeys: [encryptionKey], sealPublicKey: publicKeyFrom(encryptionKey) });
  const upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
  await applyConfig({
    ctx: { actor: { type: 'system', label: 'test' }, operator: true },
    input: { text: upstreamConfig(upstream.url) },
    surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets(() => 'sk-upstream-secret') },
  });

  const env = { ...process.env, DATABASE_URL: server.url, AUTH_SECRET: authSecret, ENCRYPTION_KEY: encryptionKey, ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: process.env.NEMESIS_LOG ?? 'silent', FAIRLEAD_ROLE: 'gateway' };
  const startMember = async (dataDir: string): Promise<Member> => {
    const child = fork(ENTRY, [], { execArgv: ['--import', 'tsx'], env: { ...env, DATA_DIR: dataDir }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const { baseUrl } = await new Promise<{ baseUrl: string }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { baseUrl: string }));
      child.once('exit', (code) => reject(new Error(`a gateway process ended with ${code} before it was ready`)));
    });
    return { child, baseUrl, dataDir };
  };
  const folders = ['one', 'two'].map((name) => path.join(root, name));
  for (const folder of folders) mkdirSync(folder);
  const members: (Member | null)[] = await Promise.all(folders.map(startMember));
  const pool = new pg.Pool({ connectionString: server.url, max: 4 });
  pool.on('error', () => undefined);

  return {
    upstream,
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => (await pool.query<Row>(sql, values)).rows,
    baseUrls: () => members.flatMap((member) => (member ? [member.baseUrl] : [])),
    async kill(index) {
      const member = members[index];
      if (!member) return;
      members[index] = null;
      await end(member.child, 'SIGKILL');
      members[index] = await startMember(member.dataDir);
    },
    async terminate(index) {
      const member = members[index];
      members[index] = null;
      if (member) await end(member.child, 'SIGTERM');
    },
    async pauseDatabase(ms) {
      const pids = [server.pid(), ...childrenOf(server.pid())];
      for (const pid of pids) signal(pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (const pid of pids) signal(pid, 'SIGCONT');
    },
    async settleDown() {
      await Promise.all(members.map((member) => member && end(member.child, 'SIGTERM')));
      const gatewayPool = createGatewayPool({ max: 1, onError: () => undefined });
      for (const folder of folders) await recoverPredecessors(gatewayPool, path.join(folder, 'journal'));
      await gatewayPool.end();
    },
    async close() {
      for (const member of members) if (member && member.child.exitCode === null) await end(member.child, 'SIGKILL');
      await upstream.close();
      await closePrisma();
      await pool.end();
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function end(child: ChildProcess, by: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 25_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(by);
  });
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === parent);
}

function parentOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // A backend that ended meanwhile.
  }
}
