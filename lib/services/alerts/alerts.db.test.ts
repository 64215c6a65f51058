import { beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { newId } from '@/lib/kernel/ids';
import { nano } from '@/lib/kernel/money';
import { budgetWindow } from '@/lib/ledger';
import { createBudget } from '@/lib/services/budgets/create-budget';
import type { Ctx, Role } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { createTenant, type TestTenant } from '@/lib/testing/tenants';
import { createChannel, deleteChannel, listChannels, readWebhookSecret, rotateWebhookSecret } from './channels';
import { deliverAlerts } from './deliver-alerts';
import { listDeliveries, retryDelivery, testChannel } from './deliveries';
import { evaluateAlerts } from './evaluate-alerts';
import { type Post, postPublic } from './post-public';
import { deleteRule, listRules, saveRule } from './rules';

const db = await createTestDatabase();
let tenant: TestTenant;
let owner: Ctx;
let count = 0;

const as = ({ orgId }: TestTenant, role: Role = 'owner'): Ctx => ({ actor: { type: 'user', id: 'usr_test', label: 'test' }, orgId, role });

beforeAll(async () => {
  tenant = await createTenant();
  owner = as(tenant);
  const today = new Date().toISOString().slice(0, 10);
  await db.query("SELECT logs.ensure_partitions(ARRAY['d7'], ($1::date - 1), ($1::date + 1))", [today]);
});

interface Posted {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Takes the place of the network; `answers` in order, the last one for good. */
function fakeNetwork(...answers: { status: number; text?: string }[]): { post: Post; posted: Posted[] } {
  const posted: Posted[] = [];
  return {
    posted,
    post: async (url, headers, body) => {
      posted.push({ url, headers, body });
      const { status, text = 'ok' } = answers[Math.min(posted.length, answers.length) - 1] ?? { status: 200 };
      return { status, text };
    },
  };
}

const webhook = (ctx = owner) => createChannel({ ctx, input: { kind: 'webhook', name: `hook ${++count}`, target: 'https://hooks.example.com/in' } });

async function calls(orgId: string, total: number, failed: number, durationMs = 100) {
  for (let i = 0; i < total; i++) {
    const id = newId('req');
    await db.query(
      `INSERT INTO logs.request (class, day, id, org_id, process_id, created_at, status, surface, key_id, duration_ms)
       VALUES ('d7', $1, $2, $3, 'proc_test', now(), $4, 'chat', 'key_test', $5)`,
      [new Date().toISOString().slice(0, 10), id, orgId, i < failed ? 'failed' : 'completed', durationMs],
    );
  }
}

describe('a channel', () => {
  it('keeps its URL encrypted and shows only where it leads', async () => {
    const made = await createChannel({ ctx: owner, input: { kind: 'slack', name: 'ops', target: 'https://hooks.slack.com/services/T0/B0/verysecret' } });
    expect(made).toMatchObject({ hint: 'hooks.slack.com/…cret', secret: null });
    expect(await db.query("SELECT 1 FROM alert_channel c WHERE c::text LIKE '%verysecret%'")).toEqual([]);
    expect(await db.query("SELECT 1 FROM audit_entry a WHERE a::text LIKE '%verysecret%'")).toEqual([]);
    expect(JSON.stringify(await listChannels({ ctx: owner }))).not.toContain('verysecret');
  });

  it.each([
    ['email', 'not an address'],
    ['webhook', 'http://hooks.example.com/'],
    ['webhook', 'https://localhost/'],
    ['webhook', 'https://127.0.0.1/'],
    ['webhook', 'https://127.1/'],
    ['webhook', 'https://2130706433/'],
    ['webhook', 'https://0x7f.1/'],
    ['webhook', 'https://[::1]/'],
    ['webhook', 'https://[::ffff:127.0.0.1]/'],
    ['webhook', 'https://169.254.169.254/latest/meta-data'],
    ['webhook', 'https://10.0.0.5/'],
    ['webhook', 'https://user:pass@hooks.example.com/'],
    ['webhook', 'https://database.internal/'],
    ['webhook', 'file:///etc/passwd'],
    ['slack', 'https://hooks.example.com/services/T0/B0/x'],
    ['feishu', 'https://hooks.slack.com/services/T0/B0/x'],
  ] as const)('of %s at %s is refused (S6)', async (kind, target) => {
    await expect(createChannel({ ctx: owner, input: { kind, name: 'x', target } })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'target' } });
  });

  it('never connects to a private address that a public name answers with (S6)', async () => {
    await expect(postPublic('https://127.0.0.1/', {}, '{}')).rejects.toThrow();
    await expect(postPublic('https://localhost/', {}, '{}')).rejects.toThrow(/private/);
  });

  it('signs what it sends as Standard Webhooks, and a new secret ends the old', async () => {
    const { id, secret } = await webhook();
    const { post, posted } = fakeNetwork({ status: 200 });
    await saveRule({ ctx: owner, input: { name: 'keys', kind: 'key_expiry', threshold: '30', channelIds: [id] } });
    await db.query("UPDATE api_key SET expires_at = now() + interval '3 days' WHERE id = $1", [tenant.keyId]);
    expect(await evaluateAlerts()).toBe(1);
    expect(await evaluateAlerts(), 'told once').toBe(0);
    expect(await deliverAlerts({ post })).toBe(1);
    const [message] = posted;
    const body = new Webhook(secret as string).verify(message?.body ?? '', message?.headers as Record<string, string>) as { type: string; data: Record<string, unknown> };
    expect(body).toMatchObject({ type: 'alert.key_expiry', data: { organization: tenant.slug, key: 'test key' } });
    expect(await readWebhookSecret({ ctx: owner, input: { id } })).toEqual({ secret });
    const { secret: next } = await rotateWebhookSecret({ ctx: owner, input: { id } });
    expect(next).not.toBe(secret);
    expect(() => new Webhook(next).verify(message?.body ?? '', message?.headers as Record<string, string>)).toThrow();
  });
});

describe('a message', () => {
  it('is tried again when it does not get through, and can be sent again by hand', async () => {
    const { id } = await webhook();
    const { post, posted } = fakeNetwork({ status: 500 }, { status: 200 });
    await db.query("INSERT INTO alert_delivery (id, org_id, channel_id, kind, facts, next_at) VALUES ('dlv_retry', $1, $2, 'test', '{\"kind\":\"test\"}', now() - interval '1 second')", [tenant.orgId, id]);
    expect(await deliverAlerts({ post })).toBe(0);
    const find = async () => (await listDeliveries({ ctx: owner, input: { channelId: id } }))[0];
    expect(await find()).toMatchObject({ status: 'waiting', attempts: 1, httpStatus: 500, error: 'answered 500' });
    expect(await deliverAlerts({ post }), 'not due yet').toBe(0);
    expect(await deliverAlerts({ post, now: new Date(Date.now() + 61_000) })).toBe(1);
    expect(await find()).toMatchObject({ status: 'sent', attempts: 2, error: null });
    expect(posted[0]?.headers['webhook-id'], 'receivers can drop repeats').toBe(posted[1]?.headers['webhook-id']);
    await expect(retryDelivery({ ctx: owner, input: { id: 'dlv_retry' } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['slack', 'https://hooks.slack.com/services/T/B/x', { text: expect.stringContaining('This channel works') }],
    ['feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/x', { msg_type: 'text', content: { text: expect.stringContaining('此渠道可用') } }],
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=x', { msgtype: 'text', text: { content: expect.stringContaining('此渠道可用') } }],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', { msgtype: 'text', text: { content: expect.stringContaining('此渠道可用') } }],
  ] as const)('to %s has the shape its robot takes, and its refusal inside a 200 is seen', async (kind, target, shape) => {
    const { id } = await createChannel({ ctx: owner, input: { kind, name: kind, target, locale: kind === 'slack' ? 'en' : 'zh-CN' } });
    const delivery = newId('dlv');
    await db.query("INSERT INTO alert_delivery (id, org_id, channel_id, kind, facts, next_at) VALUES ($1, $2, $3, 'test', '{\"kind\":\"test\"}', now() - interval '1 second')", [delivery, tenant.orgId, id]);
    const refused = fakeNetwork({ status: 200, text: '{"errcode":310000,"errmsg":"keywords not in content"}' });
    expect(await deliverAlerts(refused)).toBe(0);
    expect((await listDeliveries({ ctx: owner, input: { channelId: id } }))[0]?.error).toContain('310000');
    const taken = fakeNetwork({ status: 200, text: '{"errcode":0}' });
    expect(await deliverAlerts({ ...taken, now: new Date(Date.now() + 61_000) })).toBe(1);
    expect(taken.posted[0]?.url).toBe(target);
    expect(JSON.parse(taken.posted[0]?.body ?? '')).toEqual(shape);
  });

  it('to a mailbox is a mail', async () => {
    const { id } = await createChannel({ ctx: owner, input: { kind: 'email', name: 'me', target: ' Ops@Example.com ' } });
    expect(await testChannel({ ctx: owner, input: { id } })).toEqual({ ok: true, error: null });
    const [mail] = await db.query("SELECT subject FROM outbox_mail WHERE \"to\" = 'ops@example.com'");
    expect(mail?.subject).toBe('Test of an alert channel of Test');
  });
});

describe('a rule', () => {
  it('about failures tells once a crossing, and again after it was fine', async () => {
    const other = await createTenant();
    const ctx = as(other);
    const { id } = await webhook(ctx);
    const rule = await saveRule({ ctx, input: { name: 'errors', kind: 'error_rate', threshold: '20', windowMinutes: 60, channelIds: [id] } });
    await calls(other.orgId, 10, 10);
    expect(await evaluateAlerts(), 'ten calls say nothing').toBe(0);
    await calls(other.orgId, 20, 0);
    expect(await evaluateAlerts()).toBe(1);
    expect(await evaluateAlerts()).toBe(0);
    expect((await listRules({ ctx }))[0]).toMatchObject({ id: rule.id, lastValue: '33', firingSince: expect.any(String) });
    await calls(other.orgId, 40, 0);
    expect(await evaluateAlerts()).toBe(0);
    expect((await listRules({ ctx }))[0]).toMatchObject({ firingSince: null, lastValue: '14' });
    await calls(other.orgId, 20, 20);
    expect(await evaluateAlerts()).toBe(1);
    expect((await listDeliveries({ ctx })).map(({ facts }) => facts)).toMatchObject([
      { kind: 'error_rate', percent: 33, limitPercent: 20 },
      { kind: 'error_rate', percent: 33, requests: 30 },
    ]);
  });

  it('about latency reads the 95th percentile of what was answered', async () => {
    const other = await createTenant();
    const ctx = as(other);
    const { id } = await webhook(ctx);
    await saveRule({ ctx, input: { name: 'slow', kind: 'latency', threshold: '2000', windowMinutes: 60, channelIds: [id] } });
    await calls(other.orgId, 30, 0, 500);
    expect(await evaluateAlerts()).toBe(0);
    await calls(other.orgId, 5, 0, 9_000);
    expect(await evaluateAlerts()).toBe(1);
    expect((await listDeliveries({ ctx }))[0]?.facts).toMatchObject({ kind: 'latency', limitMs: 2000, p95Ms: 9000 });
  });

  it('about spend reads what was charged', async () => {
    const other = await createTenant();
    const ctx = as(other);
    const { id } = await webhook(ctx);
    await saveRule({ ctx, input: { name: 'money', kind: 'spend', threshold: '5', windowMinutes: 60, channelIds: [id] } });
    const bucket = new Date(Math.floor(Date.now() / 900_000) * 900_000);
    const spend = (nanos: string, model: string) =>
      db.query("INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, cost_nano) VALUES ($1, $2, 'k', $3, '', 'p', 'completed', $4)", [other.orgId, bucket, model, nanos]);
    await spend('4900000000', 'a');
    expect(await evaluateAlerts()).toBe(0);
    await spend('200000000', 'b');
    expect(await evaluateAlerts()).toBe(1);
    expect((await listDeliveries({ ctx }))[0]?.facts).toMatchObject({ kind: 'spend', spentUsd: '5.100000', limitUsd: '5.000000' });
  });

  it('of another organization looks like none, and only owners and admins change one (I01, I03)', async () => {
    const { id: channelId } = await webhook();
    const rule = await saveRule({ ctx: owner, input: { name: 'mine', kind: 'budget', threshold: '80', channelIds: [channelId] } });
    const stranger = as(await createTenant());
    await expect(deleteRule({ ctx: stranger, input: { id: rule.id } })).rejects.toMatchObject({ code: 'not_found' });
    await expect(saveRule({ ctx: stranger, input: { id: rule.id, name: 'yours', kind: 'budget', threshold: '1', channelIds: [channelId] } })).rejects.toMatchObject({ extras: { param: 'channelIds' } });
    for (const attempt of [deleteChannel, testChannel, readWebhookSecret, rotateWebhookSecret]) await expect(attempt({ ctx: stranger, input: { id: channelId } })).rejects.toMatchObject({ code: 'not_found' });
    for (const role of ['developer', 'billing', 'viewer'] as const) {
      const ctx = as(tenant, role);
      await expect(deleteRule({ ctx, input: { id: rule.id } })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(readWebhookSecret({ ctx, input: { id: channelId } })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});

it('a budget tells owners and admins of each share once, the highest when several are crossed at once', async () => {
  const other = await createTenant();
  const ctx = as(other);
  const userId = newId('usr');
  await db.query("INSERT INTO app_user (id, email, password_hash, email_verified_at, locale) VALUES ($1, 'boss@example.com', '!', now(), 'zh-CN')", [userId]);
  await db.query("INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, 'admin')", [other.orgId, userId]);
  const budget = await createBudget({ ctx, input: { scopeType: 'organization', limitUsd: '10', period: 'month' } });
  const window = budgetWindow({ orgId: other.orgId, budgetId: budget.id, scopeType: 'organization', scopeId: '', period: 'month', limit: nano(0n), timezone: 'UTC', nowMs: Date.now() });
  await db.query(
    "INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano, spent_nano) VALUES ($1, $2, 'organization', '', 'month', $3, $4, 10000000000, 8200000000)",
    [window.id, other.orgId, window.start, window.end],
  );
  const mails = async () => (await db.query("SELECT subject FROM outbox_mail WHERE \"to\" = 'boss@example.com' ORDER BY created_at")).map(({ subject }) => subject);
  await evaluateAlerts();
  await evaluateAlerts();
  expect(await mails()).toEqual(['organization 的预算已用 80%']);
  await db.query('UPDATE account SET spent_nano = 10000000000 WHERE id = $1', [window.id]);
  await evaluateAlerts();
  expect(await mails()).toEqual(['organization 的预算已用 80%', 'organization 的预算已用 100%']);
});
