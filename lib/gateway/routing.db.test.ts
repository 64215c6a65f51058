import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RouteTrace } from './explain-route';
import { applyConfig } from '@/lib/services/config/apply-config';
import { localSecrets } from '@/lib/services/config/resolve-secrets';
import { configSurroundings } from '@/lib/services/config/surroundings';
import { testRoute } from '@/lib/http/test-route';
import { TestRouteSchema } from '@/lib/services/aliases';
import { internalPost } from '@/lib/runtime/internal-socket';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { seedCatalogue } from '@/lib/services/catalogue/seed-catalogue';
import { asSystem } from '@/lib/store';

vi.stubEnv('ALLOW_PRIVATE_UPSTREAMS', 'true');
const database = await createTestDatabase();
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;

const SECRETS: Record<string, string> = { A: 'sk-first-secret-aaaa', B: 'sk-second-secret-bbbb' };
const apply = (text: string) =>
  applyConfig({
    ctx: { actor: { type: 'system', label: 'test' }, operator: true },
    input: { text },
    surroundings: { ...configSurroundings('local'), allowPrivateUpstreams: true, secrets: localSecrets((name) => SECRETS[name]) },
  });

const model = (id: string, more = '') => `  - { id: ${id}, provider: u, contextWindow: 128000, maxOutputTokens: 4096, prices: { input: "2.00", output: "8.00" }${more} }`;
const config = () => `apiVersion: fairlead/v1
providers:
  - id: u
    adapter: openai-compatible
    baseUrl: ${upstream.url}/v1
    credentials: [{ name: a, secret: "\${env:A}" }, { name: b, secret: "\${env:B}", priority: 2 }]
    timeouts: { connectMs: 1000, firstTokenMs: 400, idleMs: 400, totalMs: 10000 }
    breaker: { failures: 3, coolDownMs: 400, maxCoolDownMs: 800 }
models:
${['one', 'two', 'three', 'flappy', 'steady', 'keyed', 'broken', 'limited', 'refusing', 'cut', 'stalls', 'silent-one', 'oncefails'].map((id) => model(id)).join('\n')}
  - { id: small, provider: u, contextWindow: 1000, maxOutputTokens: 500, prices: { input: "1.00", output: "1.00" } }
  - { id: cheap, provider: u, contextWindow: 128000, prices: { input: "0.10", output: "0.10" }, capabilities: [json] }
aliases:
  - name: by-condition
    targets:
      - { model: one, conditions: { language: zh } }
      - { model: two, conditions: { tools: true } }
      - { model: three, conditions: { tags: { team: growth } } }
      - { model: cheap, conditions: { regions: [eu] } }
      - { model: steady, conditions: { minInputTokens: 500 } }
      - { model: keyed, conditions: { images: true } }
      - { model: broken }
  - { name: flapping, targets: [{ model: flappy, retries: 0 }, { model: steady }] }
  - { name: with-keys, targets: [{ model: keyed, retries: 0 }] }
  - { name: falls, targets: [{ model: broken, retries: 1 }, { model: steady }] }
  - { name: waits, targets: [{ model: limited, retries: 1 }, { model: steady }] }
  - { name: overflow, targets: [{ model: small }, { model: refusing }, { model: steady }] }
  - { name: whole, streamRecovery: hold, targets: [{ model: cut, retries: 0 }, { model: steady }] }
  - { name: whole-stall, streamRecovery: hold, targets: [{ model: stalls, retries: 0 }, { model: steady }] }
  - { name: plain, targets: [{ model: cut, retries: 0 }, { model: steady }] }
  - { name: quiet, targets: [{ model: silent-one, retries: 2 }, { model: steady }] }
  - { name: again, targets: [{ model: oncefails, retries: 1 }, { model: steady }] }
`;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  await asSystem(seedCatalogue);
  await apply(config());
  tenant = await createTenant({ plan: { prepaid: false } });
  gateway = await startTestGateway();
  return async () => {
    await gateway.close();
    await upstream.close();
  };
});
beforeEach(() => upstream.reset());

interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

async function ask(alias: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: alias, messages: [{ role: 'user', content: 'hello' }], ...more }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const served = ({ headers }: Answer) => headers.get('x-fairlead-model');
const askedFor = (name: string) => upstream.requests.filter((request) => request.model === name);

async function forgetFaults(): Promise<void> {
  await database.query('DELETE FROM target_health');
  gateway.deps.routing.health.entries.clear();
}

async function withOneCredential(): Promise<void> {
  await apply('{ apiVersion: fairlead/v1, providers: [{ id: u, adapter: openai-compatible, credentials: [{ name: a, secret: "${env:A}" }] }] }');
  await expect.poll(() => gateway.deps.policy.current().models.get('limited')?.provider.credentials.length, { timeout: 3_000, interval: 20 }).toBe(1);
}

it('a condition decides who is asked, and the log names why the others were not', async () => {
  const to = async (more: Record<string, unknown>, headers: Record<string, string> = {}) => served(await ask('by-condition', more, headers));
  expect(await to({ messages: [{ role: 'user', content: '请解释这个函数的作用 sort()' }] })).toBe('one');
  expect(await to({ tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }] })).toBe('two');
  expect(await to({}, { 'x-fairlead-tags': 'team=growth' })).toBe('three');
  expect(await to({}, { 'x-fairlead-region': 'eu' })).toBe('cheap');
  expect(await to({ messages: [{ role: 'user', content: 'word '.repeat(1_000) }] })).toBe('steady');
  expect(await to({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aaaa', detail: 'low' } }] }] })).not.toBe('broken');
  const plain = await ask('by-condition');
  expect(served(plain)).toBe('broken');
  const [row] = await database.query<{ candidates_left_out: { model: string; reason: string }[] }>('SELECT candidates_left_out FROM logs.request WHERE id = $1', [plain.headers.get('x-request-id')]);
  expect(row?.candidates_left_out).toContainEqual({ model: 'one', reason: 'condition_language' });
  expect(row?.candidates_left_out).toContainEqual({ model: 'two', reason: 'condition_tools' });
});

describe('the fault decides', () => {
  it('D03 one 500 is tried again at the same target', async () => {
    upstream.script('oncefails', [{ status: 500 }, {}]);
    const answer = await ask('again');
    expect([answer.status, served(answer), answer.headers.get('x-fairlead-attempts')]).toEqual([200, 'oncefails', '2']);
  });

  it('D04 a lasting 503 goes to the fallback, and both attempts are in the log with why each was chosen and left', async () => {
    upstream.script('broken', { status: 503 });
    const answer = await ask('falls');
    expect([answer.status, served(answer), answer.headers.get('x-fairlead-attempts')]).toEqual([200, 'steady', '3']);
    const rows = await database.query<Record<string, unknown>>('SELECT model_id, reason, chosen, left_for, outcome, credential_last4 FROM logs.attempt WHERE request_id = $1 ORDER BY index', [answer.headers.get('x-request-id')]);
    expect(rows).toMatchObject([
      { model_id: 'broken', reason: 'primary', chosen: 'priority 1', left_for: expect.stringMatching(/^the same target after \d+ ms$/), outcome: 'server', credential_last4: 'aaaa' },
      { model_id: 'broken', reason: 'retry', chosen: 'the same target again', left_for: 'the next target' },
      { model_id: 'steady', reason: 'fallback', chosen: 'priority 2', outcome: 'completed' },
    ]);
  });

  it('D06 a silent target gets one attempt, then the next answers', async () => {
    upstream.script('silent-one', { silent: true });
    const startedAt = Date.now();
    const answer = await ask('quiet', { stream: true });
    expect(served(answer)).toBe('steady');
    expect(Date.now() - startedAt).toBeLessThan(400 + 5_000);
    expect(askedFor('silent-one')).toHaveLength(1);
  });

  it('D12 a prompt that does not fit goes to a larger target only', async () => {
    const tooLong = { status: 400, body: JSON.stringify({ error: { message: 'too long', code: 'context_length_exceeded' } }) };
    upstream.script('small', tooLong);
    const answer = await ask('overflow');
    expect(served(answer)).toBe('refusing');
    expect(askedFor('small')).toHaveLength(1);
  });

  it('D13 a refusal of the content is passed on, not routed around', async () => {
    upstream.script('broken', { status: 400, body: JSON.stringify({ error: { message: 'no', code: 'content_filter', type: 'invalid_request_error' } }) });
    await forgetFaults();
    const answer = await ask('falls');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'content_filter' } });
    expect(upstream.requests).toHaveLength(1);
  });

  it('D19 a credential that the provider refuses gives way to the next, and the client never sees a 401', async () => {
    upstream.script('keyed', (request) => (String(request.headers.authorization).endsWith('aaaa') ? { status: 401 } : {}));
    const first = await ask('with-keys');
    expect([first.status, first.headers.get('x-fairlead-attempts')]).toEqual([200, '2']);
    const second = await ask('with-keys');
    expect([second.status, second.headers.get('x-fairlead-attempts')]).toEqual([200, '1']);
    upstream.script('keyed', { status: 401 });
    expect((await ask('with-keys')).status).toBe(502);
  });

  it.each([
    ['one second', { 'retry-after': '1' }, 'limited', 900],
    ['milliseconds', { 'retry-after-ms': '300' }, 'limited', 250],
    ['an hour', { 'retry-after': '3600' }, 'steady', 0],
    ['1e12', { 'retry-after': '1e12' }, 'steady', 0],
    ['a negative number', { 'retry-after': '-5' }, 'limited', 0],
    ['words', { 'retry-after': 'abc' }, 'limited', 0],
    ['zero', { 'retry-after': '0' }, 'limited', 0],
    ['a date far away', { 'retry-after': 'Wed, 21 Oct 2037 07:28:00 GMT' }, 'steady', 0],
    ['a date gone by', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 'limited', 0],
  ])('D22 Retry-After of %s', async (_name, headers, answeredBy, atLeastMs) => {
    await forgetFaults();
    upstream.script('limited', [{ status: 429, headers: headers as Record<string, string> }, {}]);
    // With another credential the call would not have to wait.
    await withOneCredential();
    const answer = await ask('waits');
    expect(served(answer)).toBe(answeredBy);
    const [first, second] = askedFor('limited');
    if (first && second) expect(second.at - first.at).toBeGreaterThanOrEqual(atLeastMs);
  });
});

describe('a stream', () => {
  it('D08 held back: a cut answer is replaced by a whole one, and none of it was seen', async () => {
    upstream.script('cut', { cutAfter: 3 });
    const answer = await ask('whole', { stream: true });
    expect(answer.text).not.toContain('error');
    expect(answer.text.match(/"content":"[helo]"/g)).toHaveLength(5);
    expect(answer.text).toContain('"model":"steady"');
    expect(answer.text.trimEnd().endsWith('data: [DONE]')).toBe(true);
    expect(answer.headers.get('x-fairlead-stream-recovery')).toBe('hold');
    expect(gateway.deps.routing.held.bytes).toBe(0);
  });

  it('D09 held back: a stalled answer is replaced too', async () => {
    upstream.script('stalls', { stallAfter: 3 });
    const answer = await ask('whole-stall', { stream: true });
    expect(answer.text).toContain('"model":"steady"');
    expect(answer.text).not.toContain('error');
  });

  it('held back and too large: it goes on as it comes, and says so', async () => {
    upstream.script('cut', { chunks: Array.from({ length: 30 }, () => 'x'.repeat(50_000)) });
    const answer = await ask('whole', { stream: true });
    expect(answer.headers.get('x-fairlead-stream-recovery')).toBe('overflow');
    expect(answer.text.length).toBeGreaterThan(1_500_000);
    expect(gateway.deps.routing.held.bytes).toBe(0);
  });

  it('D19 passed on as it comes: after the first content nobody is asked again, and it never looks complete', async () => {
    upstream.script('cut', { cutAfter: 3 });
    const answer = await ask('plain', { stream: true });
    expect(askedFor('steady')).toHaveLength(0);
    expect(answer.text).toContain('upstream_stream_interrupted');
    expect(answer.text).not.toContain('"finish_reason":"stop"');
    expect(answer.text.trimEnd().endsWith('data: [DONE]')).toBe(true);
  });
});

it('D15 a flapping target: every call is answered, few probes reach it while it is down, and it is back soon after', async () => {
  let isDown = true;
  upstream.script('flappy', () => (isDown ? { status: 503 } : {}));
  const answers: (string | null)[] = [];
  for (let call = 0; call < 25; call++) {
    if (call === 15) isDown = false;
    const answer = await ask('flapping');
    expect(answer.status).toBe(200);
    answers.push(served(answer));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(answers.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 'steady'));
  expect(answers.at(-1)).toBe('flappy');
  const whileDown = askedFor('flappy').filter(({ status }) => status === 503).length;
  expect(whileDown).toBeGreaterThanOrEqual(3);
  expect(whileDown).toBeLessThanOrEqual(8);
});

it('Test route tells the way of a call, and calls nobody', async () => {
  const question = { document: { name: 'draft', strategy: 'weighted', targets: [{ model: 'one', weight: 1, conditions: { tools: true } }, { model: 'two', weight: 2 }] }, request: { messages: [{ role: 'user', content: 'hello' }] } };
  const trace = await internalPost<RouteTrace>('/routes/explain', question);
  expect(trace).toMatchObject({
    alias: 'draft',
    strategy: 'weighted',
    error: null,
    steps: [{ model: 'two', provider: 'u', estimated_cost_usd: expect.stringMatching(/^0\.0/), credentials: expect.arrayContaining([expect.objectContaining({ last4: 'aaaa', health: 'closed' })]) }],
    left_out: [{ model: 'one', reason: 'condition_tools' }],
  });
  // As the editor of an alias sends it: every field there, most of them empty.
  const edited = { name: 'edited', description: null, strategy: 'priority', targets: [{ model: 'one' }, { model: 'two' }], sticky: 'none', onContextOverflow: 'next', streamRecovery: 'none', canary: null, totalMs: null };
  const traced = await testRoute({ input: TestRouteSchema.parse({ document: edited, request: question.request, plan: undefined }) });
  expect(traced).toMatchObject({ error: null, left_out: [], steps: [{ model: 'one', chosen: 'priority 1' }, { model: 'two', chosen: 'priority 2' }] });
  expect(await internalPost<RouteTrace>('/routes/explain', { model: 'nothing', request: {} })).toMatchObject({ steps: [], error: { code: expect.any(String) } });
  expect(upstream.requests).toHaveLength(0);
});

describe('Idempotency-Key (G09)', () => {
  const key = (name: string) => ({ 'idempotency-key': `${name}-${Date.now()}` });

  it.each([false, true])('the same call twice asks the provider once and gets the same answer (stream: %s)', async (stream) => {
    const headers = key('same');
    const first = await ask('one', { stream }, headers);
    const again = await ask('one', { stream }, headers);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('x-request-id')).toBe(first.headers.get('x-request-id'));
    expect(upstream.requests).toHaveLength(1);
  });

  it('another body under the same key is a 409', async () => {
    const headers = key('other');
    await ask('one', {}, headers);
    const other = await ask('one', { temperature: 1 }, headers);
    expect(other.status).toBe(409);
    expect(JSON.parse(other.text)).toMatchObject({ error: { code: 'idempotency_conflict' } });
  });

  it('of calls at the same time one runs and the others wait for its answer', async () => {
    upstream.script('one', { delayMs: 200 });
    const headers = key('concurrent');
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('one', {}, headers)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(upstream.requests).toHaveLength(1);
  });

  it('a failure is not kept', async () => {
    upstream.script('two', [{ status: 400 }, {}]);
    const headers = key('failed');
    expect((await ask('two', {}, headers)).status).toBe(400);
    expect((await ask('two', {}, headers)).status).toBe(200);
  });

  it('what is kept is sealed', async () => {
    await ask('one', {}, key('sealed'));
    const rows = await database.query<{ answer: string }>(`SELECT answer FROM idempotent_answer WHERE state = 'done'`);
    expect(rows.length).toBeGreaterThan(0);
    for (const { answer } of rows) expect(answer).toMatch(/^s1\./);
  });
});
