import { describe, expect, it } from 'vitest';
import { catalogueCard, compileCard, findCatalogueModel, price } from '.';

const cardOf = (adapter: string, model: string) => {
  const known = findCatalogueModel(adapter, model);
  const card = known && catalogueCard(known, null);
  return card && compileCard({ id: model, ...card });
};

describe('a model that our own catalogue does not list', () => {
  it('has the published price of its provider, as one of our cards', () => {
    const card = cardOf('groq', 'openai/gpt-oss-120b');
    expect(card?.rates).toMatchObject({ input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n });
    expect(findCatalogueModel('groq', 'openai/gpt-oss-120b')?.cards[0]).toMatchObject({ currency: 'USD', checkedAt: '2026-09-23' });
  });

  it('is priced by the length of its prompt where the provider does so', () => {
    const card = cardOf('vertex', 'gemini-3.1-pro-preview');
    const rate = (input: number) => card && price({ input, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 1, reasoning: null }, card, 0).lines[0]?.rate;
    expect(rate(200_000)).toBe(2_000_000_000n);
    expect(rate(200_001)).toBe(4_000_000_000n);
  });

  it('is unpriced, never free, where nobody publishes a price', () => {
    expect(findCatalogueModel('groq', 'a-model-of-nobody')).toBeNull();
    expect(findCatalogueModel('vllm', 'gpt-4o')).toBeNull();
    expect(findCatalogueModel('qwen', 'qwen-of-tomorrow')).toBeNull();
  });

  it('never replaces a card of our own', () => {
    expect(cardOf('mistral', 'mistral-large-2512')?.rates.input).toBe(500_000_000n);
  });
});
