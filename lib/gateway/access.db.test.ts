import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { savePlatformDeny } from '@/lib/services/access/platform-deny';
import { explainAccess } from '@/lib/services/access/explain-access';
import { seedCatalogue } from '@/lib/services/catalogue';
import { applyConfig } from '@/lib/services/config';
import { suspendTenant } from '@/lib/services/operator/tenants/change-tenant';
import { asSystem, bumpVersion } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TenantOptions, type TestTenant } from '@/lib/testing/tenants';

process.env.ALLOW_PRIVATE_UPSTREAMS = 'true';
process.env.ACCESS_KEY = 'sk-upstream-0123456789';
const { query } = await createTestDatabase();
const ctx = { actor: { type: 'system' as const, label: 'test' }, operator: true as const };
let upstream: FakeUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  upstream = await startFakeUpstream();
  const provider = (id: string) => ({
    id,
    adapter: 'openai-compatible',
    baseUrl: `${upstream.url}/v1`,
    credentials: [{ name: 'main', secret: '${env:ACCESS_KEY}' }],
  });
  const model = (id: string, of: string, output: string, capabilities: string[] = []) => ({
    id,
    provider: of,
    upstreamModel: 'std',
    maxOutputTokens: 100,
    capabilities,
    prices: { input: '0.10', output },
  });
  const document = {
    apiVersion: 'fairlead/v1',
    providers: [provider('west'), provider('east')],
    models: [
      model('small', 'west', '0.40'),
      model('premium', 'west', '60'),
      model('experimental/next', 'west', '2', ['vision']),
      model('east-small', 'east', '0.30'),
    ],
    aliases: [{ name: 'chat', targets: [{ model: 'premium' }, { model: 'east-small' }, { model: 'small' }] }],
  };
  await applyConfig({ ctx, input: { text: JSON.stringify(document) } });
  await query(`UPDATE provider SET data_region = CASE id WHEN 'east' THEN 'cn' ELSE 'us' END WHERE id IN ('west', 'east')`);
  gateway = await startTestGateway();
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

async function call(
  tenant: TestTenant,
  model: string,
  path = 'chat/completions',
): Promise<{ status: number; model: string | null; code: string | null; error?: { message: string; param: string | null }; headers: Headers }> {
  const response = await fetch(`${gateway.baseUrl.node}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input: 'Hi', messages: [{ role: 'user', content: 'Hi' }] }),
  });
  const json = (await response.json()) as { model?: string; error?: { code: string; message: string; param: string | null } };
  return { status: response.status, model: json.model ?? null, code: json.error?.code ?? null, error: json.error, headers: response.headers };
}

/** A tenant that the running gateway knows. */
async function join(options: TenantOptions): Promise<TestTenant> {
  const tenant = await createTenant(options);
  await settled(async () => undefined);
  return tenant;
}

/** What a change of the database is to the running gateway, which polls for it. */
async function settled(change: () => Promise<unknown>): Promise<void> {
  await change();
  await asSystem((tx) => bumpVersion(tx, 'policy'));
  await new Promise((resolve) => setTimeout(resolve, 900));
}

describe('what a caller is told', () => {
  it('a model of another kind than the endpoint’s is not found, and the answer says which kind it is', async () => {
    const tenant = await join({ plan: { prepaid: false } });
    expect(await call(tenant, 'small', 'embeddings')).toMatchObject({
      status: 404,
      code: 'model_not_found',
      error: { param: 'model', message: expect.stringContaining('of the kind chat') },
    });
  });

  it('x-ratelimit-* show a key’s own limit beside the other one of its plan', async () => {
    const tenant = await join({ plan: { prepaid: false, rpm: 600, tpm: 50_000 } });
    await settled(() =>
      query('UPDATE api_key SET rpm = 7 WHERE id = $1', [tenant.keyId]).then(() => query(`UPDATE version SET value = value + 1 WHERE name = 'keys'`)),
    );
    const { headers } = await call(tenant, 'small');
    expect(['limit-requests', 'remaining-requests', 'limit-tokens'].map((name) => headers.get(`x-ratelimit-${name}`))).toEqual(['7', '6', '50000']);
  });
});

describe('the cases that plans are made for', () => {
  it('free users call low-cost models only, also behind an alias', async () => {
    const free = await join({ plan: { prepaid: false, allow: ['max-output:0.50'] } });
    expect(await call(free, 'small')).toMatchObject({ status: 200, model: 'small' });
    expect(await call(free, 'premium')).toMatchObject({ status: 404, code: 'model_not_found' });
    expect(await call(free, 'chat')).toMatchObject({ status: 200, model: 'east-small' });
  });

  it('paying users have higher quotas, and one organization more than its plan where the operator says so', async () => {
    const paid = await join({ plan: { prepaid: false, rpm: 600 } });
    expect((await call(paid, 'small')).headers.get('x-ratelimit-limit-requests')).toBe('600');
    await settled(() => query('UPDATE organization SET rpm = 900 WHERE id = $1', [paid.orgId]));
    expect((await call(paid, 'small')).headers.get('x-ratelimit-limit-requests')).toBe('900');
  });

  it('a plan’s budget stops each organization on it by itself, and a new limit holds at once', async () => {
    const plan = (limit: string | null) =>
      applyConfig({
        ctx,
        input: {
          text: JSON.stringify({
            apiVersion: 'fairlead/v1',
            plans: [{ id: 'capped', models: { allow: ['small'] }, prepaid: false, budget: limit && { limit, period: 'month' } }],
          }),
        },
      });
    await plan('0.000002');
    const [one, two] = [await createTenant({ plan: { prepaid: false } }), await createTenant({ plan: { prepaid: false } })];
    await settled(() => query(`UPDATE organization SET plan_id = 'capped' WHERE id = ANY($1)`, [[one.orgId, two.orgId]]));
    await query(`UPDATE version SET value = value + 1 WHERE name = 'keys'`);
    await settled(async () => undefined);
    expect(await call(one, 'small')).toMatchObject({ status: 429, code: 'insufficient_quota' });
    await settled(() => plan('0.50'));
    expect(await call(one, 'small')).toMatchObject({ status: 200 });
    expect(await call(two, 'small')).toMatchObject({ status: 200 });
    expect((await query("SELECT count(*)::int AS n FROM account WHERE id LIKE '%/budget/plan.capped.month/%' AND spent_nano > 0"))[0]).toEqual({ n: 2 });
    await settled(() => plan('0'));
    expect(await call(one, 'small')).toMatchObject({ status: 429, code: 'insufficient_quota' });
    await settled(() => plan(null));
    expect(await call(one, 'small')).toMatchObject({ status: 200 });
  });

  it('enterprise is on premium models', async () => {
    const enterprise = await join({ plan: { prepaid: false, allow: ['premium', 'chat'] } });
    expect(await call(enterprise, 'chat')).toMatchObject({ status: 200, model: 'premium' });
  });

  it('internal developers are on experimental models, without a balance', async () => {
    const internal = await join({ plan: { prepaid: false, allow: ['experimental/*', 'cap:vision'] } });
    expect(await call(internal, 'experimental/next')).toMatchObject({ status: 200 });
    expect(await call(internal, 'small')).toMatchObject({ status: 404 });
  });

  it('a model, a provider or a data region that compliance blocks is blocked for everybody, and nothing below lifts it', async () => {
    const everything = await join({ plan: { prepaid: false, allow: ['*'] }, key: { models: ['*', 'east-small', 'chat'] } });
    await query(`UPDATE organization SET allow_models = '{*,east-small}' WHERE id = $1`, [everything.orgId]);
    for (const rule of ['east-small', 'provider:east', 'region:cn']) {
      await savePlatformDeny({ ctx, input: { rules: [{ rule, reason: 'contract' }] } });
      await settled(async () => undefined);
      expect(await call(everything, 'east-small'), rule).toMatchObject({ status: 404, code: 'model_not_found' });
      const explained = await explainAccess({ ctx, input: { org: everything.slug, name: 'east-small', key: everything.keyId } });
      expect(explained.verdict).toEqual({ allowed: false, layer: 'platform', list: 'deny', rule });
      expect(
        (await explainAccess({ ctx, input: { org: everything.slug, name: 'chat' } })).targets.find(({ model }) => model === 'east-small')?.verdict,
      ).toMatchObject({ layer: 'platform' });
    }
    await savePlatformDeny({ ctx, input: { rules: [] } });
    await settled(async () => undefined);
    expect(await call(everything, 'east-small')).toMatchObject({ status: 200 });
  });
});

describe('a suspended organization', () => {
  it('its running streams end within seconds with the reason, what was delivered is billed, and its next call is refused', async () => {
    const tenant = await join({ plan: { prepaid: false, allow: ['*'] } });
    upstream.script('std', { chunks: Array.from({ length: 300 }, (_, at) => `word${at} `), gapMs: 50 });
    const response = await fetch(`${gateway.baseUrl.node}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'small', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (!text.includes('word2 ')) text += decoder.decode((await reader.read()).value, { stream: true });
    const suspendedAt = performance.now();
    await suspendTenant({ ctx, input: { id: tenant.orgId, reason: 'unpaid invoice' } });
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += decoder.decode(part.value, { stream: true });
    expect(performance.now() - suspendedAt).toBeLessThan(6_000);
    expect(text).not.toContain('word299');
    expect(text).toMatch(/"code":"upstream_stream_interrupted"[\s\S]*\[DONE\]\s*$/);
    expect(text).toContain('unpaid invoice');
    upstream.script('std', {});
    const row = () => query('SELECT status, cost_nano > 0 AS billed FROM logs.request WHERE org_id = $1', [tenant.orgId]);
    await expect.poll(row).toEqual([{ status: 'truncated', billed: true }]);
    expect(await call(tenant, 'small')).toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe('explain', () => {
  it('names the layer that decided: plan, organization, role or key', async () => {
    const tenant = await join({ plan: { prepaid: false, allow: ['small', 'premium', 'chat'] }, key: { models: ['small', 'chat'] } });
    await query(`UPDATE organization SET deny_models = '{premium}', role_models = '{"developer":{"allow":["chat"]}}' WHERE id = $1`, [tenant.orgId]);
    const ask = async (name: string, more: { role?: string; key?: string } = {}) => {
      const { verdict } = await explainAccess({ ctx, input: { org: tenant.slug, name, ...more } });
      return verdict.allowed ? 'allowed' : `${verdict.layer} ${verdict.list} ${verdict.rule ?? ''}`.trim();
    };
    expect([await ask('small'), await ask('east-small'), await ask('premium')]).toEqual(['allowed', 'plan allow', 'organization deny premium']);
    expect([await ask('small', { role: 'developer' }), await ask('chat', { role: 'developer' }), await ask('premium', { key: tenant.keyId })]).toEqual([
      'role allow',
      'allowed',
      'organization deny premium',
    ]);
    await expect(ask('small', { key: 'none' })).rejects.toMatchObject({ extras: { param: 'key' } });
  });
});
