import { describe, expect, it } from 'vitest';
import { findAdapter } from '../../registry';
import { encode } from './encode';

const MESSAGES = [{ role: 'user', content: 'hi' }];

function sentTo(adapter: string, more: Record<string, unknown>, outputLimit?: number, upstreamModel = 'their-model') {
  const body: Record<string, unknown> = { model: 'ours', messages: MESSAGES, ...more };
  const call = { surface: 'chat', body, stream: body.stream === true, wantsUsage: false } as const;
  const encoded = encode(call, { upstreamModel, quirks: findAdapter(adapter)?.quirks ?? {}, outputLimit });
  return JSON.parse(String(encoded.body)) as Record<string, unknown>;
}

describe('a request on its way out', () => {
  it('keeps what the client asked of its stream beside usage', () => {
    expect(sentTo('openai', { stream: true, stream_options: { include_obfuscation: false } }).stream_options).toEqual({
      include_obfuscation: false,
      include_usage: true,
    });
    expect(sentTo('openai', {})).not.toHaveProperty('stream_options');
  });

  it('names the output limit as the provider does', () => {
    expect(sentTo('openai', { max_tokens: 5 })).toMatchObject({ max_completion_tokens: 5 });
    expect(sentTo('openai', { max_tokens: 5 })).not.toHaveProperty('max_tokens');
    expect(sentTo('deepseek', { max_completion_tokens: 5 })).toMatchObject({ max_tokens: 5 });
    expect(sentTo('openai-compatible', { max_tokens: 5 })).toMatchObject({ max_tokens: 5 });
    expect(sentTo('openai-compatible', { max_completion_tokens: 5 })).toMatchObject({ max_completion_tokens: 5 });
    expect(sentTo('deepseek', { max_completion_tokens: 5, max_tokens: 9 })).toMatchObject({ max_tokens: 5 });
  });

  it("has the gateway's limit where the client's is larger or absent", () => {
    expect(sentTo('openai', {}, 256)).toMatchObject({ max_completion_tokens: 256 });
    expect(sentTo('openai', { max_tokens: 9 }, 256)).toMatchObject({ max_completion_tokens: 9 });
    expect(sentTo('qwen', { max_tokens: 900 }, 256)).toMatchObject({ max_tokens: 256 });
    expect(sentTo('openai-compatible', {}, 256)).toMatchObject({ max_tokens: 256 });
    expect(sentTo('openai-compatible', { max_completion_tokens: 900 }, 256)).toMatchObject({ max_completion_tokens: 256 });
  });

  it('loses only what the provider refuses', () => {
    expect(sentTo('kimi', { temperature: 0.2, top_k: 3 }, undefined, 'kimi-k3')).toMatchObject({ top_k: 3 });
    expect(sentTo('kimi', { temperature: 0.2 }, undefined, 'kimi-k3')).not.toHaveProperty('temperature');
    expect(sentTo('kimi', { temperature: 0.2 }, undefined, 'moonshot-v1-8k')).toMatchObject({ temperature: 0.2 });
    expect(sentTo('mistral', { seed: 1, tool_choice: 'required', user: 'u' })).toMatchObject({ random_seed: 1, tool_choice: 'any' });
    expect(sentTo('openai', { user: 'u', metadata: { a: 'b' }, seed: 1, logprobs: true, n: 2 })).toMatchObject({
      user: 'u',
      metadata: { a: 'b' },
      seed: 1,
      logprobs: true,
      n: 2,
    });
  });

  it('says system to those who know no developer', () => {
    const messages = [{ role: 'developer', content: 'Be brief.', name: 'x' }, ...MESSAGES];
    expect(sentTo('deepseek', { messages }).messages).toEqual([{ role: 'system', content: 'Be brief.', name: 'x' }, ...MESSAGES]);
    expect(sentTo('openai', { messages }).messages).toEqual(messages);
  });

  it('survives a body with a __proto__ key', () => {
    const body = JSON.parse('{"model":"m","messages":[],"__proto__":{"polluted":true}}') as Record<string, unknown>;
    encode({ surface: 'chat', body, stream: false, wantsUsage: false }, { upstreamModel: 'x', quirks: {} });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('of the embeddings surface is only renamed', () => {
    const encoded = encode(
      { surface: 'embeddings', body: { model: 'm', input: 'a' }, stream: false, wantsUsage: false },
      { upstreamModel: 'x', quirks: {}, outputLimit: 5 },
    );
    expect(encoded).toMatchObject({ path: '/embeddings', body: '{"model":"x","input":"a"}' });
  });

  it('is refused on a surface of another family', () => {
    expect(() => encode({ surface: 'messages', body: {}, stream: false, wantsUsage: false }, { upstreamModel: 'x', quirks: {} })).toThrow(
      /does not serve messages/,
    );
  });
});
