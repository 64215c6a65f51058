import { beforeAll, describe, expect, it } from 'vitest';
import type { ManagementRoute } from '@/lib/http/management-route';
import { newId } from '@/lib/kernel/ids';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import * as aliasRoute from './aliases/[...id]/route';
import * as aliasesRoute from './aliases/route';
import * as auditRoute from './audit/route';
import * as budgetRoute from './budgets/[id]/route';
import * as budgetsRoute from './budgets/route';
import * as configRoute from './config/route';
import * as driftRoute from './config/drift/route';
import * as revisionRoute from './config/revisions/[id]/route';
import * as revisionsRoute from './config/revisions/route';
import { openApiDocument } from './document';
import * as keyRoute from './keys/[id]/route';
import * as rotateRoute from './keys/[id]/rotate/route';
import * as keysRoute from './keys/route';
import * as balanceRoute from './balance/route';
import * as modelRoute from './models/[...id]/route';
import * as modelsRoute from './models/route';
import * as orgRoute from './orgs/[id]/route';
import * as planRoute from './plans/[id]/route';
import * as plansRoute from './plans/route';
import * as pricesRoute from './prices/route';
import * as providerRoute from './providers/[id]/route';
import * as providersRoute from './providers/route';
import { MANAGEMENT_ROUTES } from './routes';
import * as settingsRoute from './settings/route';

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

describe('an operator changes the installation item by item', () => {
  it('adds a provider with a pasted secret that nobody sees again, a model, an alias over it and a plan that allows it', async () => {
    const provider = await ask(providersRoute.POST, {
      id: 'p1',
      adapter: 'openai',
      credentials: [{ name: 'main', secret: 'sk-pasted-0123456789' }],
      timeouts: { first_token_ms: 9000 },
    });
    expect([provider.status, provider.json]).toMatchObject([
      201,
      { id: 'p1', credentials: [{ name: 'main', secret: '${stored}', weight: 1 }], timeouts: { first_token_ms: 9000 } },
    ]);
    expect((await database.query('SELECT last4, enabled, sealed IS NOT NULL AS sealed FROM credential')).at(0)).toEqual({
      last4: '6789',
      enabled: true,
      sealed: true,
    });

    const model = await ask(modelsRoute.POST, {
      id: 'team/std',
      provider: 'p1',
      upstream_model: 'gpt-4o-mini',
      context_window: 128_000,
      prices: { input: '2', cached_input: '0.5', output: '8' },
    });
    expect(model.json).toMatchObject({
      id: 'team/std',
      upstream_model: 'gpt-4o-mini',
      prices: { currency: 'USD', input: '2.00', cached_input: '0.50', output: '8.00' },
    });
    expect((await ask(aliasesRoute.POST, { name: 'std', targets: [{ model: 'team/std', retries: 1 }] })).json).toMatchObject({
      id: 'std',
      targets: [{ model: 'team/std', retries: 1 }],
    });
    expect(
      (
        await ask(plansRoute.POST, {
          id: 'team',
          models: { allow: ['std'] },
          limits: { rpm: 5 },
          included_credit: '2.5',
          overage_limit: '10',
          trial_days: 7,
          trial_credit: '1',
        })
      ).json,
    ).toMatchObject({ overage_limit: '10.00', trial_days: 7, trial_credit: '1.00', id: 'team', limits: { rpm: 5, tpm: null }, included_credit: '2.50' });

    const audit = (await ask(auditRoute.GET)).json.data.map(({ action, target }: { action: string; target: { id: string } }) => `${action} ${target.id}`);
    expect(audit.slice(0, 4)).toEqual(['plan.create team', 'alias.create std', 'model.create team/std', 'provider.create p1']);
    expect(JSON.stringify(await database.query('SELECT * FROM audit_entry'))).not.toContain('sk-pasted');
  });

  it('reads and changes one, ids with slashes too; what is not named stays', async () => {
    const params = { id: ['team', 'std'] };
    expect((await ask(modelRoute.GET, undefined, params)).json.prices.input).toBe('2.00');
    expect((await ask(modelRoute.PATCH, { context_window: null, prices: { input: '3', output: '9' } }, params)).json).toMatchObject({
      upstream_model: 'gpt-4o-mini',
      context_window: null,
      prices: { input: '3.00', output: '9.00' },
    });
    expect(
      (await call(pricesRoute.GET, { key: operator, query: '?model=team/std' })).json.data.map(({ rates }: { rates: { input: string } }) => rates.input),
    ).toEqual(['3.00', '2.00']);
    expect((await ask(providerRoute.PATCH, { enabled: false }, { id: 'p1' })).json).toMatchObject({
      adapter: 'openai',
      enabled: false,
      credentials: [{ name: 'main' }],
    });
    const before = await database.query('SELECT sealed FROM credential');
    expect((await ask(providerRoute.PATCH, { enabled: true, credentials: [{ name: 'main', weight: 7 }] }, { id: 'p1' })).json.credentials).toMatchObject([
      { weight: 7 },
    ]);
    expect(await database.query('SELECT sealed FROM credential')).toEqual(before);
    await ask(providerRoute.PATCH, { credentials: [{ name: 'main', secret: 'sk-pasted-again-4321' }] }, { id: 'p1' });
    expect(await database.query('SELECT last4 FROM credential')).toEqual([{ last4: '4321' }]);
  });

  it('dates a price for everybody or for one organization, never in the past', async () => {
    const later = new Date(Date.now() + 86_400_000).toISOString();
    const card = await ask(pricesRoute.POST, { model: 'team/std', organization: 'one', effective_from: later, prices: { input: '1', output: '2' } });
    expect([card.status, card.json]).toMatchObject([
      201,
      { model: 'team/std', organization_id: ORG, effective_from: later, rates: { input: '1.00', output: '2.00' } },
    ]);
    expect(
      (await ask(pricesRoute.POST, { model: 'team/std', effective_from: '2020-01-01T00:00:00Z', prices: { input: '1', output: '2' } })).json.error.param,
    ).toBe('effective_from');
    expect((await ask(pricesRoute.POST, { model: 'team/std', prices: { currency: 'CNY', input: '1', output: '2' } })).json.error.param).toBe('prices.fx_rate');
  });

  it.each([
    ['an id that exists', providersRoute.POST, { id: 'p1', adapter: 'openai' }, 409, 'id'],
    ['an adapter that does not', providersRoute.POST, { id: 'p2', adapter: 'opnai' }, 400, 'adapter'],
    ['a private address', providersRoute.POST, { id: 'p2', adapter: 'openai', base_url: 'http://169.254.169.254/' }, 400, 'base_url'],
    ['a field that does not exist', providersRoute.POST, { id: 'p2', adapter: 'openai', baseUrl: 'x' }, 400, 'baseUrl'],
    ['a price that is none', modelsRoute.POST, { id: 'm', provider: 'p1', prices: { input: 'cheap', output: '1' } }, 400, 'prices.input'],
    ['a provider that does not exist', modelsRoute.POST, { id: 'm', provider: 'nobody' }, 400, 'provider'],
    ['a target that does not exist', aliasesRoute.POST, { name: 'a', targets: [{ model: 'nothing' }] }, 400, 'targets[0].model'],
  ] as const)('%s is refused with the field, and nothing changes', async (_what, route, body, status, param) => {
    const before = (await ask(configRoute.GET)).text;
    const answer = await ask(route, body);
    expect([answer.status, answer.json.error.param]).toEqual([status, param]);
    expect((await ask(configRoute.GET)).text).toBe(before);
  });

  it('removes what nothing needs; the rest, and the demo, stay with a reason', async () => {
    expect((await ask(providerRoute.DELETE, undefined, { id: 'p1' })).json.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('team/std'),
    });
    expect((await ask(modelRoute.DELETE, undefined, { id: ['team', 'std'] })).status).toBe(409);
    expect((await ask(planRoute.DELETE, undefined, { id: 'free' })).json.error.message).toMatch(/1 organization is on it/);
    expect((await ask(providerRoute.DELETE, undefined, { id: 'demo' })).status).toBe(409);
    for (const [route, id] of [
      [planRoute, 'team'],
      [aliasRoute, 'std'],
      [modelRoute, ['team', 'std']],
      [providerRoute, 'p1'],
    ] as const) {
      expect((await ask(route.DELETE, undefined, { id: id as string })).json.deleted).toBe(true);
      expect((await ask(route.GET, undefined, { id: id as string })).status).toBe(404);
    }
  });
});

describe('the configuration file and what became of it', () => {
  it('knows when it is in sync, when it has drifted, and what was applied before', async () => {
    expect((await ask(driftRoute.GET)).json).toMatchObject({ state: 'no_file', revision: null });
    const text = 'apiVersion: fairlead/v1\nplans: [{ id: free, limits: { rpm: 61 } }]';
    await call(configRoute.PUT, { key: operator, body: text });
    expect((await ask(driftRoute.GET)).json).toMatchObject({ state: 'in_sync', changes: [] });

    await ask(planRoute.PATCH, { limits: { rpm: 99 } }, { id: 'free' });
    expect((await ask(driftRoute.GET)).json).toMatchObject({
      state: 'drift',
      changes: [{ type: 'plan', id: 'free', fields: [{ field: 'limits.rpm', before: 99, after: 61 }] }],
    });

    await call(configRoute.PUT, { key: operator, body: text });
    expect((await ask(driftRoute.GET)).json.state).toBe('in_sync');
    const revisions = (await ask(revisionsRoute.GET)).json.data;
    expect(revisions).toHaveLength(2);
    expect((await ask(revisionRoute.GET, undefined, { id: revisions[1].id })).json).toMatchObject({ text, actor: { type: 'key' } });
    await call(configRoute.PUT, { key: operator, body: text });
    expect((await ask(revisionsRoute.GET)).json.data).toHaveLength(2);
  });

  it('is told as drifted, not as broken, when the file no longer fits', async () => {
    await ask(aliasesRoute.POST, { name: 'gone', targets: [{ model: 'demo/echo' }] });
    await call(configRoute.PUT, { key: operator, body: 'apiVersion: fairlead/v1\nplans: [{ id: free, models: { allow: ["*", gone] } }]' });
    await ask(planRoute.PATCH, { models: { allow: ['*'] } }, { id: 'free' });
    await ask(aliasRoute.DELETE, undefined, { id: 'gone' });
    expect((await ask(driftRoute.GET)).json).toMatchObject({ state: 'drift', problem: expect.stringContaining('"gone"') });
  });
});

describe('an operator changes an organization', () => {
  const params = { id: 'one' };

  it('its plan, limits, models and notes, by slug or id; what is not named stays', async () => {
    const changed = await ask(orgRoute.PATCH, { plan: 'pro', limits: { rpm: 7 }, models: { deny: ['demo/down'] }, notes: 'pays late' }, params);
    expect(changed.json).toMatchObject({
      id: ORG,
      plan: 'pro',
      limits: { rpm: 7, tpm: null },
      models: { allow: [], deny: ['demo/down'] },
      notes: 'pays late',
      suspended: false,
    });
    expect((await ask(orgRoute.PATCH, { limits: { tpm: 9 } }, { id: ORG })).json.limits).toEqual({ rpm: 7, tpm: 9, concurrency: null });
    expect((await ask(orgRoute.PATCH, { limits: { rpm: null, tpm: null }, plan: 'free', models: { deny: [] } }, params)).json).toMatchObject({
      plan: 'free',
      limits: { rpm: null, tpm: null },
    });
    expect((await ask(orgRoute.PATCH, { plan: 'no-such-plan' }, params)).json.error.param).toBe('plan');
    expect((await ask(orgRoute.GET, undefined, { id: 'nobody' })).status).toBe(404);
    expect((await call(orgRoute.GET, { key: org, params })).status).toBe(403);
  });

  it('suspends it with a reason and lets it go on', async () => {
    expect((await ask(orgRoute.PATCH, { suspended: true }, params)).json.error.param).toBe('suspend_reason');
    expect((await ask(orgRoute.PATCH, { suspended: true, suspend_reason: 'abuse' }, params)).json).toMatchObject({ suspended: true, suspend_reason: 'abuse' });
    expect((await call(balanceRoute.GET, { key: org })).json.error.code).toBe('forbidden');
    expect((await ask(orgRoute.PATCH, { suspended: false }, params)).json).toMatchObject({ suspended: false, suspend_reason: null });
    expect((await call(balanceRoute.GET, { key: org })).status).toBe(200);
  });
});

describe('an operator changes settings', () => {
  it('part by part, as fairlead.yaml has them, with one audit row each', async () => {
    const before = (await ask(settingsRoute.GET)).json;
    const changed = (await ask(settingsRoute.PATCH, { sign_up: { policy: 'invite' }, branding: { name: 'Acme AI' }, deny: [{ rule: 'gpt-*', reason: 'law' }] }))
      .json;
    expect(changed).toMatchObject({
      sign_up: { policy: 'invite', domains: [] },
      branding: { name: 'Acme AI', tone: 'info' },
      deny: [{ rule: 'gpt-*', reason: 'law' }],
      log_bodies: true,
    });
    expect((await ask(settingsRoute.PATCH, { branding: { primary_light: '#ffffff' } })).json.error.param).toBe('branding.primary_light');
    expect((await ask(settingsRoute.PATCH, { default_plan: 'nothing' })).json.error.param).toBe('default_plan');
    expect((await ask(settingsRoute.PATCH, { defaultPlan: 'pro' })).status).toBe(400);
    expect((await ask(settingsRoute.PATCH, { sign_up: before.sign_up, branding: before.branding, deny: [] })).json).toEqual(before);
    expect(await database.query(`SELECT count(*)::int AS n FROM audit_entry WHERE action = 'settings.update'`)).toEqual([{ n: 2 }]);
  });
});

describe('budgets of the operator', () => {
  it('on the platform, a provider and a plan: set, read, changed, taken away; not those of an organization', async () => {
    const made = await ask(budgetsRoute.POST, { scope: { type: 'platform' }, limit_usd: '900.00', period: 'month' });
    expect([made.status, made.json]).toMatchObject([
      201,
      { scope: { type: 'platform', id: '' }, limit_usd: '900.000000', action: 'block', spent_usd: '0.000000', state: 'ok' },
    ]);
    const params = { id: made.json.id };
    expect((await ask(budgetRoute.PATCH, { limit_usd: '5', warn_percents: [90] }, params)).json).toMatchObject({
      limit_usd: '5.000000',
      warn_percents: [90],
      period: 'month',
    });
    expect((await ask(budgetsRoute.POST, { scope: { type: 'plan', id: 'free' }, limit_usd: '1', period: 'day', action: 'warn' })).json.scope).toMatchObject({
      type: 'plan',
      id: 'free',
    });
    expect((await ask(budgetsRoute.GET)).json.data).toHaveLength(2);
    expect((await ask(budgetsRoute.POST, { scope: { type: 'provider', id: 'nobody' }, limit_usd: '1', period: 'day' })).json.error.param).toBe('scope.id');
    expect((await ask(budgetsRoute.POST, { scope: { type: 'key', id: 'x' }, limit_usd: '1', period: 'day' })).json.error.param).toBe('scope.type');
    expect((await call(budgetsRoute.POST, { key: org, body: { scope: { type: 'platform' }, limit_usd: '1', period: 'day' } })).json.error.param).toBe(
      'scope.type',
    );
    expect((await call(budgetRoute.GET, { key: org, params })).status).toBe(404);
    expect((await ask(budgetRoute.DELETE, undefined, params)).json.deleted).toBe(true);
    expect((await ask(budgetRoute.GET, undefined, params)).status).toBe(404);
  });
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

  it('cannot hand out more than they have, and do not open an organization', async () => {
    const keys = await insertTestKey(null, 'management', { scopes: ['keys:write', 'plans:read'] });
    expect((await call(keysRoute.POST, { key: keys, body: { name: 'x', kind: 'management', scopes: ['plans:write'] } })).status).toBe(403);
    expect((await call(keysRoute.POST, { key: keys, body: { name: 'x', kind: 'management', scopes: ['plans:read'] } })).status).toBe(201);
    expect((await call(balanceRoute.GET, { key: operator })).status).toBe(403);
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
