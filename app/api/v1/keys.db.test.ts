import { beforeAll, describe, expect, it } from 'vitest';
import type { ManagementRoute } from '@/lib/http/management-route';
import { newId } from '@/lib/kernel/ids';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import { openApiDocument } from './document';
import * as keyRoute from './keys/[id]/route';
import * as rotateRoute from './keys/[id]/rotate/route';
import * as keysRoute from './keys/route';
import * as alertsRoute from './alerts/route';
import * as balanceRoute from './balance/route';
import * as modelsRoute from './models/route';
import * as plansRoute from './plans/route';
import * as pricesRoute from './prices/route';
import * as providersRoute from './providers/route';
import { MANAGEMENT_ROUTES } from './routes';

const database = await createTestDatabase();
const call = createManagementClient(MANAGEMENT_ROUTES, openApiDocument());
const ORG = newId('org');
let operator: string;
let org: string;

const ask = (route: ManagementRoute, body?: object, params?: Record<string, string | string[]>) => call(route, { key: operator, body, params });

beforeAll(async () => {
  await asSystem(async (tx) => {
    await seedCatalogue(tx);
    await tx.organization.create({ data: { id: ORG, slug: 'one', name: 'One', planId: 'free' } });
  });
  operator = await insertTestKey(null, 'management');
  org = await insertTestKey(ORG, 'management');
});

describe('keys of the operator', () => {
  it('are made with scopes, listed without the key, and revoked', async () => {
    const made = (await ask(keysRoute.POST, { name: 'prices only', kind: 'management', scopes: ['prices:write', 'models:read'] })).json;
    expect(made).toMatchObject({ key: expect.stringMatching(/^sk-fl-mgmt-/), scopes: ['prices:write', 'models:read'] });
    const as = (route: ManagementRoute, body?: object) => call(route, { key: made.key, ...(body ? { body } : {}) });
    expect([(await as(pricesRoute.GET)).status, (await as(modelsRoute.GET)).status]).toEqual([200, 200]);
    expect((await as(providersRoute.GET)).json.error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('providers:read') });
    expect((await as(modelsRoute.POST, { id: 'x', provider: 'demo' })).status).toBe(403);
    expect((await as(keysRoute.POST, { name: 'more', kind: 'management' })).status).toBe(403);
    expect((await ask(keysRoute.POST, { name: 'no', kind: 'management', rpm: 5 })).json.error.param).toBe('rpm');
    const list = await ask(keysRoute.GET);
    expect(list.json.data).toContainEqual(expect.objectContaining({ id: made.id, last4: made.last4 }));
    expect(list.text).not.toContain(made.key);
    expect((await ask(keyRoute.DELETE, undefined, { id: made.id })).json.revoked_at).toBeTruthy();
    expect((await as(pricesRoute.GET)).status).toBe(401);
  });

  it('cannot hand out more than they have, and change nothing inside an organization', async () => {
    const keys = await insertTestKey(null, 'management', { scopes: ['keys:write', 'plans:read'] });
    expect((await call(keysRoute.POST, { key: keys, body: { name: 'x', kind: 'management', scopes: ['plans:write'] } })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: keys, body: { name: 'x', kind: 'management', scopes: ['plans:read'] } })).status).toBe(201);
    expect((await call(alertsRoute.POST, { key: operator, body: { name: 'x' } })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: org, body: { name: 'x', kind: 'management', scopes: ['providers:read'] } })).json.error.param).toBe('scopes.0');
  });
});

describe('scopes', () => {
  it('a limited key does what it is limited to, and reading is part of writing', async () => {
    const limited = await insertTestKey(ORG, 'management', { scopes: ['keys:write'] });
    expect((await call(keysRoute.GET, { key: limited })).status).toBe(200);
    expect((await call(balanceRoute.GET, { key: limited })).json.error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('billing:read') });
    const reader = await insertTestKey(null, 'management', { scopes: ['installation:read'] });
    expect((await call(plansRoute.GET, { key: reader })).status).toBe(200);
    expect((await call(plansRoute.POST, { key: reader, body: { id: 'x' } })).status).toBe(403);
  });

  it('a limited key cannot make, rotate or revoke one that may do more', async () => {
    const limited = await insertTestKey(ORG, 'management', { scopes: ['keys:write', 'usage:read'] });
    expect((await call(keysRoute.POST, { key: limited, body: { name: 'all', kind: 'management' } })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: limited, body: { name: 'more', kind: 'management', scopes: ['billing:read'] } })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: limited, body: { name: 'less', kind: 'management', scopes: ['usage:read'] } })).json).toMatchObject({
      kind: 'management',
      scopes: ['usage:read'],
    });
    const full = (await call(keysRoute.POST, { key: org, body: { name: 'full', kind: 'management' } })).json;
    for (const route of [rotateRoute.POST, keyRoute.DELETE])
      expect((await call(route, { key: limited, params: { id: full.id }, ...(route === rotateRoute.POST ? { body: {} } : {}) })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: org, body: { name: 'x', scopes: ['usage:read'] } })).json.error.param).toBe('scopes');
    expect((await call(keysRoute.POST, { key: org, body: { name: 'x', kind: 'management', scopes: ['usage:write'] } })).status).toBe(400);
  });
});

describe('Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'order-1' };

  it('the same call gets the first answer, the key in it too, and makes one key; nothing in the database opens it', async () => {
    const first = await call(keysRoute.POST, { key: org, headers, body: { name: 'once' } });
    const again = await call(keysRoute.POST, { key: org, headers, body: { name: 'once' } });
    expect([again.status, again.json.key, again.headers.get('idempotency-replayed')]).toEqual([201, first.json.key, 'true']);
    expect(await database.query(`SELECT count(*)::int AS n FROM api_key WHERE name = 'once'`)).toEqual([{ n: 1 }]);
    expect(JSON.stringify(await database.query('SELECT * FROM idempotent_call'))).not.toContain(first.json.key.slice(0, 20));
  });

  it('another body under the same key is 409, another caller is another call', async () => {
    expect((await call(keysRoute.POST, { key: org, headers, body: { name: 'other' } })).json.error.code).toBe('idempotency_conflict');
    const second = await insertTestKey(ORG, 'management');
    expect((await call(keysRoute.POST, { key: second, headers, body: { name: 'other' } })).status).toBe(201);
  });

  it('twenty at once make one key', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call(keysRoute.POST, { key: org, headers: { 'idempotency-key': 'burst' }, body: { name: 'burst' } })),
    );
    expect(await database.query(`SELECT count(*)::int AS n FROM api_key WHERE name = 'burst'`)).toEqual([{ n: 1 }]);
    for (const { status, json } of answers) expect(status === 201 || json.error.code === 'conflict').toBe(true);
  });

  it('a refused call is answered the same again; a key of spaces is none', async () => {
    const ask = { key: org, headers: { 'idempotency-key': 'bad' }, body: { name: '' } };
    expect([(await call(keysRoute.POST, ask)).status, (await call(keysRoute.POST, ask)).headers.get('idempotency-replayed')]).toEqual([400, 'true']);
    expect((await call(keysRoute.POST, { ...ask, headers: { 'idempotency-key': 'a b' } })).json.error.param).toBe('Idempotency-Key');
  });

  it('is forgotten after 24 hours', async () => {
    await database.query(`UPDATE idempotent_call SET created_at = now() - interval '25 hours' WHERE key = 'order-1'`);
    expect((await call(keysRoute.POST, { key: org, headers, body: { name: 'a day later' } })).status).toBe(201);
  });
});
