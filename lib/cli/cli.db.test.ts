import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashKey, parseKey } from '@/lib/auth/api-key';
import { completeEnv } from '@/lib/env';
import { asInputError } from '@/lib/services/management/input-error';
import { createTestDatabase } from '@/lib/testing/database';
import { UsageError } from './command';
import { COMMANDS } from './commands';
import { parseCommand } from './parse-command';
import { runCommand } from './run-command';

const ROOT = path.join(import.meta.dirname, '../..');
const database = await createTestDatabase();
let folder: string;

const VARIABLES = {
  DATABASE_URL: database.url,
  AUTH_SECRET: 'q7Zk2mVx9Rt4Lb8Wn1Cp6Yd3Hs5Jf0GaEu',
  ENCRYPTION_KEY: 'b3BlbnNlc2FtZS1vcGVuc2VzYW1lLW9wZW5zZXNhbWU=',
  UPSTREAM_KEY: 'sk-upstream-123456789',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fairlead-cli-'));
  for (const [name, value] of Object.entries({ ...VARIABLES, DATA_DIR: folder })) vi.stubEnv(name, value);
  completeEnv({ databaseUrl: database.url, authSecret: VARIABLES.AUTH_SECRET, encryptionKeys: [VARIABLES.ENCRYPTION_KEY] });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command and keeps its words; it opens the database and closes it again, as in a process of its own. */
async function fairlead(...args: string[]): Promise<Ran> {
  const ran = { stdout: '', stderr: '' };
  const code = await runCommand(args, { stdout: (text) => (ran.stdout += text), stderr: (text) => (ran.stderr += text) });
  return { code, ...ran };
}

/** Runs a command as a person does: in a process of its own. */
function spawned(...args: string[]): Promise<Ran> {
  const env = { ...VARIABLES, PATH: process.env.PATH, NODE_ENV: 'test' as const, DATA_DIR: folder, LOG_LEVEL: 'silent' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], { cwd: ROOT, env, timeout: 25_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number((error as { code?: unknown }).code ?? 1) : 0, stdout, stderr });
    });
  });
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
async function json(...args: string[]): Promise<any> {
  const ran = await fairlead(...args, '--json');
  if (ran.code !== 0) throw new Error(`exit ${ran.code}: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

describe('the command line', () => {
  it('makes organizations, keys and credit for a program to go on with', async () => {
    const org = await json('org', 'create', '--name', 'Acme Inc', '--owner', 'ann@example.com', '--password', 'correct-horse-9', '--plan', 'pro');
    expect(org).toEqual({ id: expect.stringMatching(/^org_/), slug: 'acme-inc', name: 'Acme Inc', plan: 'pro' });
    expect((await json('org', 'list')).data).toMatchObject([{ slug: 'acme-inc', owners: ['ann@example.com'] }]);

    const key = await json('key', 'create', '--org', 'acme-inc', '--name', 'ci', '--models', 'fast-chat,demo/echo', '--budget', '5.00/month', '--rpm', '10');
    expect(key).toMatchObject({
      prefix: 'sk-fl-',
      last4: key.key.slice(-4),
      models: ['fast-chat', 'demo/echo'],
      budget: { limit_usd: '5.000000', period: 'month' },
      rpm: 10,
    });
    expect(Object.keys(key).slice(0, 4)).toEqual(['id', 'key', 'prefix', 'last4']);
    expect(await database.query('SELECT hash FROM api_key WHERE id = $1', [key.id])).toEqual([{ hash: hashKey(key.key) }]);

    const management = await json('key', 'create', '--org', 'acme-inc', '--name', 'm', '--management');
    const operator = await json('key', 'create', '--operator', '--management', '--name', 'op');
    expect([parseKey(management.key), parseKey(operator.key)]).toEqual(['management', 'management']);

    const rotated = await json('key', 'rotate', key.id, '--grace', '24h');
    expect(rotated).toMatchObject({ name: 'ci', replaces_id: key.id });
    expect((await json('key', 'revoke', key.id)).status).toBe('revoked');
    expect((await json('key', 'revoke', operator.id)).revoked_at).toBeTruthy();

    const granted = await json('credit', 'grant', '--org', 'acme-inc', '--usd', '10.00', '--reason', 'welcome');
    expect(granted.granted_usd).toBe('10.000000');
    expect(await database.query(`SELECT fund, kind, memo FROM ledger_entry WHERE source_type = 'operator_grant'`)).toEqual([
      { fund: 'paid', kind: 'grant', memo: 'welcome' },
    ]);
    const ending = await json('credit', 'grant', '--org', 'acme-inc', '--usd', '2.00', '--reason', 'trial', '--expires', '2099-01-31');
    expect(ending.expires_at).toBe('2099-01-31T23:59:59.999Z');
    expect(await database.query(`SELECT fund, amount_nano::text AS nano FROM credit_grant WHERE source_type = 'operator_grant'`)).toEqual([
      { fund: 'promotional', nano: '2000000000' },
    ]);
  });

  it('tails the requests that match, one JSON object per line', async () => {
    await database.query(`SELECT logs.ensure_partitions(ARRAY['d30'], (now() AT TIME ZONE 'utc')::date, (now() AT TIME ZONE 'utc')::date)`);
    for (const [id, status] of [
      ['req_a', 200],
      ['req_b', 429],
    ] as const) {
      await database.query(
        `INSERT INTO logs.request (class, day, id, org_id, process_id, created_at, finished_at, status, http_status, surface, key_id, alias, model_id, cost_nano)
         SELECT 'd30', (now() AT TIME ZONE 'utc')::date, $1, id, 'p', now(), now(), CASE WHEN $2::int = 200 THEN 'completed' ELSE 'refused' END, $2, 'chat', 'key', 'fast-chat', 'demo/echo', 1500 FROM organization WHERE slug = 'acme-inc'`,
        [id, status],
      );
    }
    expect(await json('logs', 'tail', '--no-follow', '--status', '429')).toMatchObject({
      id: 'req_b',
      org: 'acme-inc',
      http_status: 429,
      status: 'refused',
      alias: 'fast-chat',
      model: 'demo/echo',
      cost_usd: '0.0000015',
    });
    expect((await fairlead('logs', 'tail', '--no-follow', '--model', 'fast-chat')).stdout.trim().split('\n')).toHaveLength(2);
    expect((await fairlead('logs', 'tail', '--no-follow', '--model', 'other')).stdout).toBe('');
  });

  it('plans, applies and exports a configuration', async () => {
    const file = path.join(folder, 'fairlead.yaml');
    await writeFile(file, 'apiVersion: fairlead/v1\nproviders: [{ id: p, adapter: openai, credentials: [{ name: a, secret: "${env:UPSTREAM_KEY}" }] }]\n');
    const planned = await fairlead('config', 'plan', '-f', file);
    expect(planned.stdout).toContain('+ provider p');
    expect(await json('config', 'apply', '-f', file)).toMatchObject({ applied: true, added: 1, changed: 0, removed: 0 });
    expect((await fairlead('config', 'plan', '-f', file)).stdout).toBe('No changes\n');
    const exported = path.join(folder, 'export.yaml');
    await fairlead('config', 'export', '-f', exported);
    expect(await readFile(exported, 'utf8')).toContain('secret: ${env:UPSTREAM_KEY}');

    await writeFile(file, 'apiVersion: fairlead/v1\nprovider: []\n');
    const refused = await fairlead('config', 'apply', '-f', file, '--json');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(JSON.parse(refused.stderr).error.issues).toMatchObject([{ path: 'provider', line: 2 }]);
  });

  it('imports another gateway, dry unless told to apply, and says nothing of its keys', async () => {
    const file = path.join(folder, 'litellm.yaml');
    await writeFile(
      file,
      'model_list: [{ model_name: taken-over, litellm_params: { model: deepseek/deepseek-chat, api_key: sk-imported-secret-4321 } }]\ngeneral_settings: { master_key: sk-imported-master }\n',
    );
    const dry = await fairlead('import', 'litellm', file, '-o', `${file}.out`);
    expect(dry.stdout).toMatch(/\+ model taken-over[\s\S]*Not taken:\n {2}general_settings.master_key: [\s\S]*deepseek\/main/);
    expect(dry.stdout + (await readFile(`${file}.out`, 'utf8'))).not.toMatch(/imported-/);
    expect(await database.query(`SELECT id FROM model WHERE id = 'taken-over'`)).toEqual([]);
    expect(await json('import', 'litellm', file, '--apply')).toMatchObject({ applied: true, added: 2, not_taken: [{ path: 'general_settings.master_key' }] });
    expect(await database.query(`SELECT last4 FROM credential WHERE provider_id = 'deepseek'`)).toEqual([{ last4: '4321' }]);
    expect((await json('budget', 'create', '--org', 'acme-inc', '--limit', '100.00/month')).scope.type).toBe('organization');
  });

  it('doctor finds what is wrong and says what to do', async () => {
    const { checks, ok } = await json('doctor');
    expect(ok).toBe(true);
    expect(checks.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['Node.js', 'environment', 'database', 'gateway', 'provider p']));
  });

  it('a backup is for its owner only, and comes back whole', async () => {
    const file = path.join(folder, 'backup.gz');
    const { rows } = await json('backup', file);
    expect((await stat(file)).mode & 0o077).toBe(0);
    const before = await database.query('SELECT * FROM ledger_entry ORDER BY id');
    expect((await fairlead('restore', file)).stderr).toMatch(/--force/);
    await database.query(`UPDATE organization SET name = 'Other'`);
    expect((await json('restore', file, '--force')).rows).toBe(rows);
    expect(await database.query('SELECT name FROM organization')).toEqual([{ name: 'Acme Inc' }]);
    expect(await database.query('SELECT * FROM ledger_entry ORDER BY id')).toEqual(before);

    await writeFile(file, (await readFile(file)).subarray(0, 500));
    expect((await fairlead('restore', file, '--force')).stderr).toMatch(/cannot be read as a backup/);
    expect(await database.query('SELECT name FROM organization')).toEqual([{ name: 'Acme Inc' }]);
  });

  it.each([
    [['nothing'], true, /not a command/],
    [['config'], true, /there is config plan, config apply, config export/],
    [['key', 'create', '--colour', 'red'], true, /Unknown option '--colour'/],
    [['import', 'bifrost', 'x.yaml'], true, /there is litellm, new-api, one-api/],
    [['import', 'litellm', '/no/such/file'], true, /cannot be read: ENOENT/],
    [['key', 'revoke'], true, /usage: fairlead key revoke KEY_ID/],
    [['setup', 'nothing-such'], true, /there are for ai-sdk, claude-code/],
    [['key', 'create', '--org', 'acme-inc', '--name', 'x', '--budget', '5/year'], true, /not dollars per day, week, month, total/],
    [['key', 'create', '--org', 'nobody', '--name', 'x'], false, /no organization "nobody"/],
    [['org', 'create', '--name', 'X', '--owner', 'nobody'], false, /e-?mail/i],
  ])('%j is answered with what to do', async (args, isUsage, says) => {
    const run = async () => {
      const { command, options, positionals } = parseCommand(args, COMMANDS);
      return command.run({ options, positionals, print: () => undefined });
    };
    const thrown = await run().then(
      () => null,
      (error: unknown) => asInputError(error, (field) => field) as Error,
    );
    expect([thrown?.message, thrown instanceof UsageError]).toEqual([expect.stringMatching(says), isUsage]);
  });

  it('ends with 2 for wrong words and with 1 for what failed, and says so on stderr, in a process of its own too', async () => {
    const [words, failed] = await Promise.all([fairlead('nothing'), spawned('key', 'create', '--org', 'nobody', '--name', 'x', '--json')]);
    expect([words.code, words.stdout, failed.code, failed.stdout]).toEqual([2, '', 1, '']);
    expect([words.stderr, JSON.parse(failed.stderr).error.message]).toEqual([
      expect.stringMatching(/not a command/),
      expect.stringMatching(/no organization "nobody"/),
    ]);
  });
});
