import { beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from '@/lib/auth/api-key';
import { checkCredentials } from '@/lib/auth/check-credentials';
import { readBalance } from '@/lib/ledger';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { changePassword, signOutEverywhere } from './change-password';
import { signUp } from './sign-up';

const db = await createTestDatabase();
beforeAll(async () => {
  await asSystem(seedCatalogue);
});

const password = 'correct horse battery';
let count = 0;
const newEmail = () => `person${++count}@example.com`;

describe('signing up', () => {
  it('makes everything a first call needs', async () => {
    const email = newEmail();
    const { userId, org, key } = await signUp({ input: { name: 'Ada', email: `  ${email.toUpperCase()} `, password, organization: 'Acme, Inc.' } });
    expect(org).toMatchObject({ slug: 'acme-inc', name: 'Acme, Inc.', planId: 'free' });
    const [user] = await db.query(`SELECT email, password_hash, email_verified_at FROM app_user WHERE id = '${userId}'`);
    expect(user).toMatchObject({ email, email_verified_at: expect.any(Date), password_hash: expect.stringMatching(/^\$argon2id\$/) });
    expect(await db.query('SELECT role FROM membership WHERE org_id = $1 AND user_id = $2', [org.id, userId])).toEqual([{ role: 'owner' }]);
    expect(await db.query('SELECT name, last4, all_models, created_by_id FROM api_key WHERE hash = $1', [hashKey(key.key)])).toEqual([
      { name: 'first key', last4: key.key.slice(-4), all_models: true, created_by_id: userId },
    ]);
    const balance = await withOrg(org.id, (tx) => readBalance(tx, org.id));
    expect(balance.available).toBe(1_000_000_000n);
    expect(balance.funds.map(({ fund, available }) => [fund, available])).toEqual([
      ['demo', 5_000_000_000n],
      ['included', 1_000_000_000n],
    ]);
    expect((await db.query('SELECT action FROM audit_entry WHERE org_id = $1 ORDER BY id', [org.id])).map(({ action }) => action).sort()).toEqual([
      'key.create',
      'org.create',
    ]);
  });

  it('keeps the key nowhere in clear', async () => {
    const { key } = await signUp({ input: { email: newEmail(), password } });
    const secret = key.key.slice(6, 40);
    for (const table of ['api_key', 'audit_entry']) {
      expect(await db.query(`SELECT 1 FROM ${table} t WHERE t::text LIKE $1`, [`%${secret}%`])).toEqual([]);
    }
  });

  it('refuses an e-mail that has an account, however it is written', async () => {
    const email = newEmail();
    await signUp({ input: { email, password } });
    await expect(signUp({ input: { email: ` ${email.toUpperCase()}`, password } })).rejects.toMatchObject({ code: 'email_taken' });
  });

  it('gives each organization its own address, also when many come at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => signUp({ input: { email: newEmail(), password, organization: 'Same Name' } })));
    expect(new Set(made.map(({ org }) => org.slug)).size).toBe(6);
    const reserved = await signUp({ input: { email: newEmail(), password, organization: 'Welcome' } });
    expect(reserved.org.slug).toBe('welcome-org');
    const chinese = await signUp({ input: { email: newEmail(), password, organization: '未来科技' } });
    expect(chinese.org).toMatchObject({ name: '未来科技', slug: expect.stringMatching(/^org-[a-z0-9]{6}$/) });
  });

  it('takes one of two sign-ups with the same e-mail at the same moment', async () => {
    const email = newEmail();
    const results = await Promise.allSettled([signUp({ input: { email, password } }), signUp({ input: { email, password } })]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { code: 'email_taken' } });
  });
});

describe('signing in', () => {
  it('answers a wrong password and an unknown e-mail alike', async () => {
    const email = newEmail();
    const { userId } = await signUp({ input: { email, password } });
    expect(await checkCredentials({ email: email.toUpperCase(), password, address: '192.0.2.1' })).toMatchObject({ userId, sessionEpoch: 0 });
    expect(await checkCredentials({ email, password: 'wrong', address: '192.0.2.1' })).toBeNull();
    expect(await checkCredentials({ email: 'nobody@example.com', password, address: '192.0.2.1' })).toBeNull();
  });

  it('stops guessing for accounts that exist and accounts that do not', async () => {
    const email = newEmail();
    await signUp({ input: { email, password } });
    for (const target of [email, 'made-up@example.com']) {
      for (let i = 0; i < 10; i++) expect(await checkCredentials({ email: target, password: `guess ${i}`, address: '192.0.2.9' })).toBeNull();
      await expect(checkCredentials({ email: target, password, address: '192.0.2.9' })).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
    }
    expect(await checkCredentials({ email, password, address: '192.0.2.10' }), 'its owner, from elsewhere').not.toBeNull();
  });
});

describe('a session', () => {
  it('ends with the password it was made with', async () => {
    const email = newEmail();
    const { userId } = await signUp({ input: { email, password } });
    await expect(changePassword({ userId, input: { current: 'wrong', next: 'another password' } })).rejects.toMatchObject({
      code: 'invalid_request',
      extras: { param: 'current' },
    });
    expect(await changePassword({ userId, input: { current: password, next: 'another password' } })).toEqual({ sessionEpoch: 1 });
    expect(await checkCredentials({ email, password: 'another password', address: '192.0.2.1' })).toMatchObject({ sessionEpoch: 1 });
    await signOutEverywhere({ userId, label: email });
    expect(await checkCredentials({ email, password: 'another password', address: '192.0.2.1' })).toMatchObject({ sessionEpoch: 2 });
  });
});
