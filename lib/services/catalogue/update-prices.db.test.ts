import { beforeAll, describe, expect, it } from 'vitest';
import { applyConfig } from '@/lib/services/config/apply-config';
import { configSurroundings } from '@/lib/services/config/surroundings';
import type { OperatorCtx } from '@/lib/services/context';
import { asSystem } from '@/lib/store';
import { createTestDatabase } from '@/lib/testing/database';
import { seedCatalogue } from './seed-catalogue';
import { updatePrices } from './update-prices';

const database = await createTestDatabase();
const ctx: OperatorCtx = { operator: true, actor: { type: 'cli', label: 'test' } };
const CONFIG = `
apiVersion: fairlead/v1
providers: [{ id: p, adapter: openai }, { id: q, adapter: qwen, baseUrl: cn }]
models:
  - { id: own, provider: p, upstreamModel: model-a, prices: { input: 1, output: 2 } }
  - { id: listed, provider: p, upstreamModel: gpt-4o-mini }
  - { id: regional, provider: q, upstreamModel: model-c, prices: { input: 1, output: 2 } }
  - { id: other, provider: p, upstreamModel: model-z, prices: { input: 1, output: 2 } }
`;
const card = (input: string, more: object = {}) => ({
  currency: 'USD',
  effectiveFrom: '2026-01-01T00:00:00Z',
  rates: { input, output: '9' },
  source: 'test',
  ...more,
});
const FILE = [
  {
    adapter: 'openai',
    models: [
      { id: 'model-a', displayName: 'A', cards: [card('3'), card('4', { effectiveFrom: '2099-01-01T00:00:00Z' })] },
      { id: 'gpt-4o-mini', cards: [card('5')] },
      { id: 'nobody-has-it', cards: [card('6')] },
    ],
  },
  { adapter: 'qwen', models: [{ id: 'model-c', cards: [card('7', { region: 'intl' }), card('8', { region: 'cn', currency: 'CNY', fxRate: '0.14' })] }] },
];
const update = (file: unknown, more: { apply?: boolean; keepOwn?: boolean } = {}) =>
  updatePrices({ ctx, input: { text: typeof file === 'string' ? file : JSON.stringify(file), apply: false, keepOwn: false, ...more } });
const cardsOf = (model: string) =>
  database.query(`SELECT rates->>'input' AS input, source, effective_from > now() AS later FROM price_card WHERE model_id = $1 ORDER BY effective_from`, [
    model,
  ]);

beforeAll(async () => {
  await asSystem(seedCatalogue);
  await applyConfig({ ctx, input: { text: CONFIG }, surroundings: configSurroundings('remote') });
});

describe('catalog update', () => {
  it('shows what would change and writes nothing', async () => {
    const before = await database.query('SELECT * FROM price_card ORDER BY id');
    const { changes, notInFile, kept } = await update(FILE);
    expect(changes.map(({ id }) => id)).toEqual(['listed', 'own', 'regional']);
    expect(changes[1]?.fields).toEqual(
      expect.arrayContaining([{ field: 'prices.input', before: '1.00', after: '3.00' }, expect.objectContaining({ field: 'scheduledPrices' })]),
    );
    expect([notInFile, kept]).toEqual([['other'], []]);
    expect(await database.query('SELECT * FROM price_card ORDER BY id')).toEqual(before);
  });

  it('keeps prices that were set by hand when it is told to', async () => {
    const { changes, kept } = await update(FILE, { keepOwn: true });
    expect([changes.map(({ id }) => id), kept]).toEqual([['listed'], ['own', 'regional']]);
  });

  it('adds dated cards and edits none; the second time it changes nothing', async () => {
    const before = await database.query('SELECT * FROM price_card ORDER BY id');
    await update(FILE, { apply: true });
    const after = await database.query('SELECT * FROM price_card ORDER BY id');
    expect(after).toEqual(expect.arrayContaining(before));
    expect(await cardsOf('own')).toEqual([
      { input: '1.00', source: 'operator', later: false },
      { input: '3.00', source: 'catalogue', later: false },
      { input: '4.00', source: 'operator', later: true },
    ]);
    expect((await cardsOf('regional')).at(-1)).toMatchObject({ input: '8.00' });
    expect((await update(FILE, { apply: true })).changes).toEqual([]);
    expect(await database.query(`SELECT action FROM audit_entry WHERE action = 'catalogue.update'`)).toHaveLength(1);
  });

  it.each([
    ['{', /not JSON/],
    [{ adapter: 'openai' }, /0.models/],
    [{ adapter: 'openai', models: [{ id: 'model-a', cards: [] }] }, /0.models.0.cards/],
    [{ adapter: 'openai', models: [{ id: 'model-a', cards: [card('-3')] }] }, /price of own cannot be used: input/],
    [{ adapter: 'openai', models: [{ id: 'model-a', cards: [card('3', { currency: 'CNY' })] }] }, /fxRate/],
  ])('%j is refused with the place of the mistake', async (file, message) => {
    await expect(update(file, { apply: true })).rejects.toThrow(message);
  });
});
