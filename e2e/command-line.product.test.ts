import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMANDS } from '@/lib/cli/commands';
import { runCommand } from '@/lib/cli/run-command';
import { assumeRole } from '@/lib/env';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { fairleadArgs, guideCommands, guideConfig, guidePrices } from './guide-commands';
import { makeDataDir, type Product, startProduct } from './product';

/** Every command of the contract beside one live product, for people and with `--json`. */
let product: Product;
let upstream: FakeUpstream;
let folder: string;
const used = new Set<string>();

beforeAll(async () => {
  upstream = await startFakeUpstream();
  folder = path.join(makeDataDir(), 'files');
  mkdirSync(folder);
  const env = { ALLOW_PRIVATE_UPSTREAMS: 'true', CLI_UPSTREAM_KEY: 'sk-upstream-0123456789' };
  product = await startProduct({ env });
  for (const [name, value] of Object.entries({ ...env, DATABASE_URL: '', DATA_DIR: product.dataDir, PORT: String(product.port) })) vi.stubEnv(name, value);
  assumeRole('cli');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
  await upstream?.close();
  rmSync(path.dirname(path.dirname(folder)), { recursive: true, force: true });
});

let last: Promise<unknown> = Promise.resolve();

/** Runs a command in this process, one after the other: each opens the installation by its folder and closes it again. */
function run(...args: string[]): Promise<string> {
  note(args);
  const ran = last.then(async () => {
    const said = { stdout: '', stderr: '' };
    const code = await runCommand(args, { stdout: (text) => (said.stdout += text), stderr: (text) => (said.stderr += text) });
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${said.stdout}${said.stderr}`);
    return said.stdout;
  });
  last = ran.catch(() => undefined);
  return ran;
}

function shell(line: string, keys: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => execFile('sh', ['-c', line], { env: { ...process.env, ...keys } }, (error, stdout) => (error ? reject(error) : resolve(stdout))));
}

/** Runs what was built, as a person does: `npm run fairlead -- …`. */
function typed(...args: string[]): Promise<string> {
  note(args);
  return product.fairlead(...args);
}

function note(args: readonly string[]): void {
  const command = [...COMMANDS].sort((a, b) => b.words.length - a.words.length).find(({ words }) => words.every((word, index) => args[index] === word));
  if (command) used.add(command.words.join(' '));
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
async function json(...args: string[]): Promise<any> {
  return JSON.parse(await run(...args, '--json'));
}

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

async function chat(key: string, model: string): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${product.apiBaseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }], max_tokens: 20 }),
  });
  return { status: response.status, code: ((await response.json()) as { error?: { code: string } }).error?.code };
}

const CONFIG = (url: string) => `apiVersion: fairlead/v1
providers: [{ id: fake, adapter: openai-compatible, baseUrl: "${url}/v1", credentials: [{ name: main, secret: "\${env:CLI_UPSTREAM_KEY}" }] }]
models: [{ id: cli-model, provider: fake, upstreamModel: some-model, prices: { input: 1, output: 2 } }]
aliases: [{ name: cli-alias, targets: [{ model: cli-model }] }]
`;

describe('the command line beside a live product', () => {
  it('doctor finds the installation well, in words and as JSON', async () => {
    const [text, parsed] = await Promise.all([typed('doctor'), json('doctor')]);
    expect(text).toMatch(/^ok {4}Node\.js/m);
    expect(parsed).toMatchObject({ ok: true, checks: expect.arrayContaining([expect.objectContaining({ name: 'database', state: 'ok' })]) });
  });

  it('config plan, apply and export: the live product follows, the second time there is nothing to do', async () => {
    const config = file('fairlead.yaml', CONFIG(upstream.url));
    const [planned, parsed] = await Promise.all([run('config', 'plan', '-f', config), json('config', 'plan', '-f', config)]);
    expect(planned).toContain('+ alias cli-alias');
    expect(parsed).toMatchObject({ added: 3, changed: 0, removed: 0 });
    expect(await typed('config', 'apply', '-f', config)).toContain('Applied.');
    const exported = path.join(folder, 'export.yaml');
    const [again, , text] = await Promise.all([json('config', 'apply', '-f', config), json('config', 'export', '-f', exported), run('config', 'export')]);
    expect(again).toMatchObject({ applied: false, changes: [] });
    expect(text).toBe(readFileSync(exported, 'utf8'));
    expect(text).toContain('${env:CLI_UPSTREAM_KEY}');
    await expect(run('config', 'apply', '-f', file('bad.yaml', 'apiVersion: fairlead/v1\nmodels: [{ id: x, provider: nobody }]\n'))).rejects.toThrow(/models\[0\]\.provider \(line 2\): there is no provider "nobody"/);
  });

  it('org, key and credit: a key with every flag is held to its limits, rotates with grace and is revoked within a second', async () => {
    const org = await json('org', 'create', '--name', 'Command Line', '--owner', 'cli@example.com', '--password', 'correct-horse-9', '--plan', 'pro');
    expect(Object.keys(org)).toEqual(['id', 'slug', 'name', 'plan']);
    const [list, table] = await Promise.all([json('org', 'list'), run('org', 'list')]);
    expect(list.data).toMatchObject([{ slug: 'command-line', owners: ['cli@example.com'], plan: 'pro' }]);
    expect(table).toMatch(/^SLUG\s+NAME\s+PLAN[\s\S]*command-line/);
    expect(await json('credit', 'grant', '--org', org.slug, '--usd', '10.00', '--reason', 'test')).toMatchObject({ granted_usd: '10.000000' });

    const flags = ['--models', 'cli-alias,demo/echo', '--budget', '5.00/month', '--rpm', '20', '--tpm', '50000', '--concurrency', '3', '--expires', '2099-01-31T00:00:00Z'];
    const key = await json('key', 'create', '--org', org.slug, '--name', 'ci', ...flags);
    expect(Object.keys(key).slice(0, 4)).toEqual(['id', 'key', 'prefix', 'last4']);
    expect(key).toMatchObject({ models: ['cli-alias', 'demo/echo'], budget: { limit_usd: '5.000000', period: 'month' }, rpm: 20, tpm: 50_000, concurrency: 3, expires_at: '2099-01-31T00:00:00.000Z' });
    expect(key.key).toMatch(/^sk-fl-[A-Za-z0-9]{40,}_[A-Za-z0-9]{6}$/);
    expect(await chat(key.key, 'cli-alias')).toEqual({ status: 200, code: undefined });
    expect(await chat(key.key, 'fast-chat')).toEqual({ status: 404, code: 'model_not_found' });

    const [rotated, budget] = await Promise.all([json('key', 'rotate', key.id, '--grace', '24h'), json('budget', 'create', '--org', org.slug, '--limit', '100.00/month')]);
    expect(budget).toMatchObject({ limit_usd: '100.000000', scope: { type: 'organization' } });
    expect([(await chat(key.key, 'cli-alias')).status, (await chat(rotated.key, 'cli-alias')).status]).toEqual([200, 200]);
    expect(await run('key', 'revoke', key.id)).toContain(`…${key.last4}`);
    await expect.poll(() => chat(key.key, 'cli-alias'), { timeout: 5_000 }).toEqual({ status: 401, code: 'invalid_api_key' });
  });

  it('management keys open the management API by their scopes, and nothing under /v1', async () => {
    const [operator, limited] = await Promise.all([json('key', 'create', '--operator', '--management', '--name', 'op'), json('key', 'create', '--org', 'command-line', '--name', 'm', '--management', '--scopes', 'usage:read')]);
    const status = async (key: string, route: string): Promise<number> => (await fetch(`${product.url}/api/v1${route}`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect([await status(operator.key, '/orgs/command-line'), await status(limited.key, '/usage'), await status(limited.key, '/keys')]).toEqual([200, 200, 403]);
    expect(await chat(operator.key, 'cli-alias')).toEqual({ status: 401, code: 'invalid_api_key' });
  });

  it('logs tail shows the requests that match, for people and one JSON object per line', async () => {
    const [text, lines, refused] = await Promise.all([run('logs', 'tail', '--no-follow', '--status', '200', '--model', 'cli-alias'), run('logs', 'tail', '--no-follow', '--status', 'completed', '--json'), run('logs', 'tail', '--no-follow', '--status', '429')]);
    expect(text).toMatch(/ 200 {2}completed .*cli-alias → cli-model/);
    expect(lines.trim().split('\n').map((line) => JSON.parse(line).http_status)).toContain(200);
    expect(refused).toBe('');
    expect(await json('rerate', '--from', '2026-01-01', '--to', '2099-01-01')).toMatchObject({ differences: [] });
  });

  it('import and catalog update change nothing until they are told to, then the route answers', async () => {
    const litellm = file('litellm.yaml', `model_list: [{ model_name: taken-over, litellm_params: { model: openai/up, api_base: "${upstream.url}/v1", api_key: sk-imported-9876, input_cost_per_token: 1e-06, output_cost_per_token: 2e-06 } }]\nlitellm_settings: { cache: true }\n`);
    expect(await run('import', 'litellm', litellm)).toMatch(/\+ model taken-over[\s\S]*Not taken:\n {2}litellm_settings\.cache: /);
    expect(await json('import', 'litellm', litellm, '--apply')).toMatchObject({ applied: true, not_taken: [{ path: 'litellm_settings.cache' }] });
    const prices = file('prices.json', JSON.stringify({ adapter: 'openai-compatible', models: [{ id: 'some-model', cards: [{ currency: 'USD', rates: { input: '3', output: '4' } }] }] }));
    expect(await run('catalog', 'update', prices)).toContain('prices.input: 1.00 → 3.00');
    expect(await json('catalog', 'update', prices, '--apply')).toMatchObject({ applied: true, changed: 1 });
    const { key } = await json('key', 'create', '--org', 'command-line', '--name', 'imported', '--models', 'taken-over');
    await expect.poll(() => chat(key, 'taken-over'), { timeout: 5_000 }).toEqual({ status: 200, code: undefined });
    expect(upstream.requests.at(-1)?.headers.authorization).toBe('Bearer sk-imported-9876');
  });

  it('setup prints settings with the address of this installation', async () => {
    const [claude, codex] = await Promise.all([run('setup', 'claude-code', '--url', product.url, '--key', 'sk-fl-test'), json('setup', 'codex')]);
    expect(claude).toContain(`ANTHROPIC_BASE_URL=${product.url}\nexport ANTHROPIC_AUTH_TOKEN=sk-fl-test`);
    expect(codex).toMatchObject({ client: 'codex', base_url: product.apiBaseUrl, settings: expect.stringContaining('wire_api = "responses"') });
  });

  it('every command that the README and the guides print runs as it is printed', async () => {
    await run('org', 'create', '--name', 'Acme', '--owner', 'acme@example.com', '--password', 'correct-horse-9', '--plan', 'pro');
    const keys = { FAIRLEAD_API_KEY: (await json('key', 'create', '--org', 'acme', '--name', 'reader')).key, MANAGEMENT_KEY: (await json('key', 'create', '--org', 'acme', '--name', 'reader', '--management')).key };
    file('config.yaml', 'model_list: [{ model_name: from-litellm, litellm_params: { model: deepseek/deepseek-chat, api_key: sk-litellm-0123456789 } }]\n');
    file('prices.json', guidePrices());
    file('export.json', JSON.stringify({ channels: [{ id: 1, type: 1, name: 'one', key: 'sk-channel-0123456789', models: 'gpt-4o-mini', group: 'default', status: 1 }] }));
    const others: string[] = [];
    for (const { guide, line } of guideCommands()) {
      const args = fairleadArgs(line)?.map((word) => (/\.(yaml|json|gz)$/.test(word) ? path.join(folder, word) : word));
      const config = guideConfig(guide);
      for (const [, name = ''] of config.matchAll(/\$\{env:(\w+)\}/g)) vi.stubEnv(name, 'sk-of-a-guide-0123456789');
      if (args?.[0] === 'config' && args[1] !== 'export') file('fairlead.yaml', config);
      if (args) await run(...args).catch((error: unknown) => expect.fail(`${guide}: ${line}\n${error}`));
      else if (/^curl .*(localhost|127\.0\.0\.1):3000/.test(line)) expect(await shell(line.replace(/http:\/\/(localhost|127\.0\.0\.1):3000/, product.url), keys), line).not.toMatch(/"error"|^$/);
      else others.push(line.split(/[ =]/)[0] ?? '');
    }
    // What is left starts, tests or measures the whole product, stands in an environment file, or asks Stripe.
    expect([...new Set(others)].sort()).toEqual(['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'curl', 'npm', 'npx']);
  });

  it('a backup taken beside the live product comes back in an empty data folder', async () => {
    const backup = path.join(folder, 'backup.gz');
    expect(JSON.parse(await typed('backup', backup, '--json')).rows).toBeGreaterThan(10);
    expect(statSync(backup).mode & 0o077).toBe(0);
    await expect(run('restore', backup)).rejects.toThrow(/The product is running on this database; stop it first/);
    const elsewhere = makeDataDir();
    try {
      vi.stubEnv('DATA_DIR', elsewhere);
      assumeRole('cli');
      await run('restore', backup);
      expect((await json('org', 'list')).data).toContainEqual(expect.objectContaining({ slug: 'command-line' }));
    } finally {
      vi.stubEnv('DATA_DIR', product.dataDir);
      assumeRole('cli');
      rmSync(path.dirname(elsewhere), { recursive: true, force: true });
    }
    expect(existsSync(backup)).toBe(true);
  });

  it('every command there is was run above, and each tells how it is called', async () => {
    expect([...used].sort()).toEqual(COMMANDS.map(({ words }) => words.join(' ')).sort());
    const overview = await product.fairlead('--help');
    for (const { words, summary } of COMMANDS) expect(overview).toMatch(new RegExp(`^ {2}${words.join(' ')} .*${summary.slice(0, 20)}`, 'm'));
    expect(await run('key', 'create', '--help')).toContain('--org SLUG --name NAME');
  });
});
