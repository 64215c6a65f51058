import { describe, expect, it } from 'vitest';
import { addCost, rewriteModel } from './rewrite';

const rewrite = (frame: string) => rewriteModel(frame, JSON.parse(frame) as Record<string, unknown>, 'qwen-plus');

describe('the model name of an answer', () => {
  it('is spliced, and every other byte stays', () => {
    expect(rewrite('{"id":"1",  "model": "gpt-x-2026", "choices":[], "x":1.0}')).toBe('{"id":"1",  "model": "qwen-plus", "choices":[], "x":1.0}');
  });

  it('is replaced at the top level only, wherever else the word occurs', () => {
    for (const frame of [
      '{"a":{"model":"gpt"},"model":"gpt","content":"x"}',
      '{"model":"gpt","choices":[{"delta":{"content":"model"}}]}',
      '{"model":"gpt","choices":[{"delta":{"content":"\\"model\\":\\"gpt\\""}}]}',
      '{"model":null,"a":1}',
      '{"a":1}',
      '{"model":"","choices":[]}',
      '{"mod\\u0065l":"gpt","a":{"model":"gpt"}}',
    ]) {
      expect(JSON.parse(rewrite(frame)), frame).toEqual({ ...JSON.parse(frame), model: 'qwen-plus' });
    }
  });

  it('may need escapes', () => {
    const frame = '{"model":"gpt \\"x\\"","a":1}';
    expect(JSON.parse(rewriteModel(frame, JSON.parse(frame), 'our "name"'))).toEqual({ model: 'our "name"', a: 1 });
  });
});

it('the cost of a call is in its last usage chunk', () => {
  expect(JSON.parse(addCost('{"choices":[],"usage":{"prompt_tokens":1},"k":9}', '0.000180'))).toEqual({
    choices: [],
    usage: { prompt_tokens: 1, cost: '0.000180' },
    k: 9,
  });
});
