import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { makeDataDir, type Product, startProduct } from './product';
import { Tenants } from './tenant';

interface Attempt {
  model: string;
  provider: string;
  reason: string;
  outcome: string;
  credential_last4: string;
  error_message: string | null;
}

/** The first example of the routing guide as it stands there, pointed at stand-ins and made impatient. */
function guideConfig(url: string): string {
  const guide = readFileSync(path.join(import.meta.dirname, '../docs/guides/routing.md'), 'utf8');
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
  return `${yaml
    .replace('adapter: deepseek\n', `adapter: deepseek\n    baseUrl: ${url}/v1\n`)
    .replace('adapter: qwen,', `adapter: qwen, baseUrl: "${url}/v1",`)
    .replace('firstTokenMs: 20000', 'firstTokenMs: 700, idleMs: 700')}
plans:
  - { id: team, name: Team, models: { allow: ["*"] }, logRetentionDays: 7, prepaid: false }
`;
}

let upstream: FakeUpstream;
let product: Product;
let management: string;
let client: OpenAI;
const dataDir = makeDataDir();

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const file = path.join(dataDir, 'fairlead.yaml');
  writeFileSync(file, guideConfig(upstream.url));
  product = await startProduct({ dataDir, env: { CONFIG_FILE: file, DEEPSEEK_API_KEY: 'sk-deepseek-secret-dddd', QWEN_API_KEY: 'sk-qwen-secret-qqqq', ALLOW_PRIVATE_UPSTREAMS: 'true', LOG_LEVEL: 'warn' } });
  const tenants = new Tenants(product);
  ({ management } = await tenants.createOrg('team'));
  const { key } = await tenants.api<{ key: string }>(management, 'POST', '/keys', { name: 'coder' });
  client = new OpenAI({ baseURL: product.apiBaseUrl, apiKey: key, maxRetries: 0 });
});
afterAll(async () => {
  await product?.stop();
  await upstream?.close();
});

it.each([false, true])('DeepSeek for code; on timeout once more; then Qwen; every attempt in the log; the answer returned (stream: %s)', async (stream) => {
  upstream.reset();
  upstream.script('deepseek-v4-pro', { silent: true });
  const asked = { model: 'code-reasoner', messages: [{ role: 'user' as const, content: 'Sort a list in Rust.' }] };
  let id: string;
  if (stream) {
    const { data, response } = await client.chat.completions.create({ ...asked, stream: true }).withResponse();
    let text = '';
    for await (const chunk of data) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe('hello');
    id = response.headers.get('x-request-id') ?? '';
  } else {
    const { data, response } = await client.chat.completions.create(asked).withResponse();
    expect(data).toMatchObject({ model: 'qwen3-coder-plus', choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }] });
    expect(response.headers.get('x-fairlead-attempts')).toBe('3');
    id = response.headers.get('x-request-id') ?? '';
  }
  const request = await new Tenants(product).api<{ alias: string; model: string; status: string; attempts: Attempt[] }>(management, 'GET', `/requests/${id}`);
  expect(request).toMatchObject({ alias: 'code-reasoner', model: 'qwen3-coder-plus', status: 'completed' });
  const silent = { model: 'deepseek-v4-pro', provider: 'deepseek', outcome: 'first_token_timeout', credential_last4: 'dddd', error_message: expect.stringContaining('first token deadline of 700 ms') };
  expect(request.attempts).toMatchObject([
    { ...silent, reason: 'primary' },
    { ...silent, reason: 'retry' },
    { model: 'qwen3-coder-plus', provider: 'qwen', reason: 'fallback', outcome: 'completed', credential_last4: 'qqqq' },
  ]);
  expect(upstream.requests.map(({ model }) => model)).toEqual(['deepseek-v4-pro', 'deepseek-v4-pro', 'qwen3-coder-plus']);
});
