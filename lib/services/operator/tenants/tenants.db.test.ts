import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import { applyConfig } from '@/lib/services/config';
import type { Ctx } from '@/lib/services/context';
import { readSupportAccess, setSupportAccess } from '@/lib/services/orgs/support-access';
import { getRequest } from '@/lib/services/requests/get-request';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type FakeUpstream, startFakeUpstream } from '@/lib/testing/fake-upstream';
import { startTestGateway, type TestGateway } from '@/lib/testing/gateway';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { resumeTenant, setTenantLimits, setTenantModels, suspendTenant } from './change-tenant';
import { getTenant } from './get-tenant';
import { ListTenantsInput, listTenants } from './list-tenants';

process.env.ALLOW_PRIVATE_UPSTREAMS = 'true';
process.env.TENANTS_KEY = 'sk-upstream-0123456789';
const { query } = await createTestDatabase();
const ctx = { actor: { type: 'user' as const, id: 'usr_op', label: 'op@example.com' }, operator: true as const };
let upstream: FakeUpstream;
let gateway: TestGateway;
let tenant: TestTenant;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  upstream = await startFakeUpstream();
  const document = {
    apiVersion: 'fairlead/v1',
    providers: [{ id: 'u1', adapter: 'openai-compatible', baseUrl: `${upstream.url}/v1`, credentials: [{ name: 'main', secret: '${env:TENANTS_KEY}' }] }],
    models: [{ id: 'slow', provider: 'u1', upstreamModel: 'chunks-50-every-100', maxOutputTokens: 500, prices: { input: '1', output: '2' } }],
  };
  await applyConfig({ ctx, input: { text: JSON.stringify(document) } });
  tenant = await createTenant({ plan: { prepaid: false } });
  gateway = await startTestGateway();
});
afterAll(async () => {
  await gateway.close();
  await upstream.close();
});

const call = (stream: boolean) =>
  fetch(`${gateway.baseUrl.node}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'slow', stream, messages: [{ role: 'user', content: 'Hi' }] }),
  });

it('suspending an organization ends its running streams within two seconds, properly and with the reason, and refuses new calls', async () => {
  const response = await call(true);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const first = await reader.read();
  expect(new TextDecoder().decode(first.value)).toContain('data:');
  const suspendedAt = Date.now();
  await suspendTenant({ ctx, input: { id: tenant.orgId, reason: 'chargebacks' } });
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) rest += new TextDecoder().decode(part.value);
  expect(Date.now() - suspendedAt).toBeLessThan(2_000);
  expect(rest).toContain('upstream_stream_interrupted');
  expect(rest).toContain('chargebacks');
  expect(rest.trimEnd().endsWith('data: [DONE]')).toBe(true);
  expect((await call(false)).status).toBe(403);
  await expect(suspendTenant({ ctx, input: { id: tenant.orgId, reason: 'again' } })).rejects.toMatchObject({ code: 'conflict' });
  await resumeTenant({ ctx, input: { id: tenant.orgId } });
  await expect.poll(async () => { const again = await call(true); await again.body?.cancel(); return again.status; }, { timeout: 2_000 }).toBe(200);
}, 20_000);

it('what the operator changes of an organization stands in that organization’s own audit', async () => {
  await setTenantLimits({ ctx, input: { id: tenant.orgId, rpm: 7, tpm: null, concurrency: null } });
  await setTenantModels({ ctx, input: { id: tenant.orgId, lists: { allow: ['slow'], deny: [] }, roles: { developer: { allow: [], deny: ['slow'] }, owner: { allow: [], deny: [] } } as never } });
  expect(await getTenant({ ctx, input: { slug: tenant.slug } })).toMatchObject({ limits: { rpm: 7, tpm: null }, lists: { allow: ['slow'] }, roles: { developer: { allow: [], deny: ['slow'] } } });
  const actions = await query('SELECT action, actor_label FROM audit_entry WHERE org_id = $1 ORDER BY created_at', [tenant.orgId]);
  expect(actions.map(({ action }) => action)).toEqual(['tenant.suspend', 'tenant.resume', 'tenant.limits', 'tenant.models']);
  expect(actions.every(({ actor_label }) => actor_label === 'op@example.com')).toBe(true);
});

it('organizations are found by name, address, id or the e-mail of a member', async () => {
  await query(`INSERT INTO app_user (id, email, password_hash) VALUES ('usr_find', 'find-me@example.com', '')`);
  await query(`INSERT INTO membership (org_id, user_id, role) VALUES ($1, 'usr_find', 'owner')`, [tenant.orgId]);
  const find = async (q: string) => (await listTenants({ ctx, input: ListTenantsInput.parse({ q }) })).data.map(({ slug }) => slug);
  for (const q of [tenant.slug, tenant.orgId, 'FIND-ME@']) expect(await find(q), q).toEqual([tenant.slug]);
  expect(await find('nobody')).toEqual([]);
  expect((await listTenants({ ctx, input: ListTenantsInput.parse({ state: 'suspended' }) })).data).toEqual([]);
});

it('an organization opens its texts to the operator for a time, each reading stands in its audit, and it closes them again', async () => {
  const answer = await call(false);
  expect(answer.status).toBe(200);
  const id = answer.headers.get('x-request-id') ?? '';
  const owner: Ctx = { actor: { type: 'user', id: 'usr_owner', label: 'owner@example.com' }, orgId: tenant.orgId, role: 'owner' };
  await expect.poll(async () => (await getRequest({ ctx: owner, input: { id } })).bodies.response, { timeout: 5_000 }).not.toBeNull();
  /** As a page sees it that an operator opened by "View as". */
  const look = async () => {
    const { until } = await readSupportAccess({ ctx: owner });
    const { bodies } = await getRequest({ ctx: { ...owner, actor: ctx.actor, role: 'viewer', viewing: { hidesBodies: until === null } }, input: { id } });
    return bodies.request !== null;
  };
  const read = () => query("SELECT target_id, actor_label FROM audit_entry WHERE org_id = $1 AND action = 'support.read'", [tenant.orgId]);
  expect(await look()).toBe(false);
  await expect(setSupportAccess({ ctx: { ...owner, role: 'developer' }, input: { hours: 1 } })).rejects.toMatchObject({ code: 'forbidden' });
  await setSupportAccess({ ctx: owner, input: { hours: 1 } });
  expect(await look()).toBe(true);
  expect(await read()).toEqual([{ target_id: id, actor_label: 'op@example.com' }]);
  await query("UPDATE organization SET support_access_until = now() - interval '1 second' WHERE id = $1", [tenant.orgId]);
  expect(await look()).toBe(false);
  await setSupportAccess({ ctx: owner, input: { hours: 24 } });
  await setSupportAccess({ ctx: owner, input: { hours: 0 } });
  expect(await look()).toBe(false);
  expect(await read()).toHaveLength(1);
  expect(await query("SELECT action FROM audit_entry WHERE org_id = $1 AND action LIKE 'support.%' AND actor_label = 'owner@example.com' ORDER BY created_at", [tenant.orgId])).toEqual([
    { action: 'support.grant' },
    { action: 'support.grant' },
    { action: 'support.revoke' },
  ]);
});
