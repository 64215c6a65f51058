import { beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization } from '@/lib/testing/log-rows';
import { getModel } from './get-model';
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

it('a model has its price history as this organization is charged, and how its days went; an alias has its targets', async () => {
  const ctx = { actor: { type: 'system' as const, label: 'test' }, orgId: 'org_mine' as const, role: 'viewer' as const };
  await query(`INSERT INTO usage_rollup (org_id, bucket, key_id, model_id, alias, provider_id, status, requests) VALUES
    ('org_theirs', now() - interval '1 day', 'k', 'std', '', 'u1', 'completed', 70), ('org_theirs', now() - interval '1 day', 'k', 'std', '', 'u1', 'failed', 30), ('org_theirs', now(), 'k', 'std', '', 'u1', 'completed', 5)`);
  const model = await getModel({ ctx, input: { name: 'std' } });
  if (model.kind !== 'model') throw new Error('not a model');
  expect(model.prices.map(({ price }) => [price.card_id, price.input_usd])).toEqual([
    ['now', '2.200000'],
    ['old', '9.900000'],
  ]);
  expect(model.days.map(({ state }) => state).slice(-3)).toEqual(['quiet', 'bad', 'good']);
  expect(Object.keys(model.days[0] ?? {}), 'how much others call is not told').toEqual(['day', 'state']);
  expect(model.aliases.map(({ id }) => id)).toEqual(['fast-chat']);
  expect(await getModel({ ctx, input: { name: 'fast-chat' } })).toMatchObject({ kind: 'alias', targets: [{ id: 'std' }] });
  expect(await getModel({ ctx: { ...ctx, orgId: 'org_theirs' }, input: { name: 'std' } })).toMatchObject({ prices: [{ price: { card_id: 'own' } }] });
  await expect(getModel({ ctx, input: { name: 'no-such' } })).rejects.toMatchObject({ code: 'not_found' });
});
