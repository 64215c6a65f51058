import { beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization } from '@/lib/testing/log-rows';
import { listModels } from './list-models';

const { query } = await createTestDatabase();

beforeAll(async () => {
  await insertOrganization(query, { id: 'org_mine', allow: ['fast-chat', 'std', 'yuan', 'waiting'], deny: ['denied'] });
  await insertOrganization(query, { id: 'org_theirs' });
  await query(`UPDATE plan SET markup_percent = 10 WHERE id = 'plan_org_mine'`);
  await query(`INSERT INTO provider (id, adapter, label) VALUES ('u1', 'openai-compatible', 'First')`);
  await query(`INSERT INTO credential (id, provider_id, name, sealed) VALUES ('c1', 'u1', 'main', 'sealed')`);
  await query(`INSERT INTO provider (id, adapter) VALUES ('keyless', 'openai')`);
  await query(`INSERT INTO model (id, provider_id, upstream_model, capabilities) VALUES ('waiting', 'keyless', 'w', '{}')`);
  await query(
    `INSERT INTO model (id, provider_id, upstream_model, capabilities) VALUES ('std', 'u1', 'std', '{tools}'), ('yuan', 'u1', 'yuan', '{}'), ('denied', 'u1', 'd', '{}'), ('other', 'u1', 'o', '{}')`,
  );
  await query(`INSERT INTO price_card (id, model_id, org_id, effective_from, currency, rates, fx_rate) VALUES
    ('old', 'std', null, now() - interval '2 days', 'USD', '{"input":"9","output":"9"}', null),
    ('now', 'std', null, now() - interval '1 day', 'USD', '{"input":"2.00","cachedInput":"0.50","output":"8"}', null),
    ('later', 'std', null, now() + interval '1 day', 'USD', '{"input":"7","output":"7"}', null),
    ('own', 'std', 'org_theirs', now() - interval '3 days', 'USD', '{"input":"1","output":"1"}', null),
    ('yuan', 'yuan', null, now(), 'CNY', '{"input":"4","output":"12"}', '0.14')`);
  await query(`INSERT INTO alias (id, name, targets) VALUES ('als_1', 'fast-chat', '[{"model":"std"}]'), ('als_2', 'gone', '[{"model":"nowhere"}]')`);
});

it('an organization sees the prices it is charged and why a model is closed to it', async () => {
  const { aliases, models } = await listModels({ ctx: { actor: { type: 'system', label: 'test' }, orgId: 'org_mine', role: 'viewer' } });
  const byId = Object.fromEntries(models.map((model) => [model.id, model]));
  expect(byId.std?.price).toEqual({
    card_id: 'now',
    input_usd: '2.200000',
    cached_input_usd: '0.550000',
    output_usd: '8.800000',
    currency: 'USD',
    tiered: false,
  });
  expect(byId.yuan?.price?.input_usd).toBe('0.616000');
  expect(byId.std?.availability).toEqual({ allowed: true });
  expect(byId.denied?.availability).toEqual({ allowed: false, reason: 'plan_deny' });
  expect(byId.waiting?.availability).toEqual({ allowed: false, reason: 'no_credential' });
  expect(byId.other).toMatchObject({ price: null, availability: { allowed: false, reason: 'plan_allow' } });
  expect(aliases.map(({ id, availability }) => [id, availability.allowed])).toEqual([
    ['fast-chat', true],
    ['gone', false],
  ]);
});

it('another organization’s own price is its own', async () => {
  const { models } = await listModels({ ctx: { actor: { type: 'system', label: 'test' }, orgId: 'org_theirs', role: 'viewer' } });
  expect(models.find(({ id }) => id === 'std')?.price?.card_id).toBe('own');
});
