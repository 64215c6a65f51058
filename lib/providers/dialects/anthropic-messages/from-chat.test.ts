import { describe, expect, it } from 'vitest';
import type { EncodeTarget } from '../../contract';
import { anthropic } from '../../adapters/anthropic';
import { encode } from './encode';

const TARGET: EncodeTarget = { upstreamModel: 'claude-sonnet-4-5', quirks: anthropic.quirks ?? {}, maxOutputTokens: 64_000 };
const HI = [{ role: 'user', content: 'hi' }];
const WEATHER = { type: 'function', function: { name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } } } } };

function translate(body: Record<string, unknown>, target: Partial<EncodeTarget> = {}) {
  const encoded = encode({ surface: 'chat', body: { model: 'fast-chat', ...body }, stream: body.stream === true, wantsUsage: false }, { ...TARGET, ...target });
  return { ...encoded, sent: JSON.parse(String(encoded.body)) as Record<string, unknown> };
}

const refusal = (body: Record<string, unknown>, target: Partial<EncodeTarget> = {}) => {
  try {
    translate(body, target);
  } catch (error) {
    return error as { code: string; message: string; extras: { param?: string } };
  }
  throw new Error('the call was not refused');
};

describe('a chat call to an Anthropic model', () => {
  it('F01 merges system and developer and turns of one role, defaults max_tokens, renames stop, carries images', () => {
    const { path, headers, sent, notes } = translate({
      stop: 'END',
      temperature: 0.2,
      user: 'u-1',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Speak French.' },
        { role: 'user', content: 'Look:' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'two pictures' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.jpg' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
          ],
        },
        { role: 'assistant', content: 'Oui.' },
        { role: 'user', content: 'And?' },
      ],
    });
    expect(path).toBe('/v1/messages');
    expect(headers).toEqual({ 'content-type': 'application/json', accept: 'text/event-stream', 'anthropic-version': '2023-06-01' });
    expect(sent).toEqual({
      model: 'claude-sonnet-4-5',
      max_tokens: 64_000,
      system: 'Be brief.\n\nSpeak French.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look:' },
            { type: 'text', text: 'two pictures' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'image', source: { type: 'url', url: 'https://example.com/cat.jpg' } },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, title: 'a.pdf' },
          ],
        },
        { role: 'assistant', content: 'Oui.' },
        { role: 'user', content: 'And?' },
      ],
      stop_sequences: ['END'],
      temperature: 0.2,
      metadata: { user_id: 'u-1' },
      stream: true,
    });
    expect(notes).toBeUndefined();
  });

  it('F01 takes the smaller limit, and 4096 where neither client nor catalogue knows one', () => {
    expect(translate({ messages: HI, max_tokens: 100, max_completion_tokens: 50 }).sent.max_tokens).toBe(50);
    expect(translate({ messages: HI, max_tokens: 100 }, { outputLimit: 30 }).sent.max_tokens).toBe(30);
    expect(translate({ messages: HI }, { maxOutputTokens: null }).sent.max_tokens).toBe(4_096);
  });

  it('F01 keeps cache control on texts, tools and the system prompt', () => {
    const cache_control = { type: 'ephemeral', ttl: '1h' };
    const { sent } = translate({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Long.', cache_control }] },
        { role: 'user', content: [{ type: 'text', text: 'hi', cache_control }] },
      ],
      tools: [{ ...WEATHER, cache_control }],
    });
    expect(sent.system).toEqual([{ type: 'text', text: 'Long.', cache_control }]);
    expect(sent.messages).toEqual([{ role: 'user', content: [{ type: 'text', text: 'hi', cache_control }] }]);
    expect(sent.tools).toMatchObject([{ name: 'get_weather', cache_control }]);
  });

  it('F05 puts the results of two calls into one turn, in order, whatever their ids look like', () => {
    const { sent } = translate({
      tools: [WEATHER],
      messages: [
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'functions.get_weather:0', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
            { id: 'call_2', type: 'function', function: { name: 'get_weather', arguments: '' } },
          ],
        },
        { role: 'tool', tool_call_id: 'functions.get_weather:0', content: '18' },
        { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: '20' }] },
        { role: 'user', content: 'So?' },
      ],
    });
    expect(sent.messages).toEqual([
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'functions_get_weather_0', name: 'get_weather', input: { city: 'Paris' } },
          { type: 'tool_use', id: 'call_2', name: 'get_weather', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'functions_get_weather_0', content: '18' },
          { type: 'tool_result', tool_use_id: 'call_2', content: [{ type: 'text', text: '20' }] },
          { type: 'text', text: 'So?' },
        ],
      },
    ]);
  });

  it('F05 names a tool result that answers no call, and arguments that are no object', () => {
    const error = refusal({ messages: [...HI, { role: 'tool', tool_call_id: 'call_x', content: '1' }] });
    expect(error).toMatchObject({ code: 'unsupported_parameter', extras: { param: 'messages[1].tool_call_id' } });
    expect(error.message).toContain('call_x');
    const call = { id: 'a', function: { name: 'f', arguments: '[1' } };
    expect(refusal({ messages: [...HI, { role: 'assistant', content: null, tool_calls: [call] }] }).extras.param).toBe('messages[1].tool_calls[0].function.arguments');
  });

  it('F06 maps every tool choice and the wish for single calls', () => {
    const choice = (body: Record<string, unknown>) => translate({ messages: HI, tools: [WEATHER], ...body }).sent.tool_choice;
    expect(translate({ messages: HI, tools: [WEATHER] }).sent.tools).toEqual([
      { name: 'get_weather', description: 'Weather of a city', input_schema: { type: 'object', properties: { city: { type: 'string' } } } },
    ]);
    expect(choice({})).toBeUndefined();
    expect(choice({ tool_choice: 'auto' })).toEqual({ type: 'auto' });
    expect(choice({ tool_choice: 'none' })).toEqual({ type: 'none' });
    expect(choice({ tool_choice: 'required' })).toEqual({ type: 'any' });
    expect(choice({ tool_choice: { type: 'function', function: { name: 'get_weather' } } })).toEqual({ type: 'tool', name: 'get_weather' });
    expect(choice({ parallel_tool_calls: false })).toEqual({ type: 'auto', disable_parallel_tool_use: true });
    expect(choice({ parallel_tool_calls: false, tool_choice: 'required' })).toEqual({ type: 'any', disable_parallel_tool_use: true });
    expect(refusal({ messages: HI, tools: [WEATHER], tool_choice: 'sometimes' }).extras.param).toBe('tool_choice');
    const other = { type: 'function', function: { name: 'other' } };
    const allowed = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [WEATHER] } };
    expect(translate({ messages: HI, tools: [WEATHER, other], tool_choice: allowed }).sent).toMatchObject({ tools: [{ name: 'get_weather' }], tool_choice: { type: 'any' } });
  });

  it('removes tools that run elsewhere and says so, and keeps those of its own', () => {
    const own = { type: 'web_search_20250305', name: 'web_search' };
    const { sent, notes } = translate({ messages: HI, tools: [WEATHER, { type: 'web_search' }, own] });
    expect(sent.tools).toMatchObject([{ name: 'get_weather' }, own]);
    expect(notes).toEqual([{ param: 'tools[1]', did: 'removed web_search' }]);
  });

  it('F07 keeps to a JSON schema, and refuses what it could not keep to', () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false };
    const format = (inner: object) => ({ messages: HI, response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: inner } } });
    expect(translate(format(schema)).sent.output_config).toEqual({ format: { type: 'json_schema', schema } });
    expect(translate({ messages: HI, response_format: { type: 'text' } }).sent.output_config).toBeUndefined();
    const deep = { ...schema, properties: { list: { type: 'array', items: { type: 'object', properties: { age: { type: 'integer', minimum: 0 } }, additionalProperties: false } } } };
    expect(refusal(format(deep))).toMatchObject({
      code: 'unsupported_parameter',
      extras: { param: 'response_format.json_schema.schema.properties.list.items.properties.age.minimum' },
    });
    expect(refusal({ messages: HI, response_format: { type: 'json_object' } }).extras.param).toBe('response_format.type');
  });

  it('F06 refuses what would change the answer, and tells what it leaves out', () => {
    for (const [field, value] of [['n', 2], ['logprobs', true], ['logit_bias', { 5: 1 }], ['presence_penalty', 0.5], ['audio', {}], ['service_tier', 'flex']] as const) {
      expect(refusal({ messages: HI, [field]: value })).toMatchObject({ code: 'unsupported_parameter', extras: { param: field } });
    }
    const { sent, notes } = translate({ messages: HI, n: 1, logprobs: false, presence_penalty: 0, seed: 7, store: false, metadata: { a: 'b' }, temperature: 1.5 });
    expect(sent).toEqual({ model: 'claude-sonnet-4-5', max_tokens: 64_000, messages: HI, temperature: 1 });
    expect(notes).toEqual([
      { param: 'seed', did: 'removed' },
      { param: 'temperature', did: 'temperature=1' },
    ]);
    expect(translate({ messages: HI, temperature: 0.5, top_p: 0.9 }, { upstreamModel: 'claude-opus-5' })).toMatchObject({
      sent: { model: 'claude-opus-5' },
      notes: [{ param: 'temperature' }, { param: 'top_p' }],
    });
    expect(refusal({ messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }] }] }).extras.param).toBe('messages[0].content[0]');
  });

  it('says a wish for reasoning as a budget or as an effort, whichever the model takes', () => {
    const reason = (body: Record<string, unknown>, upstreamModel = 'claude-sonnet-4-5') => translate({ messages: HI, ...body }, { upstreamModel });
    expect(reason({ reasoning_effort: 'low' })).toMatchObject({
      sent: { thinking: { type: 'enabled', budget_tokens: 2_048 } },
      notes: [{ param: 'reasoning_effort', did: 'thinking.budget_tokens=2048' }],
    });
    expect(reason({ reasoning_effort: 'high', max_tokens: 4_000 }).sent.thinking).toEqual({ type: 'enabled', budget_tokens: 3_999 });
    expect(reason({ reasoning_effort: 'high', max_tokens: 500 }).sent.thinking).toBeUndefined();
    expect(reason({ reasoning_effort: 'high' }, 'claude-opus-5').sent).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } });
    for (const model of ['claude-sonnet-4.5', 'claude-opus-4-1-20250805', 'claude-3-7-sonnet-20250219', 'claude-haiku-4-5']) {
      expect(reason({ reasoning_effort: 'low' }, model).sent.thinking, model).toMatchObject({ type: 'enabled' });
    }
    for (const model of ['claude-sonnet-4-6', 'claude-opus-4.8', 'claude-opus-5.5']) expect(reason({ reasoning_effort: 'low' }, model).sent.thinking, model).toEqual({ type: 'adaptive' });
    expect(reason({ reasoning_effort: 'none' }).sent.thinking).toEqual({ type: 'disabled' });
    expect(reason({ reasoning: { max_tokens: 3_000 } }).sent.thinking).toEqual({ type: 'enabled', budget_tokens: 3_000 });
    expect(reason({ thinking: { type: 'enabled', budget_tokens: 1_500 } }).sent.thinking).toEqual({ type: 'enabled', budget_tokens: 1_500 });
    expect(reason({ reasoning_effort: 'low' }, 'claude-3-5-haiku-20241022').notes).toEqual([{ param: 'reasoning_effort', did: 'removed (this model does not reason)' }]);
  });

  it('F09 sends thoughts back with their signatures, and drops unsigned ones aloud', () => {
    const assistant = {
      role: 'assistant',
      content: null,
      reasoning_content: 'I need the weather.',
      reasoning_details: [
        { type: 'reasoning.text', text: 'I need the weather.', signature: 'c2ln', format: 'anthropic-claude-v1', index: 0 },
        { type: 'reasoning.encrypted', data: 'cmVk', format: 'anthropic-claude-v1', index: 1 },
      ],
      tool_calls: [{ id: 'toolu_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }],
    };
    const result = { role: 'tool', tool_call_id: 'toolu_1', content: '18' };
    const kept = translate({ messages: [...HI, assistant, result], tools: [WEATHER], reasoning_effort: 'low' });
    expect(kept.sent).toMatchObject({ thinking: { type: 'enabled' }, messages: [{}, { content: [{ type: 'thinking', thinking: 'I need the weather.', signature: 'c2ln' }, { type: 'redacted_thinking', data: 'cmVk' }, { type: 'tool_use' }] }, {}] });
    const { reasoning_details: _lost, ...unsigned } = assistant;
    const lost = translate({ messages: [...HI, unsigned, result], tools: [WEATHER], reasoning_effort: 'low' });
    expect(lost.sent.thinking).toBeUndefined();
    expect(lost.notes?.map(({ param }) => param)).toEqual(['messages[1].reasoning_content', 'reasoning_effort']);
  });
});
