import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveAbuseSettings } from '@/lib/services/abuse/abuse-settings';
import { seedCatalogue } from '@/lib/services/catalogue';
import { applyConfig } from '@/lib/services/config';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';

process.env.ALLOW_PRIVATE_UPSTREAMS = 'true';
process.env.ABUSE_KEY = 'sk-upstream-0123456789';
await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  upstream = await startFakeUpstream();
  const provider = (id: string, adapter: string, baseUrl: string) => ({ id, adapter, baseUrl, credentials: [{ name: 'main', secret: '${env:ABUSE_KEY}' }] });
  const model = (id: string, of: string) => ({ id, provider: of, upstreamModel: id, maxOutputTokens: 1_000, prices: { input: '1', output: '2' } });
  const document = {
    apiVersion: 'fairlead/v1',
    providers: [provider('oai', 'openai', `${upstream.url}/v1`), provider('claude', 'anthropic', upstream.url), provider('plain', 'openai-compatible', `${upstream.url}/v1`)],
    models: [model('m-oai', 'oai'), model('m-claude', 'claude'), model('m-plain', 'plain')],
  };
  await applyConfig({ ctx, input: { text: JSON.stringify(document) } });
  tenant = await createTenant({ credit: { paid: '10' } });
  other = await createTenant({ credit: { paid: '10' } });
  gateway = await startTestGateway();
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const post = (who: TestTenant, body: object, path = '/chat/completions') =>
  fetch(`${gateway.baseUrl.node}${path}`, { method: 'POST', headers: { authorization: `Bearer ${who.key}`, 'content-type': 'application/json' }, body: JSON.stringify({ max_tokens: 50, messages: [{ role: 'user', content: 'hi' }], ...body }) });

describe('a hashed name of the tenant', () => {
  const sent = async (who: TestTenant, body: object, path?: string): Promise<Record<string, unknown>> => {
    expect((await post(who, body, path)).status).toBe(200);
    return upstream.requests.at(-1)?.body as Record<string, unknown>;
  };

  it('goes to providers that take one, the same for each call of a tenant and another for each tenant', async () => {
    const first = await sent(tenant, { model: 'm-oai' });
    const [again, others, ofUser] = [await sent(tenant, { model: 'm-oai' }), await sent(other, { model: 'm-oai' }), await sent(tenant, { model: 'm-oai', safety_identifier: 'ada@example.com' })];
    expect(first.safety_identifier).toMatch(/^fl_[0-9a-f]{40}$/);
    expect(again.safety_identifier).toBe(first.safety_identifier);
    expect(new Set([first, others, ofUser].map(({ safety_identifier: name }) => name)).size).toBe(3);
    expect((await sent(tenant, { model: 'm-claude' }, '/messages')).metadata).toEqual({ user_id: first.safety_identifier });
    expect((await sent(tenant, { model: 'm-claude' })).metadata).toEqual({ user_id: first.safety_identifier });
    expect(JSON.stringify(upstream.requests.map(({ body }) => body))).not.toMatch(new RegExp(`${tenant.orgId}|ada@example`));
  });

  it('goes to nobody else, and to nobody once the operator switches it off', async () => {
    expect(await sent(tenant, { model: 'm-plain' })).not.toHaveProperty('safety_identifier');
    await saveAbuseSettings({ ctx, input: { captcha: 'off', siteKey: '', secret: '', verifyUrl: '', safetyIdentifier: false } });
    await expect.poll(async () => Object.hasOwn(await sent(tenant, { model: 'm-oai' }), 'safety_identifier'), { timeout: 5_000 }).toBe(false);
  });
});
