import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import type { RequestJson, SubjectKey } from '@/lib/testing/suites/subject';
import { makeDataDir, type Product, startProduct } from './product';
import { Tenants } from './tenant';

/** Dollars per million tokens; each provider's differ, so that a mixed-up card shows. */
const PRICES = {
  openai: { input: '2.50', cachedInput: '1.25', output: '10.00' },
  deepseek: { input: '0.30', cachedInput: '0.006', output: '1.20' },
  qwen: { input: '0.40', cachedInput: '0.08', output: '1.20' },
  kimi: { input: '0.95', cachedInput: '0.19', output: '4.00' },
  glm: { input: '1.40', cachedInput: '0.26', output: '4.40' },
  doubao: { input: '0.827586', cachedInput: '0.1655172', output: '4.13793' },
} as const;
type ProviderId = keyof typeof PRICES;

interface Expectation {
  file: string;
  provider: string;
  kind: string;
  expect: { text?: string; reasoning?: string; usage: { input: number; cacheRead: number; output: number; reasoning: number | null }; finish?: string };
}
const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../lib/providers/__fixtures__/manifest.json'), 'utf8')) as { files: Expectation[] };
const expectationOf = (file: string) => manifest.files.find((entry) => entry.file === file) as Expectation;

/** The price of a call by hand: whole millionths of nano-dollars, one division, rounded up. */
function costOf(provider: ProviderId, usage: Expectation['expect']['usage']): string {
  const nano = (dollars: string) => {
    const [whole = '0', fraction = ''] = dollars.split('.');
    return BigInt(whole + fraction.padEnd(9, '0'));
  };
  const { input, cachedInput, output } = PRICES[provider];
  const sum = BigInt(usage.input - usage.cacheRead) * nano(input) + BigInt(usage.cacheRead) * nano(cachedInput) + BigInt(usage.output) * nano(output);
  const total = (sum + 999_999n) / 1_000_000n;
  const digits = total.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9).replace(/0{1,3}$/, '')}`;
}

function config(upstream: string): string {
  const ids = Object.keys(PRICES) as ProviderId[];
  return `apiVersion: fairlead/v1
providers:
${ids.map((id) => `  - { id: ${id}, adapter: ${id}, baseUrl: "${upstream}/${id}/v1", credentials: [{ name: main, secret: "\${env:REPLAY_KEY}" }] }`).join('\n')}
models:
${ids.map((id) => `  - { id: ${id}-model, provider: ${id}, upstreamModel: replayed, maxOutputTokens: 4096, prices: { currency: USD, ${Object.entries(PRICES[id]).map(([item, rate]) => `${item}: "${rate}"`).join(', ')} } }`).join('\n')}
aliases:
${ids.map((id) => `  - { name: via-${id}, targets: [{ model: ${id}-model }] }`).join('\n')}
plans:
  - { id: replay, name: Replay, models: { allow: ["via-*"] }, logRetentionDays: 7, prepaid: true }
`;
}

let upstream: FakeUpstream;
let product: Product;
let key: SubjectKey;
let client: OpenAI;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const dataDir = makeDataDir();
  const configFile = path.join(dataDir, 'fairlead.yaml');
  writeFileSync(configFile, config(upstream.url));
  product = await startProduct({ dataDir, env: { CONFIG_FILE: configFile, REPLAY_KEY: 'sk-replay-secret', ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: 'warn' } });
  key = await new Tenants(product).createKey({ plan: 'replay' as 'prepaid', credit: '10.00' });
  client = new OpenAI({ baseURL: product.apiBaseUrl, apiKey: key.key });
});
afterAll(async () => {
  await product?.stop();
  await upstream?.close();
});

const messages = [{ role: 'user' as const, content: 'Hello' }];

describe.each(Object.keys(PRICES) as ProviderId[])('%s, as recorded', (provider) => {
  const check = (request: RequestJson, usage: Expectation['expect']['usage']) => {
    expect(request).toMatchObject({
      status: 'completed',
      alias: `via-${provider}`,
      model: `${provider}-model`,
      provider,
      usage: { input_tokens: usage.input, cached_input_tokens: usage.cacheRead, output_tokens: usage.output },
      usage_source: 'reported',
      cost_usd: costOf(provider, usage),
    });
    if (usage.reasoning !== null) expect(request.usage.reasoning_tokens).toBe(usage.reasoning);
    expect(request.attempts).toHaveLength(1);
  };

  it('streams its text; tokens and cost in the log are exact', async () => {
    const expected = expectationOf(`${provider}.stream.txt`).expect;
    const { data, response } = await client.chat.completions.create({ model: `via-${provider}`, messages, stream: true, stream_options: { include_usage: true } }).withResponse();
    let text = '';
    let reasoning = '';
    let finish: string | null = null;
    let cost: unknown;
    for await (const chunk of data) {
      const choice = chunk.choices[0];
      text += choice?.delta.content ?? '';
      reasoning += (choice?.delta as { reasoning_content?: string } | undefined)?.reasoning_content ?? '';
      finish = choice?.finish_reason ?? finish;
      if (chunk.usage) cost = (chunk.usage as { cost?: string }).cost;
    }
    expect(text).toBe(expected.text);
    if (expected.reasoning) expect(reasoning).toBe(expected.reasoning);
    expect(finish).toBe(expected.finish);
    expect(cost).toBe(costOf(provider, expected.usage));
    check(await key.readRequest(response.headers.get('x-request-id') ?? ''), expected.usage);
  });

  it('answers whole; tokens and cost in the log are exact', async () => {
    const expected = expectationOf(`${provider}.nonstream.json`).expect;
    const recorded = JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../lib/providers/__fixtures__/${provider}.nonstream.json`), 'utf8')) as { choices: { message: { content: string } }[] };
    const { data, response } = await client.chat.completions.create({ model: `via-${provider}`, messages }).withResponse();
    expect(data.choices[0]?.message.content).toBe(recorded.choices[0]?.message.content);
    expect(response.headers.get('x-fairlead-cost-usd')).toBe(costOf(provider, expected.usage));
    check(await key.readRequest(response.headers.get('x-request-id') ?? ''), expected.usage);
  });
});

it('charges exactly the sum of all calls', async () => {
  const spent = (Object.keys(PRICES) as ProviderId[])
    .flatMap((provider) => ['stream.txt', 'nonstream.json'].map((kind) => costOf(provider, expectationOf(`${provider}.${kind}`).expect.usage)))
    .reduce((sum, cost) => sum + BigInt(cost.replace('.', '').padEnd(10, '0')), 0n);
  const balance = await key.readBalance();
  expect(BigInt(balance.spent_usd.replace('.', '').padEnd(10, '0'))).toBe(spent);
  expect(balance.held_usd).toBe('0.000000');
});
