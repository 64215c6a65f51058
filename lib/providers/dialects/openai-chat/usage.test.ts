import { describe, expect, it } from 'vitest';
import { readUsage } from './usage';

const none = { cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, reasoning: null };

describe('usage', () => {
  it('of explicit zeroes is zero, and of nothing is nothing', () => {
    expect(readUsage({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, {})).toEqual({ usage: { input: 0, output: 0, ...none }, suspect: false });
    expect(readUsage({}, {})).toEqual({ usage: null, suspect: false });
    expect(readUsage({ total_tokens: 0, total_characters: 0 }, {})).toEqual({ usage: null, suspect: false });
  });

  it.each([[-1], [1.5], ['20'], [Number.POSITIVE_INFINITY], [1e12], [true], [{}]])('with %j completion tokens is not believed', (completion_tokens) => {
    expect(readUsage({ prompt_tokens: 10, completion_tokens }, {})).toEqual({ usage: null, suspect: true });
  });

  it('whose parts are larger than the whole is bounded and flagged', () => {
    expect(readUsage({ prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 16 } }, {})).toEqual({
      usage: { input: 10, output: 5, ...none, cacheRead: 10 },
      suspect: true,
    });
    expect(readUsage({ prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 6, cache_write_tokens: 6 } }, {}).usage).toMatchObject({
      cacheRead: 6,
      cacheWrite: 4,
    });
    expect(readUsage({ prompt_tokens: 10, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 9 } }, {})).toMatchObject({
      usage: { output: 5, reasoning: 5 },
      suspect: true,
    });
  });

  it('finds cached tokens wherever a provider puts them', () => {
    for (const where of [
      { prompt_tokens_details: { cached_tokens: 6 } },
      { prompt_cache_hit_tokens: 6 },
      { cached_tokens: 6 },
      { num_cached_tokens: 6 },
      { prompt_token_details: { cached_tokens: 6 } },
    ]) {
      expect(readUsage({ prompt_tokens: 10, completion_tokens: 5, ...where }, {}).usage, JSON.stringify(where)).toMatchObject({ input: 10, cacheRead: 6 });
    }
  });

  it('adds reasoning that is told beside the completion, unless the total says it is inside', () => {
    const beside = { prompt_tokens: 12, completion_tokens: 1, total_tokens: 303, completion_tokens_details: { reasoning_tokens: 290 } };
    expect(readUsage(beside, { reasoningOutside: true }).usage).toMatchObject({ output: 291, reasoning: 290 });
    expect(readUsage({ ...beside, completion_tokens: 291 }, { reasoningOutside: true }).usage).toMatchObject({ output: 291, reasoning: 290 });
  });

  it('of embeddings has no output', () => {
    expect(readUsage({ prompt_tokens: 8, total_tokens: 8 }, {}).usage).toEqual({ input: 8, output: 0, ...none });
  });
});
