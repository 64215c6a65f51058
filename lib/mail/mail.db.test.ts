import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeEnv } from '@/lib/env';
import { createTestDatabase } from '@/lib/testing/database';
import { type SmtpSink, startSmtpSink } from '@/lib/testing/smtp-sink';
import { deliverDueMails, sendMail } from './index';
import { renderMail } from './render-mail';
import type { Mail } from './templates';

const db = await createTestDatabase();
let sink: SmtpSink;

function useServer(url: string | undefined) {
  process.env.SMTP_URL = url ?? '';
  completeEnv({});
}

beforeAll(async () => {
  sink = await startSmtpSink();
});
afterAll(async () => {
  useServer(undefined);
  await sink.close();
});

const invitation = (props: Partial<Extract<Mail, { template: 'invite' }>['props']> = {}, locale = 'en'): Mail => ({
  to: 'bo@example.com',
  locale,
  template: 'invite',
  props: { org: 'Acme', inviter: 'Ada', role: 'developer', url: 'https://llm.example.com/invite/abc', days: 7, ...props },
});

describe('a mail', () => {
  it('says the same in HTML and in text, in the language of its reader', async () => {
    const en = await renderMail(invitation());
    expect(en.subject).toBe('Ada invites you to Acme');
    for (const part of [en.text, en.html]) {
      expect(part).toContain('a developer');
      expect(part).toContain('https://llm.example.com/invite/abc');
      expect(part).toContain('for 7 days');
    }
    const zh = await renderMail(invitation({ days: 1 }, 'zh-CN'));
    expect(zh.subject).toBe('Ada 邀请你加入 Acme');
    expect(zh.html).toContain('lang="zh-CN"');
    expect(zh.text).toContain('链接 1 天内有效');
    expect(zh.text).not.toMatch(/Accept|Join/);
  });

  it('shows names as they are written and lets none of them become markup or a header', async () => {
    const { html, subject } = await renderMail(invitation({ org: '<img src=x onerror=alert(1)>', inviter: 'Ada\r\nBcc: all@example.com' }));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

describe('without an SMTP server', () => {
  it('is kept in the outbox, whole, and waits for nothing', async () => {
    useServer(undefined);
    const { id } = await sendMail(invitation());
    const [row] = await db.query('SELECT "to", template, locale, subject, text, sent_at, next_at FROM outbox_mail WHERE id = $1', [id]);
    expect(row).toMatchObject({ to: 'bo@example.com', template: 'invite', locale: 'en', subject: 'Ada invites you to Acme', sent_at: null, next_at: null });
    expect(row?.text).toContain('https://llm.example.com/invite/abc');
  });
});

describe('with an SMTP server', () => {
  it('arrives with both parts, and its secret link is forgotten here', async () => {
    useServer(sink.url);
    const { id } = await sendMail(invitation());
    await expect.poll(() => sink.mails.length, { timeout: 10_000 }).toBe(1);
    const [mail] = sink.mails;
    expect(mail?.to).toEqual(['bo@example.com']);
    expect(mail?.raw).toMatch(/^Subject: Ada invites you to Acme$/m);
    expect(mail?.raw).toContain('text/plain');
    expect(mail?.raw).toContain('text/html');
    await expect.poll(async () => (await db.query('SELECT sent_at FROM outbox_mail WHERE id = $1', [id]))[0]?.sent_at).toBeInstanceOf(Date);
    expect(await db.query("SELECT 1 FROM outbox_mail m WHERE id = $1 AND m::text LIKE '%invite/abc%'", [id])).toEqual([]);
  });

  it("comes from the operator's own product: its sender, its name, its colour", async () => {
    useServer(sink.url);
    const branding = { name: 'Harbour', senderName: 'Harbour AI', senderAddress: 'hello@harbour.example', primaryLight: '#123456' };
    await db.query("INSERT INTO setting (key, value) VALUES ('branding', $1)", [JSON.stringify(branding)]);
    const before = sink.mails.length;
    await sendMail(invitation());
    await expect.poll(() => sink.mails.length, { timeout: 10_000 }).toBe(before + 1);
    await db.query("DELETE FROM setting WHERE key = 'branding'");
    const mail = sink.mails.at(-1);
    expect(mail?.from).toBe('hello@harbour.example');
    expect(mail?.raw).toMatch(/^From: Harbour AI <hello@harbour\.example>$/m);
    for (const part of ['>Harbour<', '#123456', '\nHarbour'])
      expect(
        mail?.raw
          .replace(/=\r?\n/g, '')
          .replaceAll('=3D', '=')
          .replaceAll('\r', ''),
      ).toContain(part);
    expect(mail?.raw).not.toContain('Fairlead');
  });

  it('goes to one mailbox only, however its address is written (S12)', async () => {
    const before = sink.mails.length;
    await sendMail({ ...invitation(), to: '"bo@attacker.example"@example.com' });
    await expect.poll(() => sink.mails.length, { timeout: 10_000 }).toBe(before + 1);
    expect(sink.mails.at(-1)?.to.map((address) => address.split('@').at(-1))).toEqual(['example.com']);
  });

  it('is tried again after a failure, and never sent twice', async () => {
    const before = sink.mails.length;
    sink.refuse(1);
    const { id } = await sendMail(invitation());
    await expect.poll(async () => (await db.query('SELECT error FROM outbox_mail WHERE id = $1', [id]))[0]?.error, { timeout: 10_000 }).toContain('451');
    expect(await deliverDueMails(), 'not due yet').toBe(0);
    await db.query('UPDATE outbox_mail SET next_at = now() WHERE id = $1', [id]);
    const sent = await Promise.all([deliverDueMails(), deliverDueMails()]);
    expect(sent[0] + sent[1]).toBe(1);
    expect(sink.mails.length).toBe(before + 1);
  });
});
