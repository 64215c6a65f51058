import { beforeAll, describe, expect, it } from 'vitest';
import { parseKey } from '@/lib/auth/api-key';
import { identify } from '@/lib/gateway/stages/authenticate';
import { systemClock } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/ids';
import { budgetWindow } from '@/lib/ledger';
import { signUp } from '@/lib/services/accounts/sign-up';
import { seedCatalogue } from '@/lib/services/catalogue';
import type { Ctx } from '@/lib/services/context';
import type { PolicyStore } from '@/lib/policy';
import { findCaller } from '@/lib/policy/find-caller';
import { asSystem, createGatewayPool } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { createKey } from './create-key';
import { getKey } from './get-key';
import { readKeyActivity } from './key-activity';
import { listKeys } from './list-keys';
import { readKeyPage } from './read-key-page';
import { revokeKey } from './revoke-key';
import { rotateKey } from './rotate-key';
import { updateKey } from './update-key';

const db = await createTestDatabase();
let owner: Ctx;
let stranger: Ctx;

async function newOwner(email: string): Promise<Ctx> {
  const { org, userId } = await signUp({ input: { email, password: 'correct horse battery' } });
  return { actor: { type: 'user', id: userId, label: email }, orgId: org.id, role: 'owner' };
}

beforeAll(async () => {
  await asSystem(seedCatalogue);
  owner = await newOwner('owner@example.com');
  stranger = await newOwner('stranger@example.com');
});

async function keysVersion(): Promise<bigint> {
  const [row] = await db.query<{ value: string }>("SELECT value FROM version WHERE name = 'keys'");
  return BigInt(row?.value ?? 0);
}

describe('creating a key', () => {
  it('shows it once, with the limits it was given', async () => {
    const before = await keysVersion();
    const { key, ...view } = await createKey({
      ctx: owner,
      input: { name: ' bot ', models: ['fast-chat', 'demo/*'], budgetUsd: '5.00', budgetPeriod: 'month', rpm: 60 },
    });
    expect(parseKey(key)).toBe('inference');
    expect(view).toMatchObject({
      name: 'bot',
      status: 'active',
      last4: key.slice(-4),
      models: ['fast-chat', 'demo/*'],
      budget: { limitUsd: '5.000000', period: 'month', spentUsd: '0.000000', resetsAt: expect.stringMatching(/T00:00:00.000Z$/) },
      rpm: 60,
      tpm: null,
    });
    expect(JSON.stringify(await listKeys({ ctx: owner }))).not.toContain(key);
    expect(await keysVersion(), 'running processes are told').toBeGreaterThan(before);
  });

  it.each([
    [{ name: 'x', models: ['fast-chta'] }, 'models'],
    [{ name: 'x', models: [] }, 'models'],
    [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ])('refuses %j', async (input, param) => {
    await expect(createKey({ ctx: owner, input })).rejects.toMatchObject({ code: 'invalid_request', extras: { param } });
  });

  it.each([[{ name: '' }], [{ name: 'x', budgetUsd: '-1' }], [{ name: 'x', budgetUsd: '1.0000000001' }], [{ name: 'x', rpm: 0 }], [{ name: 'x'.repeat(81) }]])(
    'does not parse %j',
    async (input) => {
      await expect(createKey({ ctx: owner, input })).rejects.toThrow();
    },
  );

  it('needs the right, and more of it for a management key', async () => {
    await expect(createKey({ ctx: { ...owner, role: 'viewer' }, input: { name: 'x' } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(createKey({ ctx: { ...owner, role: 'developer' }, input: { name: 'x', kind: 'management' } })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await createKey({ ctx: owner, input: { name: 'x', kind: 'management' } })).prefix).toBe('sk-fl-mgmt-');
  });
});

describe('a key of somebody else', () => {
  it('looks like a missing one', async () => {
    const { id } = await createKey({ ctx: owner, input: { name: 'mine' } });
    const attempts = [
      () => getKey({ ctx: stranger, input: { id } }),
      () => revokeKey({ ctx: stranger, input: { id } }),
      () => rotateKey({ ctx: stranger, input: { id } }),
      () => updateKey({ ctx: stranger, input: { id, name: 'yours' } }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    expect((await listKeys({ ctx: stranger })).data.map((key) => key.name)).toEqual(['first key']);
  });

  it('is out of reach for a developer who did not make it', async () => {
    const { id } = await createKey({ ctx: owner, input: { name: 'mine' } });
    const developer: Ctx = { actor: { type: 'user', id: newId('usr'), label: 'dev@example.com' }, orgId: owner.orgId, role: 'developer' };
    await expect(revokeKey({ ctx: developer, input: { id } })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('revoking', () => {
  it('ends the key once and says so in the audit log', async () => {
    const { id } = await createKey({ ctx: owner, input: { name: 'old' } });
    const first = await revokeKey({ ctx: owner, input: { id } });
    const again = await revokeKey({ ctx: owner, input: { id } });
    expect(first.status).toBe('revoked');
    expect(again.revokedAt).toBe(first.revokedAt);
    expect(await db.query("SELECT 1 AS n FROM audit_entry WHERE action = 'key.revoke' AND target_id = $1", [id])).toHaveLength(1);
    await expect(updateKey({ ctx: owner, input: { id, name: 'x' } })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('rotating', () => {
  it('ends the old key after the grace period and keeps one line', async () => {
    const old = await createKey({ ctx: owner, input: { name: 'rotated', models: ['fast-chat'], rpm: 7 } });
    const next = await rotateKey({ ctx: owner, input: { id: old.id, graceSeconds: 3_600 } });
    expect(next).toMatchObject({ name: 'rotated', models: ['fast-chat'], rpm: 7, replacesId: old.id, status: 'active' });
    expect(next.key).not.toBe(old.key);
    const retiring = await getKey({ ctx: owner, input: { id: old.id } });
    expect(retiring).toMatchObject({ status: 'retiring', replacedById: next.id });
    expect(Date.parse(retiring.expiresAt ?? '') - Date.now()).toBeGreaterThan(3_590_000);
    await expect(rotateKey({ ctx: owner, input: { id: old.id } })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stays one line on the page of either key, with the changes of both', async () => {
    const { id } = await createKey({ ctx: owner, input: { name: 'line' } });
    const next = await rotateKey({ ctx: owner, input: { id, graceSeconds: 3_600 } });
    const page = await readKeyPage({ ctx: owner, input: { id } });
    expect(page.key.id).toBe(id);
    expect(page.line.map((key) => [key.id, key.status])).toEqual([
      [next.id, 'active'],
      [id, 'retiring'],
    ]);
    expect(page.activity.map(({ action }) => action)).toEqual(expect.arrayContaining(['key.create', 'key.rotate']));
    expect((await readKeyPage({ ctx: owner, input: { id: next.id } })).line).toHaveLength(2);
    await expect(readKeyPage({ ctx: stranger, input: { id } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('without grace ends the old key at once', async () => {
    const old = await createKey({ ctx: owner, input: { name: 'leaked' } });
    await rotateKey({ ctx: owner, input: { id: old.id } });
    expect((await getKey({ ctx: owner, input: { id: old.id } })).status).toBe('revoked');
  });

  it('does not refill a budget', async () => {
    const old = await createKey({ ctx: owner, input: { name: 'spent', budgetUsd: '5.00', budgetPeriod: 'month' } });
    const window = budgetWindow({
      orgId: owner.orgId,
      scopeType: 'key',
      scopeId: old.id,
      period: 'month',
      limit: 5_000_000_000n as never,
      timezone: 'UTC',
      nowMs: Date.now(),
    });
    await db.query(
      `INSERT INTO account (id, org_id, scope_type, scope_id, period, window_start, window_end, limit_nano, spent_nano)
       VALUES ($1, $2, 'key', $3, 'month', $4, $5, 5000000000, 4200000000)`,
      [window.id, owner.orgId, old.id, window.start, window.end],
    );
    const next = await rotateKey({ ctx: owner, input: { id: old.id, graceSeconds: 60 } });
    const third = await rotateKey({ ctx: owner, input: { id: next.id, graceSeconds: 60 } });
    for (const { id } of [old, next, third])
      expect((await getKey({ ctx: owner, input: { id } })).budget, id).toMatchObject({ limitUsd: '5.000000', spentUsd: '4.200000' });
    expect(
      await db.query("SELECT count(*)::int AS accounts FROM account WHERE scope_type = 'key' AND scope_id = ANY ($1)", [[old.id, next.id, third.id]]),
    ).toEqual([{ accounts: 1 }]);
    const hashes = await db.query<{ hash: string }>('SELECT hash FROM api_key WHERE id = ANY ($1)', [[old.id, next.id, third.id]]);
    const pool = createGatewayPool({ max: 1, onError: () => undefined });
    const lines = await Promise.all(hashes.map(async ({ hash }) => (await findCaller(pool, hash))?.key.lineId));
    await pool.end();
    expect(lines, 'one budget and one rate for all three').toEqual([old.id, old.id, old.id]);
  });

  it('makes one successor when two people rotate at once', async () => {
    const old = await createKey({ ctx: owner, input: { name: 'twice' } });
    const results = await Promise.allSettled([1, 2].map(() => rotateKey({ ctx: owner, input: { id: old.id, graceSeconds: 60 } })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('changing limits', () => {
  it('keeps what is not named and takes away what is null', async () => {
    const { id } = await createKey({ ctx: owner, input: { name: 'limits', budgetUsd: '2.00', budgetPeriod: 'day', rpm: 5, models: ['fast-chat'] } });
    expect(await updateKey({ ctx: owner, input: { id, rpm: null, budgetUsd: '3.5' } })).toMatchObject({
      name: 'limits',
      rpm: null,
      models: ['fast-chat'],
      budget: { limitUsd: '3.500000', period: 'day' },
    });
    expect(await updateKey({ ctx: owner, input: { id, budgetUsd: '0' } })).toMatchObject({ status: 'blocked' });
    expect(await updateKey({ ctx: owner, input: { id, budgetUsd: null, models: null } })).toMatchObject({ status: 'active', budget: null, models: null });
  });
});

describe('a key that may only be used from some addresses', () => {
  it('keeps them, with its tags, when it is rotated, and knows who may call', async () => {
    const pool = createGatewayPool({ max: 1, onError: () => undefined });
    const made = await createKey({ ctx: owner, input: { name: 'office', allowedIps: ['203.0.113.7', '10.0.0.0/8'], tags: { team: 'growth' } } });
    const next = await rotateKey({ ctx: owner, input: { id: made.id, graceSeconds: 0 } });
    expect(next).toMatchObject({ allowedIps: ['203.0.113.7', '10.0.0.0/8'], tags: { team: 'growth' } });
    const deps = (address: string) => ({
      exchange: { headers: { authorization: `Bearer ${next.key}` }, remoteAddress: address },
      policy: { caller: (hash: string) => findCaller(pool, hash) } as PolicyStore,
      clock: systemClock,
    });
    const call = ({ exchange, ...rest }: ReturnType<typeof deps>) => identify(rest, exchange);
    await expect(call(deps('10.4.5.6'))).resolves.toMatchObject({ key: { id: next.id, tags: { team: 'growth' } } });
    await expect(call(deps('198.51.100.1'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(call(deps(''))).rejects.toMatchObject({ code: 'forbidden' });
    await updateKey({ ctx: owner, input: { id: next.id, allowedIps: null } });
    await expect(call(deps('198.51.100.1'))).resolves.toMatchObject({ key: { allowedFrom: null } });
    await pool.end();
  });

  it('refuses what is no address', async () => {
    await expect(createKey({ ctx: owner, input: { name: 'office', allowedIps: ['the office'] } })).rejects.toMatchObject({
      code: 'invalid_request',
      extras: { param: expect.stringContaining('allowedIps') },
    });
  });
});

it('activity is a count of requests for each of the last seven days', async () => {
  const { id } = await createKey({ ctx: owner, input: { name: 'busy' } });
  await db.query(
    `INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests) VALUES ($1, date_bin('15 minutes', now(), 'epoch'), $2, 'm', '', 'p', 'completed', 3)`,
    [owner.orgId, id],
  );
  expect((await readKeyActivity({ ctx: owner }))[id]).toEqual([0, 0, 0, 0, 0, 0, 3]);
});
