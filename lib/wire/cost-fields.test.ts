import { describe, expect, it } from 'vitest';
import { findUnboundedCostField } from './cost-fields';
import { boundInput, boundOutput, DEFAULT_OUTPUT_BOUND } from './token-bounds';

const chat = (content: unknown, more: object = {}) => ({ model: 'm', messages: [{ role: 'user', content }], ...more });

describe('a field that the price card cannot bound', () => {
  it.each([
    [{ service_tier: 'priority' }, 'service_tier'],
    [{ service_tier: 'flex' }, 'service_tier'],
    [{ tools: [{ type: 'function', function: { name: 'f' } }, { type: 'web_search' }] }, 'tools[1].type'],
    [{ tools: [{ type: 'builtin_function', function: { name: '$web_search' } }] }, 'tools[0].type'],
    [{ web_search_options: {} }, 'web_search_options'],
    [{ search_parameters: { mode: 'auto' } }, 'search_parameters'],
    [{ enable_search: true }, 'enable_search'],
    [{ plugins: [{ id: 'web' }] }, 'plugins'],
    [{ modalities: ['text', 'audio'] }, 'modalities'],
    [{ audio: { voice: 'alloy', format: 'wav' } }, 'audio'],
    [{ background: true }, 'background'],
    [{ store: true }, 'store'],
    [{ prompt_cache_retention: '24h' }, 'prompt_cache_retention'],
    [
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }] }] },
      'messages[0].content[0].cache_control.ttl',
    ],
  ])('%j is found at %s', (more, param) => {
    expect(findUnboundedCostField(chat('hi', more))).toEqual({ param });
  });

  it.each([
    {},
    { service_tier: 'auto' },
    { service_tier: 'default' },
    { service_tier: null },
    {
      tools: [
        { type: 'function', function: { name: 'f' } },
        { type: 'custom', custom: { name: 'c' } },
      ],
    },
    { tools: [{ name: 'without_a_type' }] },
    { modalities: ['text'] },
    { store: false, background: false, enable_search: false, plugins: [], audio: null },
    { n: 4, prompt_cache_retention: 'in_memory', prompt_cache_key: 'k', metadata: { a: 'b' } },
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }] }] },
  ])('is none of %j', (more) => {
    expect(findUnboundedCostField(chat('hi', more))).toBeNull();
  });

  it('is bounded where the card prices the hour-long cache', () => {
    expect(findUnboundedCostField(chat('hi', { prompt_cache_retention: '24h' }), { cacheWrite1h: true })).toBeNull();
  });
});

describe('the bound of the input', () => {
  it('is the bytes of the text, and at least a small prompt', () => {
    expect(boundInput(chat('0123456789'))).toBe(10);
    expect(boundInput(chat('hi'))).toBe(10);
    expect(boundInput(chat('你好'.repeat(100)))).toBe(600);
    expect(boundInput(chat([{ type: 'text', text: 'a'.repeat(20) }]))).toBe(21);
  });

  it('counts every message, tool call, tool and schema', () => {
    const one = boundInput(chat('x'.repeat(100)));
    const two = {
      messages: [
        { role: 'user', content: 'x'.repeat(100) },
        { role: 'assistant', content: null, tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }] },
      ],
    };
    expect(boundInput(two)).toBeGreaterThan(one + 40);
    expect(boundInput(chat('hi', { tools: [{ type: 'function', function: { name: 'f', description: 'd'.repeat(1000) } }] }))).toBeGreaterThan(1_250);
    expect(boundInput(chat('hi', { response_format: { type: 'json_schema', json_schema: { schema: { description: 'd'.repeat(500) } } } }))).toBeGreaterThan(
      500,
    );
  });

  it('has a rule for an image, a sound and a file, whatever their bytes', () => {
    const image = (url: string, detail?: string) => chat([{ type: 'image_url', image_url: { url, detail } }]);
    expect(boundInput(image(`data:image/png;base64,${'A'.repeat(4_000_000)}`))).toBe(boundInput(image('https://example.com/a.png')));
    expect(boundInput(image('https://example.com/a.png', 'low'))).toBeLessThan(boundInput(image('https://example.com/a.png')));
    // A minute of speech at 24 kHz and 16 bits: OpenAI counts about 600 tokens.
    expect(boundInput(chat([{ type: 'input_audio', input_audio: { data: 'A'.repeat((24_000 * 2 * 60 * 4) / 3), format: 'wav' } }]))).toBeGreaterThan(600);
    expect(boundInput(chat([{ type: 'file', file: { file_id: 'file-1' } }]))).toBe(1_000_000);
  });

  it('is never more than the context window', () => {
    expect(boundInput(chat('x'.repeat(10_000)), 8_192)).toBe(8_192);
  });

  it('of embeddings is bytes of text and the number of tokens', () => {
    expect(boundInput({ input: 'héllo' })).toBe(6);
    expect(boundInput({ input: ['abc', 'de'] })).toBe(5);
    expect(boundInput({ input: [1, 2, 3] })).toBe(3);
    expect(boundInput({ input: [[1, 2], [3]] })).toBe(3);
  });
});

describe('the bound of the output', () => {
  it("is the client's limit or the model's, whichever is smaller", () => {
    expect(boundOutput(chat('hi', { max_tokens: 20 }), { maxOutputTokens: 4096 })).toBe(20);
    expect(boundOutput(chat('hi', { max_tokens: 9_000 }), { maxOutputTokens: 4096 })).toBe(4096);
    expect(boundOutput(chat('hi'), { maxOutputTokens: 4096 })).toBe(4096);
    expect(boundOutput(chat('hi'))).toBe(DEFAULT_OUTPUT_BOUND);
    expect(boundOutput(chat('hi', { max_tokens: 50, max_completion_tokens: 20 }))).toBe(20);
  });

  it('counts every choice and the predicted text', () => {
    expect(boundOutput(chat('hi', { max_tokens: 20, n: 3 }))).toBe(60);
    expect(boundOutput(chat('hi', { max_tokens: 20, prediction: { type: 'content', content: 'x'.repeat(30) } }))).toBe(50);
    expect(boundOutput({ prompt: ['a', 'b'], max_tokens: 5, best_of: 2 })).toBe(20);
  });

  it('of embeddings is nothing', () => {
    expect(boundOutput({ input: 'a' }, { maxOutputTokens: 100 })).toBe(0);
  });
});
