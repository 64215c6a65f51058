import { expect, it } from 'vitest';
import { anthropicModelList, type ModelFacts, openAiModel, openAiModelList } from './models';

const facts = (id: string): ModelFacts => ({
  id,
  name: id.toUpperCase(),
  ownedBy: 'fairlead',
  createdAtS: 1_790_000_000,
  kind: 'chat',
  contextWindow: 128_000,
  maxOutputTokens: null,
  capabilities: ['tools'],
  inputRate: 2_000_000_000n,
  outputRate: 8_000_000_000n,
});
const five = ['a', 'b', 'c', 'd', 'e'].map(facts);

it('a model list has the shape that OpenAI clients read, with prices as decimal strings', () => {
  expect(openAiModelList([facts('demo/echo')])).toMatchObject({
    object: 'list',
    data: [{ id: 'demo/echo', object: 'model', created: 1_790_000_000, owned_by: 'fairlead' }],
  });
  expect(openAiModel(facts('a')).pricing).toEqual({ input_usd_per_million: '2.000000', output_usd_per_million: '8.000000' });
  expect(openAiModel({ ...facts('a'), inputRate: null }).pricing).toBeNull();
});

it('the same list in the shape of Anthropic is paged by id', () => {
  expect(anthropicModelList(five)).toMatchObject({ has_more: false, first_id: 'a', last_id: 'e' });
  expect(anthropicModelList(five, { limit: 2 })).toMatchObject({ data: [{ type: 'model', id: 'a', display_name: 'A' }, { id: 'b' }], has_more: true });
  expect(anthropicModelList(five, { limit: 2, afterId: 'b' })).toMatchObject({ first_id: 'c', last_id: 'd', has_more: true });
  expect(anthropicModelList(five, { limit: 2, beforeId: 'd' })).toMatchObject({ first_id: 'b', last_id: 'c', has_more: true });
  expect(anthropicModelList([])).toEqual({ data: [], has_more: false, first_id: null, last_id: null });
});
