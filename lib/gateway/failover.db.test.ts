import net from 'node:net';
import OpenAI from 'openai';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '@/lib/kernel/clock';
import type { CompiledCredential } from '@/lib/policy';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { asSystem, createGatewayPool } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type Behaviour, type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { startRouting } from './routing';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
const database = await createTestDatabase();
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;

const apply = (text: string) =>
  applyConfig({
    ctx: { actor: { type: 'system', label: 'test' }, operator: true },
    input: { text },
    surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets(() => 'sk-some-secret-aaaa') },
  });

const CASES = ['d01', 'd02', 'd05', 'd20', 'd07', 'd10', 'd11', 'd14', 'd16', 'd17', 'd24', 'again'];
const provider = (id: string, baseUrl: string, breaker: string, firstTokenMs = 500) =>
  `  - { id: ${id}, adapter: openai-compatible, baseUrl: "${baseUrl}/v1", credentials: [{ name: a, secret: "\${env:A}" }], timeouts: { connectMs: 400, firstTokenMs: ${firstTokenMs}, idleMs: 500, totalMs: 10000 }, breaker: ${breaker} }`;
const model = (id: string, of: string) => `  - { id: ${id}, provider: ${of}, contextWindow: 128000, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" } }`;
const config = (hole: number, closed: number) => `apiVersion: fairlead/v1
providers:
${provider('u', upstream.url, '{ failures: 100, coolDownMs: 100, maxCoolDownMs: 200 }')}
${provider('brittle', upstream.url, '{ failures: 2, coolDownMs: 1200, maxCoolDownMs: 60000 }')}
${provider('hasty', upstream.url, '{ failures: 100, coolDownMs: 100, maxCoolDownMs: 200 }', 5_000).replace('totalMs: 10000', 'totalMs: 300')}
${provider('refused', `http://127.0.0.1:${closed}`, '{ failures: 100, coolDownMs: 100, maxCoolDownMs: 200 }')}
${provider('blackhole', `https://127.0.0.1:${hole}`, '{ failures: 100, coolDownMs: 100, maxCoolDownMs: 200 }', 5_000)}
models:
${[...CASES, 'fallback', 'deepseek', 'qwen'].map((id) => model(id, 'u')).join('\n')}
${model('d23', 'brittle')}
${model('hurried', 'hasty')}
${model('at-refused', 'refused')}
${model('at-blackhole', 'blackhole')}
aliases:
${CASES.map((id) => `  - { name: via-${id}, targets: [{ model: ${id}, retries: 1 }, { model: fallback, retries: 0 }]${id === 'again' ? ', streamRecovery: restart' : ''} }`).join('\n')}
  - { name: alone, targets: [{ model: d01, retries: 1 }] }
  - { name: code-reasoning, targets: [{ model: deepseek, retries: 1, onTimeout: retry }, { model: qwen }] }
  - { name: via-d23, targets: [{ model: d23, retries: 0 }, { model: fallback }] }
`;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  const held = new Set<net.Socket>();
  // Takes connections and never says a word, so that none is ever established for TLS.
  const hole = net.createServer((socket) => held.add(socket.on('error', () => undefined)));
  const closed = net.createServer();
  const portOf = (server: net.Server) => new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port)));
  const [holePort, closedPort] = [await portOf(hole), await portOf(closed)];
  await new Promise((resolve) => closed.close(resolve));
  await asSystem(seedCatalogue);
  await apply(config(holePort, closedPort));
  tenant = await createTenant({ plan: { prepaid: false } });
  gateway = await startTestGateway();
  return async () => {
    await gateway.close();
    await upstream.close();
    for (const socket of held) socket.destroy();
    hole.close();
  };
});
beforeEach(() => upstream.reset());

async function ask(name: string, more: Record<string, unknown> = {}) {
  const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'hello' }], ...more }),
  });
  return { status: response.status, headers: response.headers, served: response.headers.get('x-fairlead-model'), text: await response.text() };
}

const askedFor = (name: string) => upstream.requests.filter((request) => request.model === name);
const attemptsOf = ({ headers }: { headers: Headers }) =>
  database.query<Record<string, unknown>>('SELECT model_id, reason, outcome, status, cost_nano::text FROM logs.attempt WHERE request_id = $1 ORDER BY index', [headers.get('x-request-id')]);
/** What a reader of the stream puts together. */
const contentOf = (text: string) => [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json as string).choices?.[0]?.delta?.content ?? '').join('');

it('D01 one 429 is waited out as Retry-After says, at the same target', async () => {
  upstream.script('d01', [{ status: 429, headers: { 'retry-after': '2' } }, {}]);
  expect((await ask('alone')).status).toBe(200);
  const [first, second] = askedFor('d01');
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_800);
});

it('D02 lasting 429s end at the fallback after few attempts', async () => {
  upstream.script('d02', { status: 429 });
  expect((await ask('via-d02')).served).toBe('fallback');
  expect(askedFor('d02').length).toBeLessThanOrEqual(4);
});

it('D05 a reset connection is answered nevertheless', async () => {
  upstream.script('d05', { reset: 'before-headers' });
  expect((await ask('via-d05')).status).toBe(200);
});

it('D07 a head without a first token is left once the limit has passed', async () => {
  upstream.script('d07', { firstTokenMs: 20_000 });
  const startedAt = Date.now();
  const answer = await ask('via-d07', { stream: true });
  expect([answer.served, contentOf(answer.text)]).toEqual(['fallback', 'hello']);
  expect(Date.now() - startedAt).toBeLessThan(15_000);
});

it('D10 a malformed chunk never becomes a silent gap, and the next call is well', async () => {
  upstream.script('d10', [{ malformedAt: 4 }, {}]);
  const { text } = await ask('via-d10', { stream: true });
  expect([contentOf(text) === 'hello', text.includes('upstream_stream_interrupted')]).toContain(true);
  expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  expect(contentOf((await ask('via-d10', { stream: true })).text)).toBe('hello');
});

it('D11 a whole answer without its [DONE] is ended properly', async () => {
  upstream.script('d11', { noDone: true });
  const { text } = await ask('via-d11', { stream: true });
  expect([contentOf(text), text.includes('"finish_reason":"stop"'), text.trimEnd().endsWith('data: [DONE]')]).toEqual(['hello', true, true]);
});

it('D14 a fallback that refuses an assistant prefill does not lend its 400 to the client', async () => {
  upstream.script('d14', { status: 503 });
  upstream.script('fallback', { status: 400 });
  const messages = [{ role: 'user', content: 'hello' }, { role: 'assistant', content: 'Well' }];
  const answer = await ask('via-d14', { messages });
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'upstream_error' } });
});

it('D16 the model and usage of the fallback are reported, and failed attempts cost nothing', async () => {
  upstream.script('d16', { status: 500 });
  const answer = await ask('via-d16');
  const body = JSON.parse(answer.text) as { model: string; usage: { completion_tokens: number } };
  expect([answer.served, body.model]).toEqual(['fallback', 'fallback']);
  expect(body.usage.completion_tokens).toBeGreaterThan(0);
  const [first, second, last] = await attemptsOf(answer);
  expect([first?.cost_nano, second?.cost_nano]).toEqual(['0', '0']);
  expect(BigInt(String(last?.cost_nano))).toBeGreaterThan(0n);
});

it('D17 a client library with its own retries does not multiply those of the gateway', async () => {
  upstream.script('d17', { status: 503 });
  upstream.script('fallback', { status: 503 });
  const client = new OpenAI({ apiKey: tenant.key, baseURL: gateway.baseUrl.node });
  await expect(client.chat.completions.create({ model: 'via-d17', messages: [{ role: 'user', content: 'hello' }] })).rejects.toMatchObject({ status: 502 });
  expect(upstream.requests).toHaveLength(3);
});

it('a gateway timeout of DeepSeek is tried once more, then Qwen answers, and every attempt is in the log', async () => {
  upstream.script('deepseek', { status: 504 });
  const answer = await ask('code-reasoning');
  expect([answer.status, answer.served]).toEqual([200, 'qwen']);
  expect(await attemptsOf(answer)).toMatchObject([
    { model_id: 'deepseek', reason: 'primary', status: 504 },
    { model_id: 'deepseek', reason: 'retry', status: 504 },
    { model_id: 'qwen', reason: 'fallback', outcome: 'completed' },
  ]);
});

it('a silent DeepSeek is asked once more where its alias says so, then Qwen answers, and every attempt is in the log', async () => {
  upstream.script('deepseek', { silent: true });
  const answer = await ask('code-reasoning');
  expect([answer.status, answer.served]).toEqual([200, 'qwen']);
  expect(await attemptsOf(answer)).toMatchObject([
    { model_id: 'deepseek', reason: 'primary', outcome: 'first_token_timeout' },
    { model_id: 'deepseek', reason: 'retry', outcome: 'first_token_timeout' },
    { model_id: 'qwen', reason: 'fallback', outcome: 'completed' },
  ]);
});

describe('D20 each deadline is counted apart and tells its name', () => {
  it('a closed port is no deadline at all', async () => {
    const answer = await ask('at-refused');
    expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([502, 'upstream_error']);
    expect(await attemptsOf(answer)).toMatchObject([{ outcome: 'connect', status: null }, { outcome: 'connect', status: null }]);
  });

  it.each<[string, string, Behaviour, string]>([
    ['connect', 'at-blackhole', {}, 'no connection within the connect deadline of 400 ms'],
    ['first_token', 'd20', { silent: true }, 'no token within the first token deadline of 500 ms'],
    ['idle', 'd20', { raw: { bytes: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"id":', ending: 'hold' } }, 'nothing more within the idle deadline of 500 ms'],
    ['total', 'hurried', { delayMs: 20_000 }, 'no end within the total deadline of 300 ms'],
  ])('%s', async (deadline, name, behaviour, message) => {
    upstream.script('d20', behaviour);
    upstream.script('hurried', behaviour);
    const answer = await ask(name);
    expect(answer.status).toBe(504);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'upstream_timeout', deadline, message: expect.stringContaining(message) } });
    expect(await attemptsOf(answer)).toMatchObject([{ outcome: `${deadline}_timeout` }]);
  });
});

it('D23 a pause is known to another process within a second, and the next failure makes it longer', async () => {
  const pool = createGatewayPool({ max: 1, onError: () => undefined });
  const other = startRouting({ pool, clock: systemClock, processId: 'another', liveProcesses: () => 1, onProblem: () => undefined });
  upstream.script('d23', { status: 503 });
  const target = gateway.deps.policy.current().models.get('d23');
  if (!target) throw new Error('the model is not compiled');
  const credential = target.provider.credentials[0] as CompiledCredential;
  const pauseOf = async () => (await database.query<{ trips: number; ms: number }>(`SELECT trips, (extract(epoch from open_until - opened_at) * 1000)::float8 AS ms FROM target_health WHERE model_id = 'd23' OR provider_id = 'brittle'`))[0];
  await ask('via-d23');
  await ask('via-d23');
  await vi.waitFor(() => expect(other.health.peek(target, credential)).toBe('open'), { timeout: 1_500, interval: 50 });
  const first = await pauseOf();
  await vi.waitFor(
    async () => {
      await ask('via-d23');
      expect((await pauseOf())?.trips).toBeGreaterThan(first?.trips ?? 0);
    },
    { timeout: 8_000, interval: 200 },
  );
  await other.stop();
  await pool.end();
});

it('D24 an alias moves to another target while 200 calls run, and none fails', async () => {
  upstream.script('d24', { delayMs: 150 });
  upstream.script('again', { delayMs: 20 });
  const calls = Array.from({ length: 200 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 10));
    return ask('via-d24');
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await apply('{ apiVersion: fairlead/v1, aliases: [{ name: via-d24, targets: [{ model: again }] }] }');
  const answers = await Promise.all(calls);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answers[0]?.served).toBe('d24');
  await vi.waitFor(async () => expect((await ask('via-d24')).served).toBe('again'), { timeout: 3_000 });
});

describe('streamRecovery: restart', () => {
  it('starts anew at the next target while nothing visible was sent', async () => {
    upstream.script('again', { cutAfter: 1 });
    const { text } = await ask('via-again', { stream: true });
    expect([contentOf(text), text.includes('error')]).toEqual(['hello', false]);
  });

  it('ends with an error once something was', async () => {
    upstream.script('again', { cutAfter: 3 });
    const { text } = await ask('via-again', { stream: true });
    expect(text).toContain('upstream_stream_interrupted');
    expect(askedFor('fallback')).toHaveLength(0);
  });
});
