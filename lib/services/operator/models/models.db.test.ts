import { beforeAll, expect, it } from 'vitest';
import { seedCatalogue } from '@/lib/services/catalogue';
import { applyConfig } from '@/lib/services/config';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { insertOrganization } from '@/lib/testing/log-rows';
import { getOperatorModel, listOperatorModels } from './list-models';
import { removeModel, saveModel } from './save-model';
import { setPrice } from './set-price';

const { query } = await createTestDatabase();
const ctx: OperatorCtx = { actor: { type: 'user', id: 'usr_1', label: 'op@example.com' }, operator: true };
const base = { provider: 'u1', upstreamModel: '', displayName: '', kind: 'chat' as const, contextWindow: 8_000, maxOutputTokens: null, capabilities: ['tools'], enabled: true, retiresOn: '' as const };

beforeAll(async () => {
  await asSystem(seedCatalogue);
  await insertOrganization(query, { id: 'org_acme' });
  await applyConfig({ ctx, input: { text: JSON.stringify({ apiVersion: 'fairlead/v1', providers: [{ id: 'u1', adapter: 'openai-compatible', baseUrl: 'https://api.example.com/v1' }] }) } });
});

it('a model is added, changed and given a last day; a second of its name is refused', async () => {
  await saveModel({ ctx, input: { ...base, id: 'team/large', isNew: true } });
  await saveModel({ ctx, input: { ...base, id: 'team/large', isNew: false, upstreamModel: 'large-2', retiresOn: '2027-01-31' } });
  expect(await getOperatorModel({ ctx, input: { id: 'team/large' } })).toMatchObject({ upstreamModel: 'large-2', retiresAt: '2027-01-31T00:00:00.000Z', price: null });
  await expect(saveModel({ ctx, input: { ...base, id: 'team/large', isNew: true } })).rejects.toMatchObject({ code: 'invalid_request', extras: { param: 'id' } });
  await expect(saveModel({ ctx, input: { ...base, id: 'x', isNew: true, maxOutputTokens: 9_000 } })).rejects.toMatchObject({ extras: { param: 'maxOutputTokens' } });
});

it('a price set for later is on its card now and takes over at its hour; cards that began never change', async () => {
  await setPrice({ ctx, input: { model: 'team/large', effectiveFrom: null, organization: '', prices: { currency: 'USD', input: '2', output: '8' } } });
  const later = new Date(Date.now() + 86_400_000).toISOString();
  await setPrice({ ctx, input: { model: 'team/large', effectiveFrom: later, organization: '', prices: { currency: 'CNY', fxRate: '0.14', input: '10', output: '20' } } });
  await setPrice({ ctx, input: { model: 'team/large', effectiveFrom: null, organization: 'org-acme', prices: { currency: 'USD', input: '1', output: '4' } } });
  const model = await getOperatorModel({ ctx, input: { id: 'team/large' } });
  expect(model).toMatchObject({ price: { inputUsd: '2.000000', outputUsd: '8.000000' }, next: { effectiveFrom: later, inputUsd: '1.400000', outputUsd: '2.800000', currency: 'CNY' } });
  expect(model.cards.map(({ state, organization }) => `${state} ${organization?.name ?? 'all'}`)).toEqual(['future all', 'in_force org_acme', 'in_force all']);
});

it('a price that began yesterday, in a currency without a rate, or for nobody is refused with its field', async () => {
  const at = (input: Partial<Parameters<typeof setPrice>[0]['input']>) =>
    setPrice({ ctx, input: { model: 'team/large', effectiveFrom: null, organization: '', prices: { currency: 'USD', input: '2', output: '8' }, ...input } });
  await expect(at({ effectiveFrom: new Date(Date.now() - 86_400_000).toISOString() })).rejects.toMatchObject({ extras: { param: 'effectiveFrom' } });
  await expect(at({ prices: { currency: 'CNY', input: '1', output: '1' } })).rejects.toMatchObject({ extras: { param: 'prices.fxRate' } });
  await expect(at({ organization: 'nobody' })).rejects.toMatchObject({ extras: { param: 'organization' } });
  await expect(at({ prices: { currency: 'USD', input: '1' } })).rejects.toMatchObject({ extras: { param: 'prices.output' } });
});

it('a model that an alias needs stays; one that nothing needs goes', async () => {
  await applyConfig({ ctx, input: { text: JSON.stringify({ apiVersion: 'fairlead/v1', aliases: [{ name: 'big', targets: [{ model: 'team/large' }] }] }) } });
  await expect(removeModel({ ctx, input: { id: 'team/large' } })).rejects.toMatchObject({ code: 'conflict' });
  await expect(removeModel({ ctx, input: { id: 'demo/echo' } })).rejects.toMatchObject({ code: 'conflict' });
  await query(`DELETE FROM alias WHERE name = 'big'`);
  await removeModel({ ctx, input: { id: 'team/large' } });
  expect((await listOperatorModels({ ctx })).map(({ id }) => id)).not.toContain('team/large');
});
