import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCredentials } from '@/lib/auth/check-credentials';
import { createSession, findSessionUser } from '@/lib/auth/sessions';
import { completeEnv } from '@/lib/env';
import { readBalance } from '@/lib/ledger';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem, withOrg } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { type SmtpSink, startSmtpSink } from '@/lib/testing/smtp-sink';
import { deleteAccount } from './delete-account';
import { endSession, listSessions } from './own-sessions';
import { requestReset } from './request-reset';
import { isResetLinkGood, resetPassword } from './reset-password';
import { sendVerification } from './send-verification';
import { signUp } from './sign-up';
import { verifyEmail } from './verify-email';

const db = await createTestDatabase();
const password = 'correct horse battery';
let sink: SmtpSink;
let count = 0;

beforeAll(async () => {
  await asSystem(seedCatalogue);
  sink = await startSmtpSink();
  process.env.SMTP_URL = sink.url;
  completeEnv({});
});
afterAll(async () => {
  process.env.SMTP_URL = '';
  completeEnv({});
  await sink.close();
});

/** The token of the newest mail to an address, once it arrived. */
async function tokenFor(email: string, kind: 'verify' | 'reset', after = 0): Promise<string> {
  const found = () =>
    sink.mails
      .filter(({ to }) => to.includes(email))
      .slice(after)
      .map(({ raw }) => new RegExp(`/${kind}/([0-9A-Za-z]{43})`).exec(raw.replace(/=\n/g, ''))?.[1])
      .findLast(Boolean);
  await expect.poll(found, { timeout: 10_000 }).toBeDefined();
  return found() as string;
}

async function newPerson() {
  const email = `mailed${++count}@example.com`;
  return { email, ...(await signUp({ input: { email, password } })) };
}

const included = async (orgId: string) => (await withOrg(orgId, (tx) => readBalance(tx, orgId as never))).funds.find(({ fund }) => fund === 'included')?.available ?? 0n;

describe('a new account where mails are sent', () => {
  it('gets its included credit when its address is confirmed, once, and may open the link again', async () => {
    const { email, userId, org } = await newPerson();
    expect(await included(org.id)).toBe(0n);
    const token = await tokenFor(email, 'verify');
    expect(await verifyEmail({ token })).toEqual({ email });
    expect(await verifyEmail({ token })).toEqual({ email });
    expect(await included(org.id)).toBe(1_000_000_000n);
    const [row] = await db.query('SELECT email_verified_at FROM app_user WHERE id = $1', [userId]);
    expect(row?.email_verified_at).toBeInstanceOf(Date);
  });

  it('does not take a made-up, an old or a replaced link', async () => {
    const { email, userId } = await newPerson();
    const first = await tokenFor(email, 'verify');
    await sendVerification({ userId, locale: 'zh-CN' });
    const second = await tokenFor(email, 'verify', 1);
    await expect(verifyEmail({ token: first })).rejects.toMatchObject({ code: 'not_found' });
    await expect(verifyEmail({ token: 'x'.repeat(43) })).rejects.toMatchObject({ code: 'not_found' });
    await db.query("UPDATE mailed_token SET expires_at = now() - interval '1 second' WHERE user_id = $1", [userId]);
    await expect(verifyEmail({ token: second })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not flooded with confirmations', async () => {
    const { userId } = await newPerson();
    const again = () => sendVerification({ userId, locale: 'en' });
    for (let i = 0; i < 4; i++) await again();
    await expect(again()).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
  });
});

describe('a forgotten password', () => {
  it('is replaced by a link that works once and ends every session', async () => {
    const { email, userId, sessionEpoch } = await newPerson();
    const sessionId = await createSession({ userId, address: '192.0.2.1', client: 'test' });
    expect(await findSessionUser({ userId, sessionEpoch, sessionId })).toMatchObject({ email });
    await requestReset({ input: { email: ` ${email.toUpperCase()}` }, locale: 'en', address: '192.0.2.1' });
    const token = await tokenFor(email, 'reset');
    expect(await isResetLinkGood(token)).toBe(true);
    await resetPassword({ input: { token, password: 'a new password' } });
    expect(await isResetLinkGood(token)).toBe(false);
    await expect(resetPassword({ input: { token, password: 'another one' } })).rejects.toMatchObject({ code: 'not_found' });
    expect(await findSessionUser({ userId, sessionEpoch, sessionId })).toBeNull();
    expect(await checkCredentials({ email, password, address: '192.0.2.1' })).toBeNull();
    expect(await checkCredentials({ email, password: 'a new password', address: '192.0.2.1' })).toMatchObject({ userId });
  });

  it('answers alike for an address nobody has, and mails nobody (S12)', async () => {
    const before = await db.query('SELECT count(*) FROM outbox_mail');
    expect(await requestReset({ input: { email: 'nobody-here@example.com' }, locale: 'en', address: '192.0.2.2' })).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await db.query('SELECT count(*) FROM outbox_mail')).toEqual(before);
    await expect(requestReset({ input: { email: '"a@attacker.example"@example.com' }, locale: 'en', address: '192.0.2.2' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('keeps no link that could be used in the database', async () => {
    const { email } = await newPerson();
    await requestReset({ input: { email }, locale: 'en', address: '192.0.2.3' });
    const token = await tokenFor(email, 'reset');
    await expect.poll(async () => (await db.query('SELECT 1 FROM outbox_mail m WHERE m::text LIKE $1', [`%${token}%`])).length, { timeout: 5_000 }).toBe(0);
    expect(await db.query('SELECT 1 FROM mailed_token m WHERE m::text LIKE $1', [`%${token}%`])).toEqual([]);
  });
});

describe('a session', () => {
  it('is listed, and ends alone when its owner ends it (S10)', async () => {
    const { userId, email, sessionEpoch } = await newPerson();
    const [mine, other] = await Promise.all(['mine', 'other'].map((client) => createSession({ userId, address: '192.0.2.1', client })));
    expect((await listSessions({ userId, sessionId: mine as string })).map(({ client, isThis }) => [client, isThis]).sort()).toEqual([
      ['mine', true],
      ['other', false],
    ]);
    await endSession({ userId, label: email, input: { id: other as string } });
    expect(await findSessionUser({ userId, sessionEpoch, sessionId: other as string })).toBeNull();
    expect(await findSessionUser({ userId, sessionEpoch, sessionId: mine as string })).not.toBeNull();
    const stranger = await newPerson();
    await expect(endSession({ userId: stranger.userId, label: '', input: { id: mine as string } })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends after two weeks without a request, and after 30 days whatever happens', async () => {
    const { userId, sessionEpoch } = await newPerson();
    const idle = await createSession({ userId, address: '', client: '' });
    await db.query("UPDATE session SET seen_at = now() - interval '14 days 1 minute' WHERE id = $1", [idle]);
    expect(await findSessionUser({ userId, sessionEpoch, sessionId: idle })).toBeNull();
    const old = await createSession({ userId, address: '', client: '' });
    await db.query("UPDATE session SET expires_at = now() - interval '1 second' WHERE id = $1", [old]);
    expect(await findSessionUser({ userId, sessionEpoch, sessionId: old })).toBeNull();
  });
});

describe('deleting an account', () => {
  it('closes what was its owner’s alone and frees the address', async () => {
    const { userId, email, org, key } = await newPerson();
    await expect(deleteAccount({ userId, input: { password: 'wrong' } })).rejects.toMatchObject({ extras: { param: 'password' } });
    await deleteAccount({ userId, input: { password } });
    expect(await db.query('SELECT 1 FROM app_user WHERE id = $1', [userId])).toEqual([]);
    expect(await db.query('SELECT revoked_at IS NOT NULL AS revoked FROM api_key WHERE id = $1', [key.id])).toEqual([{ revoked: true }]);
    expect(await db.query('SELECT suspend_reason FROM organization WHERE id = $1', [org.id])).toEqual([{ suspend_reason: 'closed by its owner' }]);
    await expect(signUp({ input: { email, password } })).resolves.toMatchObject({});
  });
});
