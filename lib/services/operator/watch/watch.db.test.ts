import { tmpdir } from 'node:os';
import { beforeAll, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import { BrandingInput, readBranding, saveBranding } from '@/lib/services/branding/branding';
import { endUserSessions, ListUsersInput, listUsers, setOperator } from '@/lib/services/operator/users/users';
import { readStatus } from '@/lib/services/status/read-status';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { listErrors } from './list-errors';
import { AuditFilterInput, exportOperatorAudit, listOperatorAudit } from './list-operator-audit';
import { listAllRequests, RequestFilterInput } from './list-requests';
import { readHealth } from './read-health';

process.env.DATA_DIR = tmpdir();
const { query } = await createTestDatabase();
const ctx = { actor: { type: 'user' as const, id: 'usr_op', label: 'op@example.com' }, operator: true as const };
const now = Date.now();
const ids: string[] = [];

beforeAll(async () => {
  await asSystem(seedCatalogue);
  await query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First')`);
  for (const id of ['org_a', 'org_b']) await insertOrganization(query, { id });
  await query(
    `INSERT INTO app_user (id, email, password_hash, is_operator) VALUES ('usr_op', 'op@example.com', '', true), ('usr_x', 'x@example.com', '', false)`,
  );
  const secret = { bodies: { request: 'a prompt nobody else may read' } };
  for (let at = 0; at < 55; at++) ids.push(await insertRequest(query, { org: 'org_a', atMs: now - 60_000 + at * 100, ...(at === 0 ? secret : {}) }));
  const failed = { status: 'failed', http_status: 502, error_code: 'upstream_error', error_source: 'provider', error_message: 'the provider is down' };
  for (const org of ['org_a', 'org_b', 'org_b']) await insertRequest(query, { org, atMs: now - 10_000, row: failed, attempts: [{ outcome: 'server' }] });
  await insertRequest(query, {
    org: 'org_b',
    atMs: now - 5_000,
    row: {
      status: 'refused',
      http_status: 429,
      error_code: 'rate_limit_exceeded',
      error_source: 'gateway',
      provider_id: '',
      model_id: '',
      requested_model: 'fast-chat',
    },
  });
});

it('requests of every organization come in pages, filtered, and never with a body', async () => {
  const first = await listAllRequests({ ctx, input: RequestFilterInput.parse({}) });
  expect(first.data).toHaveLength(50);
  const second = await listAllRequests({ ctx, input: RequestFilterInput.parse({ before: first.older }) });
  expect(first.data.length + second.data.length).toBe(59);
  expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(59);
  expect(JSON.stringify([first, second])).not.toContain('a prompt nobody else may read');
  const of = async (filter: object) => (await listAllRequests({ ctx, input: RequestFilterInput.parse(filter) })).data.length;
  expect([
    await of({ org: 'org-b' }),
    await of({ status: 'failed' }),
    await of({ code: 'rate_limit_exceeded' }),
    await of({ q: ids[3] }),
    await of({ q: 'fast-chat' }),
    await of({ provider: 'none' }),
  ]).toEqual([3, 3, 1, 1, 1, 0]);
});

it('errors are one row for each code, provider and model, with who is touched', async () => {
  const groups = await listErrors({ ctx, input: { days: 1 } });
  expect(groups.map(({ code, source, provider, model, count, organizations }) => ({ code, source, provider, model, count, organizations }))).toEqual([
    { code: 'upstream_error', source: 'provider', provider: 'u1', model: 'std', count: 3, organizations: 2 },
    { code: 'rate_limit_exceeded', source: 'gateway', provider: null, model: 'fast-chat', count: 1, organizations: 1 },
  ]);
  expect(groups[0]?.series.reduce((sum, value) => sum + value, 0)).toBe(3);
});

it('health tells of the database, the queues and the disk', async () => {
  await query(`INSERT INTO heartbeat (process_id, role, host, pid) VALUES ('proc_1', 'gateway', 'here', 1)`);
  const health = await readHealth({ ctx });
  expect(health.database.version).toMatch(/^\d+/);
  expect(health.database.maxConnections).toBeGreaterThan(0);
  expect(health.processes).toMatchObject([{ id: 'proc_1', alive: true }]);
  expect(health.disk?.totalBytes).toBeGreaterThan(0);
});

it('the public status names neither customers nor numbers', async () => {
  const status = await readStatus();
  expect(status).toMatchObject({ gateway: 'up', providers: [{ label: 'First', state: 'bad', maintenance: false }] });
  expect(JSON.stringify(status)).not.toMatch(/org_|attempts|failed/);
});

it('an operator makes others operators, and never unmakes the last one', async () => {
  await setOperator({ ctx, input: { id: 'usr_x', isOperator: true } });
  await expect(setOperator({ ctx, input: { id: 'usr_op', isOperator: false } })).rejects.toMatchObject({ code: 'conflict' });
  await endUserSessions({ ctx, input: { id: 'usr_x' } });
  const { data } = await listUsers({ ctx, input: ListUsersInput.parse({ q: 'X@EXAMPLE' }) });
  expect(data).toMatchObject([{ email: 'x@example.com', isOperator: true }]);
  expect(await query(`SELECT session_epoch FROM app_user WHERE id = 'usr_x'`)).toEqual([{ session_epoch: 1 }]);
  expect((await listOperatorAudit({ ctx, input: AuditFilterInput.parse({ action: 'operator.', actor: 'OP@' }) })).data.map(({ action }) => action)).toEqual([
    'operator.grant',
  ]);
  let csv = '';
  for await (const line of exportOperatorAudit({ ctx, input: AuditFilterInput.parse({ action: 'operator' }) })) csv += line;
  expect(csv.trim().split('\r\n')).toEqual([
    'time,organization,actor_type,actor,action,target_type,target_id,before,after',
    expect.stringMatching(/^[\dT:.Z-]+,,user,op@example\.com,operator\.grant,user,usr_x,/),
  ]);
});

it('the product takes the operator’s name and colours, but no colour that cannot be read', async () => {
  const input = BrandingInput.parse({
    name: 'Harbour',
    primaryLight: '#123456',
    primaryDark: '',
    termsUrl: '',
    privacyUrl: '',
    announcement: '',
    tone: 'info',
  });
  await saveBranding({ ctx, input });
  expect(await readBranding()).toMatchObject({ product: 'Harbour', primaryLight: '#123456' });
  await expect(saveBranding({ ctx, input: { ...input, primaryLight: '#ffee00' } })).rejects.toMatchObject({ extras: { param: 'primaryLight' } });
  await expect(saveBranding({ ctx, input: { ...input, primaryDark: '#101010' } })).rejects.toMatchObject({ extras: { param: 'primaryDark' } });
});
