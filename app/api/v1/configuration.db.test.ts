import { beforeAll, describe, expect, it } from 'vitest';
import type { ManagementRoute } from '@/lib/http/management-route';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import * as aliasRoute from './aliases/[...id]/route';
import * as aliasesRoute from './aliases/route';
import * as configRoute from './config/route';
import * as driftRoute from './config/drift/route';
import * as revisionRoute from './config/revisions/[id]/route';
import * as revisionsRoute from './config/revisions/route';
import { openApiDocument } from './document';
import * as planRoute from './plans/[id]/route';
import { MANAGEMENT_ROUTES } from './routes';
import * as settingsRoute from './settings/route';

const database = await createTestDatabase();
const call = createManagementClient(MANAGEMENT_ROUTES, openApiDocument());
let operator: string;

const ask = (route: ManagementRoute, body?: object, params?: Record<string, string | string[]>) => call(route, { key: operator, body, params });

beforeAll(async () => {
  await asSystem(seedCatalogue);
  operator = await insertTestKey(null, 'management');
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
