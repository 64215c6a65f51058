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
import { openApiDocument } from './document';
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
    expect((await ask(providerRoute.GET, undefined, { id: 'p1' })).json).toMatchObject({ id: 'p1', adapter: 'openai' });
    expect((await ask(planRoute.GET, undefined, { id: 'team' })).json).toMatchObject({ id: 'team', models: { allow: ['std'] } });
    expect((await ask(aliasesRoute.GET)).json.data.map(({ name }: { name: string }) => name)).toContain('std');
    expect((await ask(aliasRoute.PATCH, { strategy: 'weighted' }, { id: ['std'] })).json).toMatchObject({ name: 'std', strategy: 'weighted' });
    expect((await ask(aliasRoute.GET, undefined, { id: ['std'] })).json).toMatchObject({ strategy: 'weighted', targets: [{ model: 'team/std' }] });
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

describe('budgets of the operator', () => {
  it('on the platform, a provider and a plan: set, read, changed, taken away; not those of an organization', async () => {
    const made = await ask(budgetsRoute.POST, { scope: { type: 'platform' }, limit_usd: '900.00', period: 'month' });
    expect([made.status, made.json]).toMatchObject([
      201,
      { scope: { type: 'platform' }, limit_usd: '900.000000', action: 'block', spent_usd: '0.000000', state: 'ok' },
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
