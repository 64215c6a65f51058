import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '@/lib/services/config/parse-config';
import type { ConfigFile } from '@/lib/services/config/schema';
import { type ImportFormat, readImport } from './import-gateway';

const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '__fixtures__', name), 'utf8').replaceAll('UPSTREAM', 'https://llm.acme.example');
const variables: Record<string, string> = { AZURE_API_BASE_US: 'https://acme-us.openai.azure.com' };
const read = (format: ImportFormat, text: string) => {
  const imported = readImport(format, text, (name) => variables[name]);
  return { ...imported, file: parse(imported.yaml) as Required<ConfigFile>, why: Object.fromEntries(imported.notTaken.map((one) => [one.path, one.why])) };
};
const litellm = read('litellm', fixture('litellm.yaml'));
const newApi = read('new-api', fixture('new-api.json'));
const by = <T extends { id: string }>(items: readonly T[], id: string): T => items.find((item) => item.id === id) ?? expect.fail(`no ${id}`);
const aliasOf = ({ file }: typeof litellm, name: string) => file.aliases.find((alias) => alias.name === name);

describe('importing a LiteLLM configuration', () => {
  it('gives a file that fairlead.yaml accepts, with a name for each of its 25 model names', () => {
    expect(() => parseConfig(litellm.yaml)).not.toThrow();
    const names = new Set([...litellm.file.models.map(({ id }) => id), ...litellm.file.aliases.map(({ name }) => name)]);
    for (const name of [
      'gpt-4o',
      'gpt-4o-mini',
      'o3-mini',
      'claude-sonnet',
      'claude-haiku',
      'gemini-flash',
      'gemini-pro',
      'deepseek-chat',
      'qwen-max',
      'kimi-k2',
      'llama-70b',
      'mistral-large',
      'grok',
      'sonar',
      'in-house',
      'in-house-long',
      'text-embedding-3-small',
      'dall-e-3',
      'whisper',
      'rerank',
      'gpt-4',
      'chat-default',
    ]) {
      expect(names).toContain(name);
    }
    expect(litellm.file.models.length).toBeGreaterThanOrEqual(25);
  });

  it('keeps shares, order, fallbacks, deadlines and retries of a name', () => {
    expect(aliasOf(litellm, 'gpt-4o')).toMatchObject({
      strategy: 'weighted',
      targets: [
        { model: 'azure-openai/gpt-4o-eu', weight: 600, retries: 2, timeouts: { totalMs: 120_000 } },
        { model: 'azure-openai-2/gpt-4o-us', weight: 450 },
        { model: 'openai/gpt-4o', weight: 300 },
        { model: 'anthropic/claude-sonnet-4-5', weight: 0 },
        { weight: 0 },
      ],
    });
    expect(aliasOf(litellm, 'claude-sonnet')).toMatchObject({
      strategy: 'priority',
      targets: [
        { model: 'anthropic/claude-sonnet-4-5' },
        { model: expect.stringMatching(/^bedrock\/anthropic/) },
        { model: 'gemini/gemini-2.5-flash', conditions: { minInputTokens: 100_000 } },
      ],
    });
    expect(aliasOf(litellm, 'o3-mini')?.targets).toEqual([{ model: 'openai/o3-mini', retries: 3, timeouts: { totalMs: 300_000, firstTokenMs: 60_000 } }]);
    expect(aliasOf(litellm, 'gpt-4')?.targets).toEqual(aliasOf(litellm, 'gpt-4o')?.targets);
  });

  it('puts keys of one deployment together and never mixes those of different ones', () => {
    const pool = litellm.file.providers.find(({ credentials }) => credentials?.length === 2);
    expect(pool).toMatchObject({
      adapter: 'openai',
      credentials: [
        { name: 'key-1', secret: '${stored}', weight: 3 },
        { name: 'key-2', secret: '${stored}', weight: 1 },
      ],
    });
    expect(litellm.pasted.get(`${pool?.id}/key-2`)).toBe('sk-proj-import-BBBB2222bbbb');
    expect(by(litellm.file.providers, 'openai').credentials).toEqual([{ name: 'openai-api-key', secret: '${env:OPENAI_API_KEY}' }]);
    expect(litellm.variables).toEqual(expect.arrayContaining(['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'AZURE_API_KEY_US']));
    expect(by(litellm.file.providers, 'openai')).toMatchObject({ breaker: { failures: 4, coolDownMs: 30_000 } });
  });

  it('turns prices per token into prices per million without a float', () => {
    const house = litellm.file.models.find(({ upstreamModel }) => upstreamModel === 'acme-llm-70b');
    expect(house).toMatchObject({ contextWindow: 32_768, prices: { input: '0.25', output: '1', cachedInput: '0.025' } });
    expect(litellm.file.models.find(({ upstreamModel }) => upstreamModel === 'dall-e-3')).toMatchObject({ kind: 'image', prices: { image: '0.04' } });
    expect(litellm.file.models.find(({ upstreamModel }) => upstreamModel === 'gpt-4o-eu')?.prices).toMatchObject({ input: '2.5', output: '10' });
  });

  it('spells a wildcard out where the catalogue knows the provider, and says so where it does not', () => {
    expect(litellm.file.aliases.filter(({ name }) => name.startsWith('mistral/')).length).toBeGreaterThan(1);
    expect(litellm.why['model_list[26]']).toMatch(/wildcard/);
  });

  it('lists every field that is not taken with its path and why', () => {
    expect(litellm.why).toMatchObject({
      'model_list[0].litellm_params.api_version': expect.stringContaining('api-version'),
      'model_list[5].litellm_params.max_budget': expect.stringContaining('budget'),
      'model_list[7].litellm_params.aws_secret_access_key': expect.stringContaining('API key'),
      'model_list[27]': expect.stringContaining('replicate'),
      'router_settings.fallbacks[2].gpt-5': expect.stringContaining('does not define'),
      'router_settings.provider_budget_config.openai': expect.stringContaining('2 providers'),
      'general_settings.master_key': expect.stringContaining('fairlead key create'),
      'environment_variables.LANGFUSE_SECRET_KEY': expect.any(String),
      'general_settings.proxy_batch_write_at': 'Fairlead has no such setting',
    });
  });

  it('turns its budgets into budgets of the operator, and its defaults into commands', () => {
    expect(litellm.file.budgets).toEqual([
      { scope: 'platform', limitUsd: '2500', period: 'month' },
      { scope: 'provider', of: 'anthropic', limitUsd: '300.5', period: 'week' },
    ]);
    expect(litellm.commands).toEqual([
      "fairlead budget create --org SLUG --end-user '*' --limit 1.5/total",
      'fairlead key create --org SLUG --name internal-user --models gpt-4o-mini,claude-haiku --budget 25/month --rpm 60',
    ]);
  });
});

describe('importing channels of new-api', () => {
  it('gives a file that fairlead.yaml accepts, with a name for every model a channel serves', () => {
    expect(() => parseConfig(newApi.yaml)).not.toThrow();
    expect(newApi.file.models.length).toBeGreaterThanOrEqual(25);
    expect(by(newApi.file.models, 'acme-chat')).toMatchObject({ provider: 'in-house', upstreamModel: 'acme-llm-70b', prices: { input: '1', output: '3' } });
    expect(by(newApi.file.models, 'BAAI/bge-reranker-v2-m3')).toMatchObject({ kind: 'rerank', enabled: false });
    expect(by(newApi.file.providers, 'qwen')).toMatchObject({ adapter: 'qwen', baseUrl: 'cn', label: 'Qwen 通义' });
  });

  it('shares by weight, and goes by priority where channels have one', () => {
    expect(aliasOf(newApi, 'gpt-4o-mini')).toMatchObject({
      strategy: 'weighted',
      targets: [
        { model: 'openai-main/gpt-4o-mini', weight: 3 },
        { model: 'openai-reserve/gpt-4o-mini', weight: 1 },
      ],
    });
    expect(aliasOf(newApi, 'gpt-4o')?.targets?.at(-1)).toEqual({ model: 'azure-east/acme-gpt4o-deployment' });
    expect(by(newApi.file.providers, 'openai-reserve').credentials).toMatchObject([{}, { enabled: false }, {}]);
    expect(newApi.pasted.get('openai-reserve/key-3')).toBe('sk-import-openai-0004dddd');
  });

  it('makes plans of groups, prices of ratios and commands of users and tokens', () => {
    expect(by(newApi.file.plans, 'default')).toMatchObject({ markupPercent: '20', public: false });
    expect(by(newApi.file.plans, 'internal').models).toEqual({ allow: ['acme-chat', 'acme-chat-long'] });
    expect(by(newApi.file.models, 'openai-main/gpt-4o').prices).toMatchObject({ input: '2.5', output: '10', cachedInput: '1.25' });
    expect(by(newApi.file.models, 'dall-e-3').prices).toMatchObject({ request: '0.04' });
    expect(newApi.commands).toEqual(
      expect.arrayContaining([
        'fairlead org create --name ann --owner ann@example.com --plan vip',
        "fairlead credit grant --org ann --usd 10.51 --reason 'balance brought over'",
        "fairlead key create --org ann --name 'production app' --models gpt-4o,acme-chat --budget 5/total --expires 2030-01-01T00:00:00.000Z",
      ]),
    );
    expect(newApi.why).toMatchObject({
      'channels[12]': expect.stringContaining('Midjourney'),
      'tokens[0].key': expect.stringContaining('shown once'),
      'channels[14].param_override': expect.any(String),
    });
  });

  it('reads a bare list, an answer of its API and the numbers of one-api', () => {
    const channel = { id: 1, type: 36, name: 'deep', key: 'sk-one', models: 'deepseek-chat', status: 1 };
    for (const text of [[channel], { data: [channel] }, { data: { items: [channel] } }, { channels: [channel] }]) {
      expect(read('one-api', JSON.stringify(text)).file.providers).toMatchObject([{ id: 'deep', adapter: 'deepseek' }]);
    }
    expect(() => readImport('new-api', JSON.stringify([channel]))).toThrow(/Suno/);
  });
});

describe('secrets of the imported file', () => {
  it.each([
    ['litellm', litellm],
    ['new-api', newApi],
  ] as const)('of %s stand nowhere but where they are sealed from', (_name, imported) => {
    const { pasted, ...shown } = imported;
    expect(JSON.stringify(shown)).not.toMatch(/import-[A-Za-z]+-?\d{4}|sk-proj-import|imported-|IMPORTED KEY|EEEE5555|FFFF6666|0018|00(19|20|21)"/);
    expect(pasted.size).toBeGreaterThan(3);
  });

  it.each([
    ['litellm', 'model_list:\n  - key: "sk-secret-in-bad-yaml'],
    ['litellm', 'model_list: sk-secret-in-bad-yaml'],
    ['new-api', '{"channels": [{"key": "sk-secret-in-bad-yaml"'],
    ['new-api', '{"channels": "sk-secret-in-bad-yaml"}'],
  ] as const)('of a broken %s file are not in its error', (format, text) => {
    expect(() => readImport(format, text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('sk-secret') }));
  });
});
