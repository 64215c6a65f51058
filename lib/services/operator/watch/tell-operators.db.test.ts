import { beforeAll, expect, it } from 'vitest';
import { newId } from '@/lib/kernel/ids';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization, insertRequest } from '@/lib/testing/log-rows';
import { tellOperators } from './tell-operators';

const { query } = await createTestDatabase();
const now = Date.now();

beforeAll(async () => {
  await query(`INSERT INTO provider (id, adapter) VALUES ('u1', 'openai-compatible')`);
  for (const id of ['org_calm', 'org_wild']) await insertOrganization(query, { id });
  await query(`INSERT INTO app_user (id, email, password_hash, is_operator, locale) VALUES ('usr_1', 'one@example.com', '', true, 'zh-CN'), ('usr_2', 'two@example.com', '', true, 'en'), ('usr_3', 'tenant@example.com', '', false, 'en')`);
});

/** The facts of the mails that were written since the last look, to the operator who reads English. */
const mails = async () => {
  const rows = await query(`SELECT "to", subject, text FROM outbox_mail WHERE template = 'operator' ORDER BY created_at, "to"`);
  await query('DELETE FROM outbox_mail');
  return rows as { to: string; subject: string; text: string }[];
};
const cost = (org: string, usd: number, atMs: number) => insertRequest(query, { org, atMs, row: { provider_cost_nano: usd * 1e9, cost_nano: usd * 1e9 } });
const attempt = (credential: string, outcome: string, atMs: number) =>
  insertRequest(query, { org: 'org_calm', atMs, attempts: [{ outcome, credential_last4: credential }] });

it('nothing to look at is no mail', async () => {
  expect(await tellOperators()).toBe(0);
  expect(await mails()).toEqual([]);
});

it('a model without a price, a provider out of balance or refusing a key, a spike and a write-off reach every operator, once', async () => {
  await query(`INSERT INTO model (id, provider_id, upstream_model) VALUES ('bare', 'u1', 'bare')`);
  await attempt('aaaa', 'quota_exhausted', now - 60_000);
  await attempt('bbbb', 'auth', now - 60_000);
  // This one was refused and answers again.
  await attempt('cccc', 'auth', now - 60_000);
  await attempt('cccc', 'completed', now - 1_000);
  for (let day = 1; day <= 5; day++) await cost('org_calm', 240, now - day * 86_400_000);
  await cost('org_calm', 8, now - 1_000);
  await cost('org_wild', 8, now - 1_000);
  await query(`INSERT INTO ledger_entry (id, org_id, kind, fund, debit_account, credit_account, amount_nano, balance_nano, source_type, source_id) VALUES ($1, 'org_wild', 'write_off', 'paid', 'operator/write-offs', 'operator/revenue', 2500000, 0, 'request', 'req_x')`, [newId('ent')]);

  expect(await tellOperators()).toBe(5);
  const sent = await mails();
  expect(sent.map(({ to }) => to)).toEqual(['one@example.com', 'two@example.com']);
  expect(sent[0]?.subject).toBe('Fairlead：有 5 件事需要处理');
  for (const fact of ['No price: bare', 'Out of balance at the provider: u1 …aaaa', 'Key refused by the provider: u1 …bbbb', 'Ten times the usual hour: org-wild', 'Written off: 1 · $0.002500']) expect(sent[1]?.text).toContain(fact);
  expect(sent[1]?.text).not.toContain('cccc');
  expect(await tellOperators()).toBe(0);
  expect(await mails()).toEqual([]);
});

it('what went away and comes back is told again', async () => {
  await query(`UPDATE model SET enabled = false WHERE id = 'bare'`);
  expect(await tellOperators()).toBe(0);
  await query(`UPDATE model SET enabled = true WHERE id = 'bare'`);
  expect(await tellOperators()).toBe(1);
  expect((await mails()).find(({ to }) => to === 'two@example.com')?.subject).toBe('Fairlead: something needs your attention');
});
