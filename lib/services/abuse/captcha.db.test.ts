import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OperatorCtx } from '@/lib/services/context';
import { createTestDatabase } from '@/lib/testing/database';
import { type AbuseSettingsInput, readAbuseSettings, saveAbuseSettings } from './abuse-settings';
import { readCaptchaChallenge, verifyCaptcha } from './verify-captcha';
import type { z } from 'zod';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'user', id: 'usr_1', label: 'op@example.com' }, operator: true };
const SECRET = 'captcha-secret-0123456789';

let verifier: Server;
let verifyUrl = '';
let asked: URLSearchParams[] = [];
let reply: { status: number; body: string } | null = null;

beforeAll(async () => {
  verifier = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push(form);
    const { status, body } = reply ?? { status: 200, body: JSON.stringify({ success: form.get('secret') === SECRET && form.get('response') === 'solved' }) };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => verifier.listen(0, '127.0.0.1', resolve));
  verifyUrl = `http://127.0.0.1:${(verifier.address() as AddressInfo).port}/siteverify`;
});
afterAll(() => verifier.close());
beforeEach(() => {
  asked = [];
  reply = null;
});

const save = (changes: Partial<z.output<typeof AbuseSettingsInput>>) =>
  saveAbuseSettings({ ctx, input: { captcha: 'turnstile', siteKey: '0x4AAA', secret: '', verifyUrl, safetyIdentifier: true, ...changes } });
const verify = (answer: string) => verifyCaptcha({ answer, address: '203.0.113.7' });

it('asks for nothing until the operator sets one up', async () => {
  expect(await readCaptchaChallenge()).toBeNull();
  await verify('');
  expect(asked).toEqual([]);
});

it('needs its keys, keeps the secret to itself, and keeps it when only other things change', async () => {
  await expect(save({})).rejects.toMatchObject({ extras: { param: 'secret' } });
  await expect(save({ secret: SECRET, siteKey: '' })).rejects.toMatchObject({ extras: { param: 'siteKey' } });
  await save({ secret: SECRET });
  await save({ safetyIdentifier: false });
  expect(await readAbuseSettings()).toEqual({ captcha: 'turnstile', siteKey: '0x4AAA', verifyUrl, safetyIdentifier: false, hasSecret: true });
  expect(await readCaptchaChallenge()).toEqual({ kind: 'turnstile', siteKey: '0x4AAA' });
  const kept = await query("SELECT value::text FROM setting WHERE key = 'abuse' UNION ALL SELECT concat(before, after) FROM audit_entry WHERE action = 'settings.abuse'");
  expect(JSON.stringify(kept)).not.toContain(SECRET);
});

it('lets in who solved it, as the verifier says over its socket', async () => {
  await verify('solved');
  expect(asked.map((form) => Object.fromEntries(form))).toEqual([{ secret: SECRET, response: 'solved', remoteip: '203.0.113.7' }]);
});

it('lets nobody in without an answer, with a wrong one, or while it cannot be checked', async () => {
  for (const answer of ['', 'wrong', 'x'.repeat(5_000)]) await expect(verify(answer)).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'captcha' } });
  for (const broken of [{ status: 500, body: 'oops' }, { status: 200, body: '{"success":"yes"}' }]) {
    reply = broken;
    await expect(verify('solved')).rejects.toMatchObject({ extras: { param: 'captcha' } });
  }
  await save({ verifyUrl: 'http://127.0.0.1:9/siteverify' });
  await expect(verify('solved')).rejects.toMatchObject({ extras: { param: 'captcha' } });
});
