import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { parseUsd } from '@/lib/kernel/money';
import { grantCredit } from '@/lib/ledger';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { createManagementClient, insertTestKey } from '@/lib/testing/management-client';
import * as balanceRoute from './balance/route';
import { openApiDocument } from './document';
import * as ledgerRoute from './ledger/route';
import * as requestRoute from './requests/[id]/route';
import * as requestsRoute from './requests/route';
import { MANAGEMENT_ROUTES } from './routes';
import * as usageRoute from './usage/route';

const { query } = await createTestDatabase();
const call = createManagementClient(MANAGEMENT_ROUTES, openApiDocument());
const ORGS = [newId('org'), newId('org')] as const;
let operator: string;
let tenant: string;
let ids: string[];

beforeAll(async () => {
  await query("SELECT logs.ensure_partitions(ARRAY['d30'], (now()::date - 1), (now()::date + 1))");
  for (const id of ORGS) {
    await insertOrganization(query, { id });
    await asSystem((tx) =>
      grantCredit(tx, { orgId: id, fund: 'paid', amount: parseUsd('10'), kind: 'grant', sourceType: 'grant', sourceId: id, memo: 'test' }),
    );
  }
  const bodies = { request: 'a secret prompt' };
  ids = [
    await insertRequest(query, { org: ORGS[0], atMs: Date.now() - 2_000, bodies }),
    await insertRequest(query, { org: ORGS[1], atMs: Date.now() - 1_000, row: { http_status: 429, status: 'refused' } }),
  ];
  await insertRequest(query, { org: ORGS[1], atMs: Date.now(), row: { sample: true } });
  operator = await insertTestKey(null, 'management');
  tenant = await insertTestKey(ORGS[0], 'management');
});

describe('an operator’s key sees the whole installation on the paths of an organization', () => {
  it('requests: every organization’s, newest first, each with whose it is; one organization’s where it asks for one', async () => {
    const all = await call(requestsRoute.GET, { key: operator });
    expect(all.json.data.map(({ id, organization_id }: Record<string, string>) => [id, organization_id])).toEqual([
      [ids[1], ORGS[1]],
      [ids[0], ORGS[0]],
    ]);
    const narrowed = async (search: string) =>
      (await call(requestsRoute.GET, { key: operator, query: `?${search}` })).json.data.map(({ id }: { id: string }) => id);
    expect([
      await narrowed(`org=${ORGS[0]}`),
      await narrowed('status=429'),
      await narrowed('status=completed&limit=1'),
      await narrowed(`request_id=${ids[0]}`),
    ]).toEqual([[ids[0]], [ids[1]], [ids[0]], [ids[0]]]);
    const first = (await call(requestsRoute.GET, { key: operator, query: '?limit=1' })).json;
    expect([first.has_more, (await narrowed(`cursor=${first.next_cursor}`))[0]]).toEqual([true, ids[0]]);
    expect((await call(requestsRoute.GET, { key: operator, query: '?org=nobody' })).status).toBe(404);
  });

  it('one request with its attempts, without what was said in it', async () => {
    const { json, text } = await call(requestRoute.GET, { key: operator, params: { id: ids[0] as string } });
    expect(json).toMatchObject({ id: ids[0], organization_id: ORGS[0], bodies: { request: null, response: null } });
    expect(text).not.toContain('secret prompt');
    expect((await call(requestRoute.GET, { key: operator, params: { id: newId('req') } })).status).toBe(404);
  });

  it('usage, balance and ledger: all organizations together, or one', async () => {
    expect((await call(usageRoute.GET, { key: operator })).json.totals.requests).toBe(3);
    expect((await call(usageRoute.GET, { key: operator, query: `?org=${ORGS[0]}` })).json.totals.requests).toBe(1);
    expect((await call(balanceRoute.GET, { key: operator })).json.available_usd).toBe('20.000000');
    expect((await call(balanceRoute.GET, { key: operator, query: `?org=${ORGS[0]}` })).json.available_usd).toBe('10.000000');
    expect((await call(ledgerRoute.GET, { key: operator })).json.data.map(({ organization_id }: Record<string, string>) => organization_id).sort()).toEqual(
      [...ORGS].sort(),
    );
  });

  it('an organization’s key stays inside its own, whatever it names (I05)', async () => {
    for (const route of [requestsRoute.GET, ledgerRoute.GET, usageRoute.GET, balanceRoute.GET]) {
      const [plain, foreign] = [await call(route, { key: tenant }), await call(route, { key: tenant, query: `?org=${ORGS[1]}` })];
      expect(foreign.json.data ?? foreign.json.totals ?? foreign.json.available_usd).toEqual(plain.json.data ?? plain.json.totals ?? plain.json.available_usd);
    }
    expect((await call(requestRoute.GET, { key: tenant, params: { id: ids[1] as string } })).status).toBe(404);
  });

  it('a limited operator’s key needs the area’s word', async () => {
    const key = await insertTestKey(null, 'management', { scopes: ['usage:read'] });
    expect([(await call(usageRoute.GET, { key })).status, (await call(requestsRoute.GET, { key })).status]).toEqual([200, 403]);
  });
});
