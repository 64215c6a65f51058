import { beforeAll, expect, it } from 'vitest';
import { createSession } from '@/lib/auth/sessions';
import { seedCatalogue } from '@/lib/services/catalogue';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { exportOwnData } from './export-own-data';
import { noteNewDevice } from './note-new-device';
import { signUp } from './sign-up';

const { query } = await createTestDatabase();
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

beforeAll(async () => {
  await asSystem(seedCatalogue);
});

it('a first sign-in from another kind of browser is told by mail, once', async () => {
  const { userId } = await signUp({ input: { email: 'device@example.com', password: 'correct horse battery' } });
  const visit = async (client: string) => {
    await createSession({ userId, client, address: '203.0.113.7' });
    await noteNewDevice({ userId });
  };
  const mails = () => query<{ text: string }>(`SELECT text FROM outbox_mail WHERE "to" = 'device@example.com' AND template = 'security'`);
  await visit(CHROME);
  await visit(CHROME.replace('141', '142'));
  expect(await mails()).toEqual([]);
  await visit(FIREFOX);
  await visit(FIREFOX);
  const told = await mails();
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('Firefox · Linux');
  expect(told[0]?.text).toContain('203.0.113.7');
});

it('a person gets what is kept about them, and no secret and nothing of anybody else with it', async () => {
  const mine = await signUp({ input: { email: 'mine@example.com', password: 'correct horse battery' } });
  await signUp({ input: { email: 'other@example.com', password: 'correct horse battery' } });
  let text = '';
  for await (const part of exportOwnData({ userId: mine.userId })) text += part;
  expect(JSON.parse(text)).toMatchObject({ account: { email: 'mine@example.com' }, organizations: [{ role: 'owner' }], keys: [{ last4: mine.key.last4 }] });
  expect(text).not.toMatch(/hash|argon2|other@example\.com/);
  expect(text).not.toContain(mine.key.key);
});
