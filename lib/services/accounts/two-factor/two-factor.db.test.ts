import { Secret, TOTP } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasTwoFactor, newRecoveryCodes, spendSecondFactor } from '@/lib/auth/two-factor';
import { signUp } from '@/lib/services/accounts/sign-up';
import { seedCatalogue } from '@/lib/services/catalogue';
import { resetUserTwoFactor } from '@/lib/services/operator/users/users';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { acceptSignInCode } from './sign-in-code';
import { renewRecoveryCodes, turnOffTwoFactor } from './turn-off';
import { confirmTwoFactor, startTwoFactor } from './turn-on';

const { query } = await createTestDatabase();
const password = 'correct horse battery';
let count = 0;

beforeAll(async () => {
  await asSystem(seedCatalogue);
});

async function person() {
  const email = `two${++count}@example.com`;
  const { userId } = await signUp({ input: { email, password } });
  return { userId, email };
}

/** Somebody with an app, and what the app shows `steps` half-minutes from now. */
async function personWithApp() {
  const { userId, email } = await person();
  const { secret, uri } = await startTwoFactor({ userId, issuer: 'Fairlead', input: { password } });
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (steps = 0) => app.generate({ timestamp: Date.now() + steps * 30_000 });
  const { recoveryCodes } = await confirmTwoFactor({ userId, input: { code: code(-1) } });
  return { userId, email, uri, code, recoveryCodes };
}

const events = (userId: string) =>
  query("SELECT action FROM audit_entry WHERE target_id = $1 AND action LIKE 'user.two_factor%' ORDER BY created_at", [userId]);
const mails = (email: string) => query(`SELECT subject FROM outbox_mail WHERE "to" = $1 AND template = 'security'`, [email]);

describe('a second factor', () => {
  it('is asked for only once a code of the app was shown; the app learns whose and which it is', async () => {
    const { userId, email } = await person();
    const { uri } = await startTwoFactor({ userId, issuer: 'Fairlead', input: { password } });
    expect(uri).toContain('otpauth://totp/Fairlead:');
    expect(decodeURIComponent(uri)).toContain(email);
    await expect(confirmTwoFactor({ userId, input: { code: '000000' } })).rejects.toMatchObject({ extras: { param: 'code' } });
    expect(await hasTwoFactor(userId)).toBe(false);
    const on = await personWithApp();
    expect(await hasTwoFactor(on.userId)).toBe(true);
    expect(await mails(on.email)).toHaveLength(1);
    await expect(startTwoFactor({ userId: on.userId, issuer: 'Fairlead', input: { password } })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes a code once, and none older than one that was taken', async () => {
    const { userId, code } = await personWithApp();
    expect(await spendSecondFactor({ userId, code: code(-1) })).toBeNull();
    const now = code();
    const tries = await Promise.all([1, 2, 3].map(() => spendSecondFactor({ userId, code: ` ${now.slice(0, 3)} ${now.slice(3)}` })));
    expect(tries.filter(Boolean)).toEqual(['code']);
    expect(await spendSecondFactor({ userId, code: code(1) })).toBe('code');
  });

  it('can be a recovery code, once, however it is typed; its owner is told by mail', async () => {
    const { userId, email, recoveryCodes } = await personWithApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first, second] = recoveryCodes as [string, string];
    expect(await acceptSignInCode({ userId, code: first.toUpperCase().replaceAll('-', ' ') })).toBe(true);
    expect(await acceptSignInCode({ userId, code: first })).toBe(false);
    expect(await mails(email)).toHaveLength(2);
    const stored = await query('SELECT recovery_hashes, secret FROM two_factor WHERE user_id = $1', [userId]);
    expect(stored[0]?.recovery_hashes).toHaveLength(9);
    expect(JSON.stringify(stored)).not.toContain(second);
    const renewed = await renewRecoveryCodes({ userId, input: { password } });
    expect(await acceptSignInCode({ userId, code: second })).toBe(false);
    expect(await acceptSignInCode({ userId, code: renewed.recoveryCodes[0] as string })).toBe(true);
  });

  it('is guessed at five times in a quarter of an hour, and no more', async () => {
    const { userId, code } = await personWithApp();
    for (let guess = 0; guess < 5; guess++) expect(await spendSecondFactor({ userId, code: `abcd-${guess}` })).toBeNull();
    await expect(spendSecondFactor({ userId, code: code() })).rejects.toMatchObject({ code: 'rate_limit_exceeded' });
  });

  it('is turned off with the password only, or by the operator; both are written down and mailed', async () => {
    const { userId, email } = await personWithApp();
    await expect(turnOffTwoFactor({ userId, input: { password: 'wrong password' } })).rejects.toMatchObject({ extras: { param: 'password' } });
    await turnOffTwoFactor({ userId, input: { password } });
    expect(await hasTwoFactor(userId)).toBe(false);
    expect((await events(userId)).map(({ action }) => action)).toEqual(['user.two_factor_on', 'user.two_factor_off']);
    expect(await mails(email)).toHaveLength(2);
    const other = await personWithApp();
    const ctx = { actor: { type: 'user' as const, id: 'usr_op', label: 'op@example.com' }, operator: true as const };
    await resetUserTwoFactor({ ctx, input: { id: other.userId } });
    expect(await hasTwoFactor(other.userId)).toBe(false);
    expect(await query("SELECT actor_label FROM audit_entry WHERE target_id = $1 AND action = 'user.two_factor_reset'", [other.userId])).toEqual([
      { actor_label: 'op@example.com' },
    ]);
  });
});

it('recovery codes hold nothing that is mistaken for something else', () => {
  for (const code of newRecoveryCodes().codes) expect(code).toMatch(/^(?:[a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
});
