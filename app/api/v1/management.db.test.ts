import { beforeAll, describe, expect, it } from 'vitest';
import { generateKey } from '@/lib/auth/api-key';
import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import * as openApiRoute from '../openapi.json/route';
import * as unknownRoute from '../[[...path]]/route';
import * as auditRoute from './audit/route';
import * as alertsRoute from './alerts/route';
import * as balanceRoute from './balance/route';
import * as configRoute from './config/route';
import * as revokeRoute from './keys/[id]/revoke/route';
import * as rotateRoute from './keys/[id]/rotate/route';
import * as keyRoute from './keys/[id]/route';
import * as keysRoute from './keys/route';
import * as ledgerRoute from './ledger/route';
import * as modelsRoute from './models/route';
import * as creditRoute from './orgs/[id]/credit/route';
import * as orgsRoute from './orgs/route';
import * as plansRoute from './plans/route';
import * as pricesRoute from './prices/route';
import * as providersRoute from './providers/route';
import * as requestRoute from './requests/[id]/route';
import * as requestsRoute from './requests/route';
import { MANAGEMENT_ROUTES } from './routes';
import * as usageRoute from './usage/route';

await createTestDatabase();

const keys: Record<'org' | 'other' | 'operator' | 'inference' | 'revoked' | 'expired', string> = {
  org: '',
  other: '',
  operator: '',
  inference: '',
  revoked: '',
  expired: '',
};
const ORG = newId('org');
const OTHER = newId('org');

const call = createManagementClient(MANAGEMENT_ROUTES, await openApiRoute.GET().json());
const addKey = insertTestKey;

beforeAll(async () => {
  await asSystem(async (tx) => {
    await seedCatalogue(tx);
    await tx.organization.createMany({
      data: [
        { id: ORG, slug: 'one', name: 'One', planId: 'free' },
        { id: OTHER, slug: 'two', name: 'Two', planId: 'pro' },
      ],
    });
    for (let n = 0; n < 5; n++) {
      await grantCredit(tx, { orgId: ORG, fund: 'included', amount: parseUsd('1'), kind: 'grant', sourceType: 'test', sourceId: `one-${n}` });
    }
  });
  // Entries of one transaction have one time; this one is the newest.
  await asSystem((tx) => grantCredit(tx, { orgId: ORG, fund: 'demo', amount: parseUsd('5'), kind: 'grant', sourceType: 'test', sourceId: 'demo' }));
  keys.org = await addKey(ORG, 'management');
  keys.other = await addKey(OTHER, 'management');
  keys.operator = await addKey(null, 'management');
  keys.inference = await addKey(ORG, 'inference');
  keys.revoked = await addKey(ORG, 'management', { revokedAt: new Date(Date.now() - 1_000) });
  keys.expired = await addKey(ORG, 'management', { expiresAt: new Date(Date.now() - 1_000) });
});

describe('who may call', () => {
  it.each([
    ['no key', undefined],
    ['no such key', generateKey('management').key],
    ['a wrong checksum', `${generateKey('management').key.slice(0, -1)}!`],
    ['something else', 'sk-live-123'],
  ])('%s gets 401 invalid_api_key in the envelope', async (_what, key) => {
    const answer = await call(balanceRoute.GET, { key });
    expect(answer.status).toBe(401);
    expect(answer.json.error).toMatchObject({
      type: 'invalid_request_error',
      code: 'invalid_api_key',
      param: null,
      request_id: answer.headers.get('x-request-id'),
    });
  });

  it.each(['inference', 'revoked', 'expired'] as const)('an %s key gets 401 invalid_api_key', async (which) => {
    const answer = await call(balanceRoute.GET, { key: keys[which] });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'invalid_api_key']);
  });

  it('is decided before any input is read', async () => {
    expect((await call(requestsRoute.GET, { query: '?limit=nonsense' })).status).toBe(401);
    expect((await call(creditRoute.POST, { body: '{not json', params: { id: 'one' } })).status).toBe(401);
  });

  it('x-api-key is taken too', async () => {
    expect((await call(balanceRoute.GET, { headers: { 'x-api-key': keys.org } })).status).toBe(200);
  });

  it("an organization's key cannot see the installation, an operator's key is no organization", async () => {
    for (const route of [providersRoute.GET, plansRoute.GET, pricesRoute.GET, configRoute.GET]) expect((await call(route, { key: keys.org })).status).toBe(403);
    expect((await call(alertsRoute.GET, { key: keys.operator })).json.error.code).toBe('forbidden');
  });

  it('a suspended organization is refused', async () => {
    await asSystem((tx) => tx.organization.update({ where: { id: OTHER }, data: { suspendedAt: new Date() } }));
    expect((await call(balanceRoute.GET, { key: keys.other })).status).toBe(403);
    await asSystem((tx) => tx.organization.update({ where: { id: OTHER }, data: { suspendedAt: null } }));
  });
});

describe('what an organization sees', () => {
  it('its balance: real money in the sums, demo money in funds only', async () => {
    const { json } = await call(balanceRoute.GET, { key: keys.org });
    expect(json).toMatchObject({ available_usd: '5.000000', held_usd: '0.000000', spent_usd: '0.000000', currency: 'USD' });
    expect(json.funds.map(({ fund }: { fund: string }) => fund)).toEqual(['demo', 'included']);
    expect((await call(balanceRoute.GET, { key: keys.other })).json).toMatchObject({ available_usd: '0.000000', funds: [] });
  });

  it('its ledger in pages that follow each other without a gap', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    let pages = 0;
    do {
      const { json } = await call(ledgerRoute.GET, { key: keys.org, query: `?limit=4${cursor ? `&cursor=${cursor}` : ''}` });
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      expect(json.has_more).toBe(json.next_cursor !== null);
      cursor = json.next_cursor;
      pages += 1;
    } while (cursor !== null);
    expect([new Set(seen).size, seen.length, pages]).toEqual([6, 6, 2]);
    const { json } = await call(ledgerRoute.GET, { key: keys.org, query: '?limit=1' });
    expect(json.data[0]).toMatchObject({ kind: 'grant', amount_usd: '5.000000', balance_usd: '5.000000', fund: 'demo', source: { type: 'test', id: 'demo' } });
  });

  it('a limit outside 1 to 100 is refused with the name of the parameter', async () => {
    for (const limit of ['0', '101', 'x']) {
      const { status, json } = await call(ledgerRoute.GET, { key: keys.org, query: `?limit=${limit}` });
      expect([status, json.error.param]).toEqual([400, 'limit']);
    }
  });

  it('requests, usage and models, each in its shape', async () => {
    expect((await call(requestsRoute.GET, { key: keys.org })).json).toEqual({ data: [], has_more: false, next_cursor: null });
    expect((await call(requestRoute.GET, { key: keys.org, params: { id: newId('req') } })).json.error.code).toBe('not_found');
    expect((await call(usageRoute.GET, { key: keys.org })).json.totals).toMatchObject({ cost_usd: '0.000000', requests: 0 });
    const { json } = await call(modelsRoute.GET, { key: keys.org, query: '?limit=2' });
    expect(json.data).toHaveLength(2);
    expect(json.has_more).toBe(true);
  });
});

describe("an organization's keys", () => {
  it('are made, listed, changed, rotated and revoked; the key itself is in the first answer only', async () => {
    const made = await call(keysRoute.POST, {
      key: keys.org,
      body: '{"name":"ci","models":["fast-chat"],"budget":{"limit_usd":"5.00","period":"month"},"rpm":10}',
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      name: 'ci',
      kind: 'inference',
      prefix: 'sk-fl-',
      models: ['fast-chat'],
      budget: { limit_usd: '5.000000', period: 'month', spent_usd: '0.000000' },
      rpm: 10,
      status: 'active',
    });
    expect(made.json.key).toMatch(/^sk-fl-[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/);
    const params = { id: made.json.id };

    const list = await call(keysRoute.GET, { key: keys.org });
    expect(list.json.data[0]).toMatchObject({ id: made.json.id, last4: made.json.key.slice(-4) });
    expect(list.text).not.toContain(made.json.key);

    expect((await call(keyRoute.PATCH, { key: keys.org, params, body: '{"budget":null,"rpm":null,"name":"ci 2"}' })).json).toMatchObject({
      name: 'ci 2',
      budget: null,
      rpm: null,
      models: ['fast-chat'],
    });
    const rotated = await call(rotateRoute.POST, { key: keys.org, params, body: '{"grace_seconds":3600}' });
    expect(rotated.json).toMatchObject({ name: 'ci 2', replaces_id: made.json.id });
    expect((await call(keyRoute.GET, { key: keys.org, params })).json.status).toBe('retiring');
    expect((await call(keyRoute.DELETE, { key: keys.org, params })).json.status).toBe('revoked');
    expect((await call(revokeRoute.POST, { key: keys.org, params: { id: rotated.json.id }, body: '' })).json.status).toBe('revoked');
  });

  it("another organization's key is as missing as one that never was", async () => {
    const { json } = await call(keysRoute.POST, { key: keys.org, body: '{"name":"mine"}' });
    for (const id of [json.id, 'key_none']) {
      const answer = await call(keyRoute.GET, { key: keys.other, params: { id } });
      expect([answer.status, answer.json.error.code]).toEqual([404, 'not_found']);
      expect((await call(keyRoute.DELETE, { key: keys.other, params: { id } })).status).toBe(404);
    }
  });

  it.each([
    ['{"name":""}', 'name'],
    ['{}', 'name'],
    ['{"name":"x","rpm":0}', 'rpm'],
    ['{"name":"x","colour":"red"}', 'colour'],
    ['{"name":"x","budget":{"limit_usd":"-1"}}', 'budget_usd'],
    ['{"name":"x","models":["nothing-such"]}', 'models'],
  ])('a body that is wrong is refused with its field: %s', async (body, param) => {
    const { status, json } = await call(keysRoute.POST, { key: keys.org, body });
    expect([status, json.error.code, json.error.param]).toEqual([400, 'invalid_request', param]);
  });

  it('a body that is no JSON is said to be none', async () => {
    expect((await call(keysRoute.POST, { key: keys.org, body: '{' })).json.error.code).toBe('invalid_json');
  });
});

describe('what an operator sees and does', () => {
  it('the whole catalogue, with prices as decimal strings and no secret', async () => {
    expect((await call(providersRoute.GET, { key: keys.operator })).json.data.map(({ id }: { id: string }) => id)).toEqual(['demo']);
    const plans = (await call(plansRoute.GET, { key: keys.operator })).json.data;
    expect(plans.find(({ id }: { id: string }) => id === 'pro')).toMatchObject({
      price: { monthly: '20.00' },
      included_credit: '5.00',
      log_retention_days: 30,
    });
    expect((await call(pricesRoute.GET, { key: keys.operator, query: '?model=demo/echo' })).json.data).toMatchObject([
      { model: 'demo/echo', rates: { input: '0.10', output: '0.40' } },
    ]);
  });

  it('makes an organization with its owner and finds it in the list', async () => {
    const { status, json } = await call(orgsRoute.POST, {
      key: keys.operator,
      body: '{"name":"Three","owner_email":"Three@Example.com","password":"a long enough one","plan":"pro"}',
    });
    expect([status, json.slug, json.plan]).toEqual([201, 'three', 'pro']);
    const list = (await call(orgsRoute.GET, { key: keys.operator, query: '?limit=1' })).json;
    expect(list.data[0]).toMatchObject({ slug: 'three', owners: ['three@example.com'], members: 1, suspended: false });
    expect(list.has_more).toBe(true);
    expect((await call(orgsRoute.POST, { key: keys.operator, body: '{"name":"Four","owner_email":"nobody"}' })).json.error.param).toBe('owner_email');
    expect((await call(orgsRoute.GET, { key: keys.org })).status).toBe(403);
  });

  it('reads the configuration as YAML with an ETag, plans it, and applies it once', async () => {
    const read = await call(configRoute.GET, { key: keys.operator });
    expect(read.text).toContain('apiVersion: fairlead/v1');
    const etag = read.headers.get('etag') ?? '';
    expect((await call(configRoute.GET, { key: keys.operator, headers: { 'if-none-match': etag } })).status).toBe(304);

    const text = 'apiVersion: fairlead/v1\nplans: [{ id: free, limits: { rpm: 61 } }]';
    expect((await call(configRoute.PUT, { key: keys.operator, query: '?dry_run=true', body: text })).json).toMatchObject({
      applied: false,
      changes: [{ op: 'change', type: 'plan', id: 'free' }],
    });
    expect((await call(configRoute.PUT, { key: keys.operator, body: text, headers: { 'if-match': '"stale"' } })).status).toBe(412);
    expect((await call(configRoute.PUT, { key: keys.operator, body: text, headers: { 'if-match': etag } })).json.applied).toBe(true);
    expect((await call(configRoute.PUT, { key: keys.operator, body: text })).json).toEqual({ applied: false, changes: [] });
    const audit = (await call(auditRoute.GET, { key: keys.operator })).json.data[0];
    expect(audit).toMatchObject({ action: 'config.apply', actor: { type: 'key' } });
  });

  it('is told every mistake of a configuration with its path, and cannot have a file of the server read', async () => {
    const { status, json } = await call(configRoute.PUT, {
      key: keys.operator,
      body: 'apiVersion: fairlead/v1\nproviders: [{ id: p, adapter: openai, credentials: [{ name: a, secret: "${file:/etc/hostname}" }] }]',
    });
    expect([status, json.error.param]).toEqual([400, 'providers[0].credentials[0].secret']);
    expect(json.error.issues[0].message).toMatch(/command line and CONFIG_FILE only/);
  });

  it('grants credit, once per Idempotency-Key', async () => {
    const ask = { key: keys.operator, params: { id: 'two' }, body: '{"amount_usd":"10.00","reason":"invoice 7"}', headers: { 'idempotency-key': 'k1' } };
    expect((await call(creditRoute.POST, ask)).json).toEqual({ org: 'two', granted_usd: '10.000000', available_usd: '10.000000', expires_at: null });
    const again = await call(creditRoute.POST, ask);
    expect([again.json, again.headers.get('idempotency-replayed')]).toEqual([
      { org: 'two', granted_usd: '10.000000', available_usd: '10.000000', expires_at: null },
      'true',
    ]);
    expect((await call(balanceRoute.GET, { key: keys.other })).json.available_usd).toBe('10.000000');
    expect((await call(creditRoute.POST, { ...ask, body: '{"amount_usd":"11.00","reason":"invoice 7"}' })).json.error.code).toBe('idempotency_conflict');
    expect((await call(creditRoute.POST, { ...ask, headers: {}, params: { id: 'nobody' } })).status).toBe(404);
    expect((await call(creditRoute.POST, { ...ask, headers: {}, body: '{"amount_usd":"-1","reason":"x"}' })).status).toBe(400);
  });
});

it('an unknown path answers the envelope, not a page', async () => {
  const response = unknownRoute.GET();
  expect(response.status).toBe(404);
  expect((await response.json()).error).toMatchObject({ type: 'invalid_request_error', code: 'unsupported_endpoint' });
});
