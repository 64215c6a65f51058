import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TEMPLATES } from '@/lib/mail/templates';
import { seedCatalogue } from '@/lib/services/catalogue';
import { acceptTexts, findPendingTexts } from '@/lib/services/accounts/legal-acceptance';
import { signUp } from '@/lib/services/accounts/sign-up';
import { signUpInvited } from '@/lib/services/accounts/sign-up-invited';
import type { OperatorCtx } from '@/lib/services/context';
import { inviteMember } from '@/lib/services/members/invite-member';
import { MAIL_KINDS, previewMail, sendSampleMail } from '@/lib/services/operator/mails/preview-mails';
import { sampleMails } from '@/lib/services/operator/mails/sample-mails';
import { ListUsersInput, listUsers } from '@/lib/services/operator/users/users';
import { asSystem } from '@/lib/store';
import { apiBaseUrl } from '@/lib/services/welcome/base-url';
import { createTestDatabase } from '@/lib/testing/database';
import { BrandingInput, readBranding, saveBranding } from './branding';
import { findLogo, saveLogo } from './logo';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'user', id: 'usr_1', label: 'op@example.com' }, operator: true };
const password = 'correct horse battery';
const plain = { name: '', primaryLight: '', primaryDark: '', termsUrl: '', privacyUrl: '', announcement: '', tone: 'info' as const };
const brand = (changes: object) => saveBranding({ ctx, input: BrandingInput.parse({ ...plain, ...changes }) });

beforeAll(() => asSystem(seedCatalogue));
afterEach(() => brand({}));

describe('terms and privacy policy', () => {
  it('are accepted at sign-up, by version and with the time, or there is no account', async () => {
    await brand({ termsUrl: 'https://example.com/terms', privacyUrl: 'https://example.com/privacy', legalVersion: '2026-11' });
    for (const acceptedLegal of [undefined, '2026-10']) {
      await expect(signUp({ input: { email: 'no@example.com', password, acceptedLegal } })).rejects.toMatchObject({
        code: 'invalid_request',
        extras: { param: 'legal' },
      });
    }
    expect(await query("SELECT 1 FROM app_user WHERE email = 'no@example.com'")).toEqual([]);
    const { userId } = await signUp({ input: { email: 'yes@example.com', password, acceptedLegal: '2026-11' } });
    expect(await query('SELECT version, terms_url, accepted_at FROM legal_acceptance WHERE user_id = $1', [userId])).toEqual([
      { version: '2026-11', terms_url: 'https://example.com/terms', accepted_at: expect.any(Date) },
    ]);
  });

  it('are accepted by who comes by an invitation, too', async () => {
    const { userId, org } = await signUp({ input: { email: 'owner@example.com', password } });
    const { url } = await inviteMember({
      ctx: { actor: { type: 'user', id: userId, label: 'owner@example.com' }, orgId: org.id, role: 'owner' },
      input: { email: 'guest@example.com', role: 'viewer' },
    });
    await brand({ termsUrl: 'https://example.com/terms', legalVersion: 'v3' });
    const join = (acceptedLegal?: string) => signUpInvited({ input: { token: url?.split('/').at(-1) ?? '', name: '', password, acceptedLegal } });
    await expect(join()).rejects.toMatchObject({ extras: { param: 'legal' } });
    await join('v3');
    expect(await query("SELECT version FROM legal_acceptance a JOIN app_user u ON u.id = a.user_id WHERE u.email = 'guest@example.com'")).toEqual([
      { version: 'v3' },
    ]);
  });

  it('are asked for again of who accepted another version, once, and the operator sees who did', async () => {
    await brand({ termsUrl: 'https://example.com/terms', legalVersion: '1' });
    const { userId } = await signUp({ input: { email: 'long@example.com', password, acceptedLegal: '1' } });
    expect(await findPendingTexts(userId)).toBeNull();

    await brand({ termsUrl: 'https://example.com/terms', legalVersion: '2' });
    const seen = async () => (await listUsers({ ctx, input: ListUsersInput.parse({ q: 'long@' }) })).data[0]?.legal;
    expect(await findPendingTexts(userId)).toMatchObject({ version: '2' });
    expect(await seen()).toMatchObject({ version: '1', isCurrent: false });
    await expect(acceptTexts({ userId, input: { version: '1' } })).rejects.toMatchObject({ extras: { param: 'legal' } });
    await acceptTexts({ userId, input: { version: '2' } });
    expect(await findPendingTexts(userId)).toBeNull();
    expect(await seen()).toMatchObject({ version: '2', isCurrent: true });

    await brand({});
    expect(await findPendingTexts(userId)).toBeNull();
  });

  it('need a version once they are linked', async () => {
    await expect(brand({ termsUrl: 'https://example.com/terms' })).rejects.toMatchObject({ extras: { param: 'legalVersion' } });
  });
});

it('mails and snippets name the address that the operator set, which has no path; else APP_URL', async () => {
  const { userId, org } = await signUp({ input: { email: 'host@example.com', password } });
  const invite = async (email: string) =>
    (await inviteMember({ ctx: { actor: { type: 'user', id: userId, label: 'host@example.com' }, orgId: org.id, role: 'owner' }, input: { email, role: 'viewer' } })).url;
  expect(await invite('a@example.com')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invite\//);
  await brand({ publicUrl: 'https://ai.example.com/' });
  expect(await invite('b@example.com')).toMatch(/^https:\/\/ai\.example\.com\/invite\/\w/);
  expect(await apiBaseUrl()).toBe('https://ai.example.com/v1');
  expect(BrandingInput.safeParse({ ...plain, publicUrl: 'https://ai.example.com/llm' }).success).toBe(false);
});

it('every kind of mail is shown in both languages as the product writes it now, and one goes to who asks', async () => {
  await brand({ name: 'Harbour', primaryLight: '#123456', publicUrl: 'https://ai.example.com' });
  const templates = new Set(Object.values(sampleMails('')).map(({ template }) => template));
  expect([...templates].sort()).toEqual(Object.keys(TEMPLATES).sort());
  for (const kind of MAIL_KINDS) {
    const { html, subject } = await previewMail({ ctx, input: { kind, locale: 'en' } });
    expect(html, kind).toContain('#123456');
    expect(html, kind).toContain('https://ai.example.com/');
    expect((await previewMail({ ctx, input: { kind, locale: 'zh-CN' } })).subject, kind).not.toBe(subject);
  }
  const { userId } = await signUp({ input: { email: 'me@example.com', password } });
  const asMe = { ...ctx, actor: { type: 'user' as const, id: userId, label: 'me@example.com' } };
  expect(await sendSampleMail({ ctx: asMe, input: { kind: 'receipt', locale: 'zh-CN' } })).toEqual({ to: 'me@example.com' });
  expect(await query("SELECT template, locale FROM outbox_mail WHERE \"to\" = 'me@example.com' AND template = 'billing'")).toEqual([{ template: 'billing', locale: 'zh-CN' }]);
  await expect(sendSampleMail({ ctx: asMe, input: { kind: 'nothing', locale: 'en' } })).rejects.toMatchObject({ code: 'not_found' });
});

it('a currency of display needs its rate and the day of the rate', async () => {
  await expect(brand({ currency: 'CNY' })).rejects.toMatchObject({ extras: { param: 'cnyPerUsd' } });
  await expect(brand({ currency: 'CNY', cnyPerUsd: '7.12' })).rejects.toMatchObject({ extras: { param: 'cnyRateDate' } });
  await brand({ currency: 'CNY', cnyPerUsd: '7.12', cnyRateDate: '2026-11-25' });
});

describe('a logo', () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
  const save = (bytes: Buffer) => saveLogo({ ctx, input: { data: bytes.toString('base64') } });

  it('is served as what its bytes are, under an address that changes with it, and can be taken back', async () => {
    await save(png);
    expect(await findLogo()).toMatchObject({ type: 'image/png', bytes: png });
    const first = (await readBranding()).logo;
    await save(Buffer.concat([png, Buffer.from([1])]));
    expect((await readBranding()).logo).not.toBe(first);
    await save(Buffer.alloc(0));
    expect([await findLogo(), (await readBranding()).logo]).toEqual([null, null]);
  });

  it('that could run scripts, or is too big, is refused', async () => {
    for (const bad of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), Buffer.from('<!doctype html>')]) {
      await expect(save(bad)).rejects.toMatchObject({ extras: { param: 'data' } });
    }
    await expect(save(Buffer.concat([png, Buffer.alloc(128 * 1024)]))).rejects.toMatchObject({ extras: { param: 'data' } });
  });
});
