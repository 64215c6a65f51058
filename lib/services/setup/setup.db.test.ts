import { beforeEach, describe, expect, it, vi } from 'vitest';
import { signUp } from '@/lib/services/accounts/sign-up';
import { readSignupPolicy, saveSignupPolicy } from '@/lib/services/accounts/signup-policy';
import { seedCatalogue } from '@/lib/services/catalogue';
import { applyConfig } from '@/lib/services/config';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { dismissChecklist, readChecklist } from './checklist';
import { ClaimSetupInput, claimSetup } from './claim-setup';
import { isSetupToken, issueSetupToken } from './setup-token';
import { applyStarter, proposeStarter } from './starter-aliases';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'system', label: 'test' }, operator: true };
await asSystem(seedCatalogue);

let number = 0;
const claim = (token: string, more: { email?: string; password?: string } = {}) =>
  claimSetup({ input: ClaimSetupInput.parse({ token, name: 'Robin', email: `owner-${++number}@example.com`, password: 'correct horse battery', organization: '', ...more }) });

describe('the one-time token of the start log', () => {
  beforeEach(() => query('UPDATE app_user SET is_operator = false'));

  it('makes one operator and is then used up; looking at the page uses nothing up', async () => {
    const token = String(await issueSetupToken());
    expect(await isSetupToken(token)).toBe(true);
    const { userId } = await claim(token);
    expect(await query('SELECT is_operator FROM app_user WHERE id = $1', [userId])).toEqual([{ is_operator: true }]);
    expect(await isSetupToken(token)).toBe(false);
    await expect(claim(token)).rejects.toMatchObject({ code: 'not_found' });
    expect(await issueSetupToken()).toBeNull();
  });

  it('two people with one link at the same moment make one operator', async () => {
    const token = String(await issueSetupToken());
    const outcomes = await Promise.allSettled([claim(token), claim(token), claim(token)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await query('SELECT count(*)::int AS n FROM app_user WHERE is_operator')).toEqual([{ n: 1 }]);
  });

  it('dies after an hour, and when a later start makes a new one', async () => {
    const old = String(await issueSetupToken(Date.now() - 60 * 60_000 - 1));
    expect(await isSetupToken(old)).toBe(false);
    const first = String(await issueSetupToken());
    const second = String(await issueSetupToken());
    expect([await isSetupToken(first), await isSetupToken(second)]).toEqual([false, true]);
    await expect(claim('made-up')).rejects.toMatchObject({ code: 'not_found' });
    expect(JSON.stringify(await query('SELECT value FROM setting'))).not.toContain(second);
  });

  it('signing up makes no operator, and an account that exists is taken over by nobody without its password', async () => {
    const { userId } = await signUp({ input: { email: 'early@example.com', password: 'correct horse battery' } });
    expect(await query('SELECT is_operator FROM app_user WHERE id = $1', [userId])).toEqual([{ is_operator: false }]);
    const token = String(await issueSetupToken());
    await expect(claim(token, { email: 'early@example.com', password: 'something else entirely' })).rejects.toMatchObject({ extras: { param: 'password' } });
    expect(await isSetupToken(token)).toBe(true);
    expect((await claim(token, { email: 'Early@Example.com' })).userId).toBe(userId);
  });
});

describe('who may sign up', () => {
  const save = (policy: 'open' | 'invite' | 'closed', domains: string[] = []) => saveSignupPolicy({ ctx, input: { policy, domains } });
  const join = (email: string) => signUp({ input: { email, password: 'correct horse battery' } });

  it('follows the operator’s choice at once, and mail domains where some are named', async () => {
    await save('closed');
    await expect(join('a@example.com')).rejects.toMatchObject({ code: 'signup_closed' });
    await save('open', ['acme.test']);
    await expect(join('a@example.com')).rejects.toMatchObject({ code: 'signup_closed' });
    await expect(join('a@acme.test.example.com')).rejects.toMatchObject({ code: 'signup_closed' });
    await join('a@ACME.test');
    await save('open');
    expect(await readSignupPolicy()).toEqual({ policy: 'open', domains: [], bound: 'open' });
  });
});

describe('the starter aliases', () => {
  it('are proposed over real, priced models only, first one of each provider, and then answer by them', async () => {
    expect((await proposeStarter({ ctx })).aliases.every(({ targets }) => targets.length === 0)).toBe(true);
    const model = (id: string, provider: string, output: string, contextWindow: number) => ({ id, provider, contextWindow, prices: { input: '1', output } });
    const text = JSON.stringify({
      apiVersion: 'fairlead/v1',
      providers: [{ id: 'openai', adapter: 'openai' }, { id: 'qwen', adapter: 'qwen' }],
      models: [model('big', 'openai', '40', 200_000), model('small', 'openai', '1', 100_000), model('qwen-z', 'qwen', '4', 1_000_000), { id: 'free-for-all', provider: 'qwen' }],
    });
    await applyConfig({ ctx, input: { text } });
    const { aliases } = await proposeStarter({ ctx });
    const of = (name: string) => aliases.find((alias) => alias.name === name)?.targets;
    expect(of('fast-chat')).toEqual(['small', 'qwen-z', 'big']);
    expect(of('long-context')?.[0]).toBe('qwen-z');
    expect(of('zh-business')?.[0]).toBe('qwen-z');
    expect(of('advanced-reasoning')).toEqual(['big', 'qwen-z', 'small']);
    await applyStarter({ ctx, input: { aliases: [{ name: 'fast-chat', targets: ['small'] }] } });
    expect(await query(`SELECT targets FROM alias WHERE name = 'fast-chat'`)).toEqual([{ targets: [{ model: 'small' }] }]);
  });
});

describe('what is left of setting up', () => {
  it('is read from the installation, step by step, until an operator puts the list away', async () => {
    const done = async () => (await readChecklist({ ctx }))?.flatMap((one) => (one.done ? [one.step] : []));
    expect(await done()).not.toContain('provider');
    const text = JSON.stringify({
      apiVersion: 'fairlead/v1',
      providers: [{ id: 'mine', adapter: 'openai', credentials: [{ name: 'main', secret: '${env:SETUP_KEY}' }] }],
      models: [{ id: 'mine/model', provider: 'mine', prices: { input: '1', output: '1' } }],
      aliases: [{ name: 'mine', targets: [{ model: 'mine/model' }] }],
    });
    vi.stubEnv('SETUP_KEY', 'sk-setup-0123456789');
    await applyConfig({ ctx, input: { text } });
    vi.unstubAllEnvs();
    expect(await done()).toEqual(expect.arrayContaining(['provider', 'aliases', 'tenant', 'signup']));
    await dismissChecklist({ ctx });
    expect(await readChecklist({ ctx })).toBeNull();
  });
});
