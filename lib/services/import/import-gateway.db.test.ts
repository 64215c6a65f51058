import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import { type ConfigSurroundings, configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { applyImport, type ImportedConfig, planImport, readImport } from './import-gateway';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
const database = await createTestDatabase();

const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;
let surroundings: ConfigSurroundings;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  upstream = await startFakeUpstream();
  tenant = await createTenant({ credit: { paid: '10' } });
  gateway = await startTestGateway();
  surroundings = { ...configSurroundings('local'), secrets: { variable: (name) => `secret-of-${name}`, file: () => Promise.reject(new Error('none')) } };
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
  vi.unstubAllEnvs();
});

const fixture = (name: string, url: string): string => readFileSync(path.join(import.meta.dirname, '__fixtures__', name), 'utf8').replaceAll('UPSTREAM', url);

async function ask(model: string): Promise<{ status: number; model: string | undefined; headers: Headers }> {
  const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });
  return { status: response.status, model: ((await response.json()) as { model?: string }).model, headers: response.headers };
}

async function apply(input: ImportedConfig): Promise<void> {
  const planned = await planImport({ ctx, input, surroundings });
  expect((await applyImport({ ctx, input, surroundings })).map(({ type, id }) => `${type} ${id}`)).toEqual(planned.map(({ type, id }) => `${type} ${id}`));
  expect(await planImport({ ctx, input, surroundings })).toEqual([]);
  await sleep(1_000);
}

it('a LiteLLM route answers a call with its own key, and its fallback answers when it is down', async () => {
  await apply(readImport('litellm', fixture('litellm.yaml', upstream.url), () => 'https://acme-us.openai.azure.com'));
  const first = await ask('in-house');
  expect([first.status, first.model, first.headers.get('x-fairlead-alias')]).toEqual([200, 'openai-compatible-2/acme-llm-70b', 'in-house']);
  expect(upstream.requests.at(-1)).toMatchObject({ model: 'acme-llm-70b', headers: { authorization: 'Bearer sk-in-house-CCCC3333cccc' } });
  expect(Number(first.headers.get('x-fairlead-cost-usd'))).toBeGreaterThan(0);

  upstream.script('acme-llm-70b', { status: 503 });
  const second = await ask('in-house');
  expect([second.status, second.headers.get('x-fairlead-provider')]).toEqual([200, 'vllm']);
  expect(upstream.requests.at(-1)).toMatchObject({ model: 'acme-llm-long', headers: { authorization: 'Bearer sk-in-house-DDDD4444dddd' } });
});

it('a channel of new-api answers a call under the name its users know', async () => {
  upstream.reset();
  await asSystem(async (tx) => {
    await tx.alias.deleteMany();
    await tx.provider.deleteMany();
  });
  await apply(readImport('new-api', fixture('new-api.json', upstream.url)));
  const answer = await ask('acme-chat');
  expect([answer.status, answer.model, upstream.requests.at(-1)?.model]).toEqual([200, 'acme-chat', 'acme-llm-70b']);
  expect(upstream.requests.at(-1)?.headers.authorization).toBe('Bearer sk-import-house-0013');
});

it('nothing of what was applied holds a key in clear', async () => {
  const rows = JSON.stringify([
    await database.query('SELECT * FROM credential'),
    await database.query('SELECT * FROM config_revision'),
    await database.query('SELECT * FROM audit_entry'),
  ]);
  expect(rows).not.toMatch(/sk-in-house-|sk-import-|sk-proj-import/);
});
