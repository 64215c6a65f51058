import { beforeAll, describe, expect, it } from 'vitest';
import { hashKey, parseKey } from '@/lib/auth/api-key';
import { createSession, endSessions } from '@/lib/auth/sessions';
import { signUp } from '@/lib/services/accounts/sign-up';
import { seedCatalogue } from '@/lib/services/catalogue';
import { listKeys } from '@/lib/services/keys/list-keys';
import { removeMember } from '@/lib/services/members/remove-member';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { lendKey } from './lend-key';

const db = await createTestDatabase();
let count = 0;

beforeAll(async () => {
  await asSystem(seedCatalogue);
});

async function newVisit(role: 'owner' | 'viewer' = 'owner') {
  const { userId, org } = await signUp({ input: { email: `play${++count}@example.com`, password: 'correct horse battery' } });
  const sessionId = await createSession({ userId, address: '', client: '' });
  return { actor: { type: 'user' as const, id: userId, label: 'test' }, orgId: org.id, role, user: { id: userId, sessionId } };
}

const rowsOf = (hash: string) => db.query('SELECT id, revoked_at, expires_at, tags FROM api_key WHERE hash = $1', [hash]);

describe('the credential of the playground', () => {
  it('is a well-formed key of minutes, stored as a hash, and not among the keys of the organization', async () => {
    const ctx = await newVisit();
    const { key, expiresAt } = await lendKey({ ctx });
    expect(parseKey(key)).toBe('inference');
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(10 * 60_000);
    const [row] = await rowsOf(hashKey(key));
    expect(row).toMatchObject({ revoked_at: null, tags: { feature: 'playground' } });
    expect(await db.query('SELECT 1 FROM api_key k WHERE k::text LIKE $1', [`%${key.slice(6, 40)}%`])).toEqual([]);
    expect((await listKeys({ ctx })).data.map(({ name }) => name)).toEqual(['first key']);
  });

  it('replaces the one before, in the same row', async () => {
    const ctx = await newVisit();
    const first = await lendKey({ ctx });
    const [before] = await rowsOf(hashKey(first.key));
    const second = await lendKey({ ctx });
    expect(await rowsOf(hashKey(first.key))).toEqual([]);
    expect((await rowsOf(hashKey(second.key)))[0]?.id).toBe(before?.id);
  });

  it('ends with the session that borrowed it', async () => {
    const ctx = await newVisit();
    const { key } = await lendKey({ ctx });
    await asSystem((tx) => endSessions(tx, { userId: ctx.user.id, sessionId: ctx.user.sessionId }));
    expect((await rowsOf(hashKey(key)))[0]?.revoked_at).toBeInstanceOf(Date);
  });

  it('ends when its borrower is taken out of the organization', async () => {
    const owner = await newVisit();
    const member = await newVisit();
    await db.query("INSERT INTO membership (org_id, user_id, role) VALUES ($1, $2, 'developer')", [owner.orgId, member.user.id]);
    const { key } = await lendKey({ ctx: { ...member, orgId: owner.orgId } });
    await removeMember({ ctx: owner, input: { id: member.user.id } });
    expect((await rowsOf(hashKey(key)))[0]?.revoked_at).toBeInstanceOf(Date);
  });

  it('is not lent to who may not call models', async () => {
    await expect(lendKey({ ctx: await newVisit('viewer') })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
