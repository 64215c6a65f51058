import { beforeAll, describe, expect, it } from 'vitest';
import type { ManagementRoute } from '@/lib/http/management-route';
import { newId } from '@/lib/kernel/ids';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import * as channelRoute from './alert_channels/[id]/route';
import * as channelTestRoute from './alert_channels/[id]/test/route';
import * as channelsRoute from './alert_channels/route';
import * as alertRoute from './alerts/[id]/route';
import * as alertsRoute from './alerts/route';
import * as budgetRoute from './budgets/[id]/route';
import * as budgetsRoute from './budgets/route';
import { openApiDocument } from './document';
import * as resendRoute from './invites/[id]/resend/route';
import * as inviteRoute from './invites/[id]/route';
import * as invitesRoute from './invites/route';
import * as keyRoute from './keys/[id]/route';
import * as keysRoute from './keys/route';
import * as memberRoute from './members/[id]/route';
import * as membersRoute from './members/route';
import { MANAGEMENT_ROUTES } from './routes';
import * as deliveriesRoute from './webhooks/[id]/deliveries/route';
import * as webhookTestRoute from './webhooks/[id]/test/route';
import * as retryRoute from './webhooks/deliveries/[id]/retry/route';
import * as rotateSecretRoute from './webhooks/[id]/rotate_secret/route';
import * as webhookRoute from './webhooks/[id]/route';
import * as webhooksRoute from './webhooks/route';

const database = await createTestDatabase();
const call = createManagementClient(MANAGEMENT_ROUTES, openApiDocument());
const [ONE, TWO] = [newId('org'), newId('org')];
const person = newId('usr');
let one: string;
let two: string;

beforeAll(async () => {
  await asSystem(async (tx) => {
    await seedCatalogue(tx);
    await tx.organization.createMany({
      data: [
        { id: ONE, slug: 'one', name: 'One', planId: 'pro' },
        { id: TWO, slug: 'two', name: 'Two', planId: 'pro' },
      ],
    });
    await tx.user.create({ data: { id: person, email: 'ann@example.com', passwordHash: 'x' } });
    await tx.membership.create({ data: { orgId: ONE, userId: person, role: 'developer' } });
    await tx.alertChannel.create({ data: { id: newId('chn'), orgId: ONE, kind: 'email', name: 'Ops', target: 'x', hint: 'ops@example.com', locale: 'en' } });
  });
  one = await insertTestKey(ONE, 'management');
  two = await insertTestKey(TWO, 'management');
});

describe('what an organization changes about itself', () => {
  it('budgets: set, read, changed, taken away', async () => {
    const made = await call(budgetsRoute.POST, { key: one, body: { scope: { type: 'organization' }, limit_usd: '5.00', period: 'month', action: 'block' } });
    expect([made.status, made.json]).toMatchObject([
      201,
      { scope: { type: 'organization' }, limit_usd: '5.000000', spent_usd: '0.000000', warn_percents: [50, 80, 100] },
    ]);
    const params = { id: made.json.id };
    expect((await call(budgetRoute.PATCH, { key: one, params, body: { action: 'switch', switch_to: 'fast-chat' } })).json).toMatchObject({
      limit_usd: '5.000000',
      switch_to: 'fast-chat',
    });
    expect((await call(budgetsRoute.GET, { key: one })).json.data).toHaveLength(1);
    expect(
      (await call(budgetsRoute.POST, { key: one, body: { scope: { type: 'key', id: 'key_none' }, limit_usd: '5.00', period: 'day' } })).json.error.param,
    ).toBe('scope.id');
    expect((await call(budgetsRoute.POST, { key: one, body: { scope: { type: 'organization' }, limit_usd: '-5', period: 'day' } })).json.error.param).toBe(
      'limit_usd',
    );
    expect((await call(budgetRoute.DELETE, { key: one, params })).json.deleted).toBe(true);
    expect((await call(budgetRoute.GET, { key: one, params })).status).toBe(404);
  });

  it('members and invitations', async () => {
    expect((await call(membersRoute.GET, { key: one })).json.data).toMatchObject([{ id: person, email: 'ann@example.com', role: 'developer' }]);
    expect((await call(memberRoute.PATCH, { key: one, params: { id: person }, body: { role: 'viewer' } })).json).toEqual({ id: person, role: 'viewer' });
    const invite = await call(invitesRoute.POST, { key: one, body: { email: 'Bob@Example.com', role: 'developer' } });
    expect(invite.json).toMatchObject({ email: 'bob@example.com', status: 'open' });
    expect((await call(invitesRoute.GET, { key: one })).json.data).toHaveLength(1);
    const again = await call(resendRoute.POST, { key: one, params: { id: invite.json.id } });
    expect([again.json.id, again.json.status, again.json.url === invite.json.url && again.json.url !== null]).toEqual([invite.json.id, 'open', false]);
    expect((await call(inviteRoute.DELETE, { key: one, params: { id: invite.json.id } })).json.deleted).toBe(true);
    expect((await call(invitesRoute.POST, { key: one, body: { email: 'nobody', role: 'viewer' } })).json.error.param).toBe('email');

    const leaver = newId('usr');
    await asSystem(async (tx) => {
      await tx.user.create({ data: { id: leaver, email: 'leaver@example.com', passwordHash: 'x' } });
      await tx.membership.create({ data: { orgId: ONE, userId: leaver, role: 'developer' } });
    });
    expect((await call(memberRoute.DELETE, { key: one, params: { id: leaver } })).json).toEqual({ id: leaver, deleted: true, keys_revoked: 0 });
  });

  it('alerts', async () => {
    const [channel] = await database.query<{ id: string }>('SELECT id FROM alert_channel');
    const made = await call(alertsRoute.POST, { key: one, body: { name: 'Errors', kind: 'error_rate', threshold: '20', channel_ids: [channel?.id ?? ''] } });
    expect([made.status, made.json]).toMatchObject([201, { name: 'Errors', threshold: '20', window_minutes: 60, enabled: true }]);
    expect((await call(alertsRoute.GET, { key: one })).json.data).toHaveLength(1);
    const params = { id: made.json.id };
    expect((await call(alertRoute.PATCH, { key: one, params, body: { threshold: '30', enabled: false } })).json).toMatchObject({
      name: 'Errors',
      kind: 'error_rate',
      threshold: '30',
      enabled: false,
    });
    expect((await call(alertRoute.GET, { key: one, params })).json).toMatchObject({ threshold: '30', channel_ids: [channel?.id] });
    expect((await call(alertRoute.PATCH, { key: one, params, body: { threshold: '200' } })).json.error.param).toBe('threshold');
    expect((await call(alertRoute.DELETE, { key: one, params })).json.deleted).toBe(true);
  });

  it('channels and webhooks: made, renamed, switched off, tested, signed anew; a URL is never shown again', async () => {
    const made = await call(webhooksRoute.POST, { key: one, body: { name: 'Hook', url: 'https://hooks.example.com/fairlead/secret-path' } });
    expect([made.status, made.json]).toMatchObject([201, { kind: 'webhook', name: 'Hook', secret: expect.stringMatching(/^whsec_/) }]);
    const params = { id: made.json.id };
    expect((await call(webhookRoute.PATCH, { key: one, params, body: { name: 'Renamed', enabled: false } })).json).toMatchObject({
      name: 'Renamed',
      enabled: false,
    });
    expect((await call(rotateSecretRoute.POST, { key: one, params })).json.secret).not.toBe(made.json.secret);
    expect((await call(deliveriesRoute.GET, { key: one, params })).json).toEqual({ data: [], has_more: false, next_cursor: null });
    expect((await call(webhooksRoute.GET, { key: one })).json.data).toHaveLength(1);
    const list = await call(channelsRoute.GET, { key: one });
    expect(list.json.data.map(({ kind }: { kind: string }) => kind)).toEqual(['email', 'webhook']);
    expect(list.text).not.toContain('secret-path');
    expect((await call(channelsRoute.POST, { key: one, body: { kind: 'slack', name: 'S', target: 'https://example.com/x' } })).json.error.param).toBe('target');

    // A name that no resolver knows: the test says so, the log keeps it, and the message can be tried again.
    const lost = (await call(webhooksRoute.POST, { key: one, body: { name: 'Lost', url: 'https://hooks.invalid/x' } })).json;
    for (const route of [webhookTestRoute.POST, channelTestRoute.POST])
      expect((await call(route, { key: one, params: { id: lost.id } })).json).toEqual({ ok: false, error: expect.stringMatching(/./) });
    const [delivery] = (await call(deliveriesRoute.GET, { key: one, params: { id: lost.id } })).json.data;
    expect(delivery).toMatchObject({ channel: 'Lost', status: 'failed', attempts: 1, facts: { kind: 'test' } });
    expect((await call(retryRoute.POST, { key: one, params: { id: delivery.id } })).json).toEqual({ id: delivery.id, status: 'waiting' });
    expect((await call(channelRoute.PATCH, { key: one, params: { id: lost.id }, body: { name: 'Found' } })).json.name).toBe('Found');
    expect((await call(channelRoute.GET, { key: one, params: { id: lost.id } })).json).toMatchObject({ id: lost.id, name: 'Found' });
    expect((await call(channelRoute.DELETE, { key: one, params: { id: lost.id } })).json.deleted).toBe(true);
    expect((await call(webhookRoute.DELETE, { key: one, params })).json.deleted).toBe(true);
    expect((await call(webhookRoute.GET, { key: one, params })).status).toBe(404);
  });
});

/** Things of organization one, by the first word of the routes that take their id. */
async function things(): Promise<Record<string, string>> {
  const [channel] = await database.query<{ id: string }>('SELECT id FROM alert_channel');
  return {
    keys: (await call(keysRoute.POST, { key: one, body: { name: 'theirs' } })).json.id,
    budgets: (await call(budgetsRoute.POST, { key: one, body: { scope: { type: 'organization' }, limit_usd: '5.00', period: 'day' } })).json.id,
    members: person,
    invites: (await call(invitesRoute.POST, { key: one, body: { email: 'carl@example.com', role: 'viewer' } })).json.id,
    alerts: (await call(alertsRoute.POST, { key: one, body: { name: 'Spend', kind: 'spend', threshold: '5', channel_ids: [channel?.id ?? ''] } })).json.id,
    requests: newId('req'),
    alert_channels: channel?.id ?? '',
    webhooks: (await call(webhooksRoute.POST, { key: one, body: { name: 'Theirs', url: 'https://hooks.example.com/x' } })).json.id,
  };
}

/** A body that the route would take. */
const BODIES: Record<string, object> = {
  'PATCH /keys/[id]': {},
  'POST /keys/[id]/rotate': {},
  'PATCH /budgets/[id]': {},
  'PATCH /members/[id]': { role: 'viewer' },
  'PATCH /alerts/[id]': {},
  'PATCH /alert_channels/[id]': {},
  'PATCH /webhooks/[id]': {},
};

describe('I01: another organization’s id is as missing as one that never was', async () => {
  const routes = Object.entries(MANAGEMENT_ROUTES)
    .filter(([path]) => path.includes('['))
    .flatMap(([path, module]) =>
      Object.entries(module).map(([method, route]) => ({ name: `${method} ${path}`, area: path.split('/')[1] ?? '', route: route as ManagementRoute })),
    )
    .filter(({ route }) => route.spec.org);
  let ids: Record<string, string>;
  beforeAll(async () => {
    ids = await things();
  });

  it.each(routes.map((route) => [route.name, route] as const))('%s', async (name, { area, route }) => {
    expect(ids[area], `${name}: say what it takes in things()`).toBeDefined();
    const ask = (id: string) => call(route, { key: two, params: { id }, body: BODIES[name] });
    const theirs = await ask(ids[area] ?? '');
    const missing = await ask((ids[area] ?? '').replace(/.{6}$/, 'zzzzzz'));
    expect(theirs.status).toBe(404);
    const { request_id: _a, ...body } = theirs.json.error;
    const { request_id: _b, ...other } = missing.json.error;
    expect(body).toEqual(other);
  });

  it('and nothing of it was touched', async () => {
    expect((await call(keyRoute.GET, { key: one, params: { id: ids.keys ?? '' } })).json.status).toBe('active');
    expect((await call(budgetRoute.GET, { key: one, params: { id: ids.budgets ?? '' } })).status).toBe(200);
    expect((await call(membersRoute.GET, { key: one })).json.data[0].role).toBe('viewer');
    for (const route of [budgetsRoute.GET, membersRoute.GET, invitesRoute.GET, alertsRoute.GET])
      expect((await call(route, { key: two })).json.data).toEqual([]);
    expect((await call(keysRoute.GET, { key: two })).json.data.map(({ kind }: { kind: string }) => kind)).toEqual(['management']);
  });
});
