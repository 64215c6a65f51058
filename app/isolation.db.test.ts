import { readdirSync } from 'node:fs';
import path from 'node:path';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { sessionCookieName } from '@/lib/auth/cookies';
import type { Role } from '@/lib/auth/role';
import { createSession } from '@/lib/auth/sessions';
import { env } from '@/lib/env';
import { newId } from '@/lib/kernel/ids';
import { ROLES } from '@/lib/kernel/roles';
import { signUp } from '@/lib/services/accounts/sign-up';
import { createChannel } from '@/lib/services/alerts/channels';
import { saveRule } from '@/lib/services/alerts/rules';
import { createBudget } from '@/lib/services/budgets/create-budget';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { Ctx } from '@/lib/services/context';
import { createKey } from '@/lib/services/keys/create-key';
import { inviteMember } from '@/lib/services/members/invite-member';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { insertRequest } from '@/lib/testing/log-rows';

/** The cookie of whoever calls; the handlers read it as they do in Next. */
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined), has: (name: string) => jar.has(name), set: () => undefined }),
  headers: async () => new Headers(),
}));
vi.mock('next/cache', () => ({ revalidatePath: () => undefined, revalidateTag: () => undefined }));

const db = await createTestDatabase();
const root = import.meta.dirname;

interface Org {
  ctx: Ctx;
  slug: string;
  cookie: string;
  managementKey: string;
}

let mine: Org;
let theirs: Org;
/** One thing of each kind that belongs to the other organization. */
const foreign: Record<string, string> = {};

async function newOrg(name: string): Promise<Org> {
  const { userId, sessionEpoch, org } = await signUp({ input: { email: `${name}@example.com`, password: 'correct horse battery', organization: name } });
  const ctx: Ctx = { actor: { type: 'user', id: userId, label: name }, orgId: org.id, role: 'owner' };
  const { key } = await createKey({ ctx, input: { name: 'management', kind: 'management' } });
  return { ctx, slug: org.slug, cookie: await cookieOf(userId, sessionEpoch), managementKey: key };
}

async function cookieOf(userId: string, sessionEpoch: number): Promise<string> {
  const sessionId = await createSession({ userId, address: '', client: '' });
  return encode({ token: { userId, sessionEpoch, sessionId }, secret: env().authSecret });
}

beforeAll(async () => {
  await asSystem(seedCatalogue);
  mine = await newOrg('mine');
  theirs = await newOrg('theirs');
  const { ctx } = theirs;
  await db.query("SELECT logs.ensure_partitions(ARRAY['d30'], (now()::date - 1), (now()::date + 1))");
  foreign.keys = (await createKey({ ctx, input: { name: 'theirs' } })).id;
  foreign.members = ctx.actor.type === 'user' ? ctx.actor.id : '';
  foreign.invites = (await inviteMember({ ctx, input: { email: 'guest@example.com', role: 'viewer' } })).id;
  foreign.budgets = (await createBudget({ ctx, input: { scopeType: 'organization', limitUsd: '5', period: 'day' } })).id;
  foreign.channels = (await createChannel({ ctx, input: { kind: 'webhook', name: 'hook', target: 'https://hooks.example.com/' } })).id;
  foreign.alert_channels = foreign.channels;
  foreign.webhooks = foreign.channels;
  foreign.deliveries = newId('dlv');
  await db.query("INSERT INTO alert_delivery (id, org_id, channel_id, kind, facts, status, next_at) VALUES ($1, $2, $3, 'test', '{\"kind\":\"test\"}', 'failed', NULL)", [foreign.deliveries, ctx.orgId, foreign.channels]);
  foreign.alerts = (await saveRule({ ctx, input: { name: 'rule', kind: 'budget', threshold: '80', channelIds: [foreign.channels] } })).id;
  foreign.requests = await insertRequest(db.query, { org: ctx.orgId, atMs: Date.now() });
  jar.set(sessionCookieName(), mine.cookie);
});

function filesNamed(name: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A hash of every row of the other organization, in every table that has an organization. */
async function theirRows(): Promise<string> {
  const tables = await db.query<{ table: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE a.attname = 'org_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', 'logs') ORDER BY 1`,
  );
  const hashes = await Promise.all(
    tables.map(async ({ table }) => (await db.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) AS h FROM ${table} t WHERE org_id = $1`, [theirs.ctx.orgId]))[0]?.h),
  );
  return JSON.stringify(hashes);
}

/** An answer without what differs between any two calls. */
function plain(value: unknown, id: string): string {
  return JSON.stringify(value ?? null)
    .replaceAll(id, 'ID')
    .replace(/req_[0-9A-Za-z]{22}/g, 'REQ');
}

describe('routes that name a thing', () => {
  const routes = ['api/v1', 'api/console'].flatMap((folder) => filesNamed('route.ts', folder)).filter((file) => /\[(\.\.\.)?id\]/.test(file));

  it.each(routes.map((file) => [path.relative(root, path.dirname(file)), file] as const))('%s answers for a foreign id as for one that is not there (I01)', async (route, file) => {
    const handlers = (await import(file)) as Record<string, (request: Request, context: { params: Promise<Record<string, string | string[]>> }) => Promise<Response>>;
    // What a path names stands before its parameter: keys/[id]/rotate.
    const kind = route.split('/').at(route.split('/').findIndex((part) => part.startsWith('[') && part.includes('id')) - 1) ?? '';
    const isForOperator = ['orgs', 'providers', 'models', 'prices', 'aliases', 'plans', 'config', 'revisions'].includes(kind);
    const id = foreign[kind] ?? (isForOperator ? theirs.ctx.orgId : undefined);
    expect(id, `a thing of the kind "${kind}" is missing: make one in beforeAll of this test`).toBeDefined();
    const unknown = `${(id as string).split('_')[0]}_${'0'.repeat(8)}${'Z'.repeat(14)}`;
    const before = await theirRows();
    const ask = async (method: string, named: string) => {
      const request = new Request(`http://localhost/${route}`, {
        method,
        headers: { authorization: `Bearer ${mine.managementKey}`, 'content-type': 'application/json' },
        body: ['GET', 'DELETE'].includes(method) ? undefined : '{}',
      });
      const response = await (handlers[method] as NonNullable<(typeof handlers)[string]>)(request, { params: Promise.resolve({ org: mine.slug, id: route.includes('[...id]') ? [named] : named }) });
      return { status: response.status, text: plain(await response.text(), named) };
    };
    for (const method of Object.keys(handlers).filter((name) => /^(GET|POST|PUT|PATCH|DELETE)$/.test(name))) {
      const [foreignAnswer, unknownAnswer] = [await ask(method, id as string), await ask(method, unknown)];
      expect(foreignAnswer, method).toEqual(unknownAnswer);
      if (foreign[kind]) expect([404, 400], method).toContain(foreignAnswer.status);
      else expect(foreignAnswer.status, method).toBeGreaterThanOrEqual(400);
    }
    expect(await theirRows()).toBe(before);
  });
});

type Action = (org: string, input: unknown) => Promise<{ ok: boolean; data?: unknown; error?: { code: string } }>;

/** What forms send, enough for most of them to get past their schema. */
const INPUT = { name: 'changed', role: 'viewer', limitUsd: '1', kind: 'budget', threshold: '50', channelIds: [] as string[], graceSeconds: 0 };

async function consoleActions(): Promise<(readonly [name: string, act: Action])[]> {
  const modules = await Promise.all(filesNamed('actions.ts', '(console)/[org]').map((file) => import(file) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.entries(module).flatMap(([name, act]) => (typeof act === 'function' && act.length === 2 ? [[name, act as Action] as const] : [])));
}

async function outcome(act: Action, org: string, input: unknown, id: string): Promise<string> {
  try {
    return plain(await act(org, input), id);
  } catch (error) {
    return `threw "${(error as { code?: string }).code ?? String(error)}"`;
  }
}

describe('writes of the console', () => {
  it('find no organization but one’s own, whatever the session is (I05)', async () => {
    const actions = await consoleActions();
    expect(actions.length).toBeGreaterThan(20);
    const before = await theirRows();
    for (const [name, act] of actions) {
      const [foreignAnswer, unknownAnswer] = [await outcome(act, theirs.slug, INPUT, theirs.slug), await outcome(act, 'no-such-organization', INPUT, 'no-such-organization')];
      expect(`${name}: ${foreignAnswer}`).toBe(`${name}: ${unknownAnswer}`);
      // A preview has nothing to show; everything else says that there is no such organization.
      expect(foreignAnswer, name).toMatch(/"not_found"|^null$/);
    }
    expect(await theirRows()).toBe(before);
  });

  it('take a foreign id for one that is not there, and change nothing of its owner (I01)', async () => {
    const before = await theirRows();
    const found: string[] = [];
    for (const [name, act] of await consoleActions()) {
      for (const id of new Set(Object.values(foreign))) {
        const unknown = `${id.split('_')[0]}_${'0'.repeat(8)}${'Z'.repeat(14)}`;
        const [foreignAnswer, unknownAnswer] = [await outcome(act, mine.slug, { ...INPUT, id }, id), await outcome(act, mine.slug, { ...INPUT, id: unknown }, unknown)];
        if (foreignAnswer.includes('"ok":true')) continue;
        expect(`${name}: ${foreignAnswer}`).toBe(`${name}: ${unknownAnswer}`);
        if (foreignAnswer.includes('"not_found"')) found.push(name);
      }
    }
    expect(await theirRows()).toBe(before);
    // Those that name a thing got as far as looking for it.
    const named = ['revokeKeyAction', 'rotateKeyAction', 'changeRoleAction', 'removeMemberAction', 'revokeInvitationAction', 'resendInvitationAction'];
    for (const name of [...named, 'updateBudgetAction', 'deleteBudgetAction', 'deleteRuleAction', 'deleteChannelAction', 'testChannelAction', 'retryDeliveryAction']) expect(found, name).toContain(name);
  });
});

describe('roles', () => {
  /** Who may do what (I03): an action with an input it takes, and the roles that get past the door. */
  const MATRIX: Record<string, { input: Record<string, unknown>; roles: readonly Role[] }> = {
    createKeyAction: { input: { name: 'by role' }, roles: ['owner', 'admin', 'developer'] },
    inviteMemberAction: { input: { email: 'matrix@example.com', role: 'viewer' }, roles: ['owner', 'admin'] },
    createBudgetAction: { input: { scopeType: 'key', scopeId: 'missing', limitUsd: '1', period: 'day' }, roles: ['owner', 'admin'] },
    deleteBudgetAction: { input: { id: 'missing' }, roles: ['owner', 'admin'] },
    deleteRuleAction: { input: { id: 'missing' }, roles: ['owner', 'admin'] },
    deleteChannelAction: { input: { id: 'missing' }, roles: ['owner', 'admin'] },
    readWebhookSecretAction: { input: { id: 'missing' }, roles: ['owner', 'admin'] },
    updateOrgAction: { input: { name: 'mine' }, roles: ['owner', 'admin'] },
    lendKeyAction: { input: {}, roles: ['owner', 'admin', 'developer'] },
    removeMemberAction: { input: { id: 'missing' }, roles: ['owner', 'admin'] },
    changeRoleAction: { input: { id: 'missing', role: 'viewer' }, roles: ['owner', 'admin'] },
  };

  it.each(ROLES)('%s may do what the role says, from the next request on (I03, I04)', async (role) => {
    const userId = newId('usr');
    await db.query("INSERT INTO app_user (id, email, password_hash) VALUES ($1, $2, '!')", [userId, `${role}@roles.example.com`]);
    await db.query('INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, $3)', [mine.ctx.orgId, userId, role]);
    jar.set(sessionCookieName(), await cookieOf(userId, 0));
    const actions = new Map(await consoleActions());
    for (const [name, { input, roles }] of Object.entries(MATRIX)) {
      const result = await (actions.get(name) as Action)(mine.slug, input);
      expect({ name, isForbidden: result.error?.code === 'forbidden' }).toEqual({ name, isForbidden: !roles.includes(role) });
    }
    await db.query('DELETE FROM membership WHERE org_id = $1 AND user_id = $2', [mine.ctx.orgId, userId]);
    const after = await (actions.get('updateOrgAction') as Action)(mine.slug, { name: 'taken over' });
    expect(after.error?.code).toBe('not_found');
    jar.set(sessionCookieName(), mine.cookie);
  });
});
