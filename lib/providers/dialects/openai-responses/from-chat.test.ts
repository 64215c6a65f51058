import { describe, expect, it } from 'vitest';
import { adapterOfModel, findAdapter, surfacesOf } from '../../registry';
import type { Adapter } from '../../contract';
import { openAiResponses } from '.';

const encode = (body: Record<string, unknown>, upstreamModel = 'gpt-6-pro', outputLimit?: number) => {
  const call = { surface: 'chat' as const, body: { model: 'ours', messages: [{ role: 'user', content: 'hi' }], ...body }, stream: body.stream === true, wantsUsage: false };
  const encoded = openAiResponses.encode(call, { upstreamModel, quirks: {}, outputLimit });
  return { path: encoded.path, notes: encoded.notes ?? [], body: JSON.parse(String(encoded.body)) as Record<string, unknown> };
};
const refused = (body: Record<string, unknown>) => () => encode(body);

describe('a chat call to a model that is offered through Responses only', () => {
  it('is the conversation as input items, with nothing stored', () => {
    const { path, body, notes } = encode({
      max_completion_tokens: 900,
      temperature: 0.5,
      prompt_cache_key: 'k',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } }] },
        { role: 'assistant', content: 'Let me look.', tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '' } }, { id: 'call_2', type: 'function', function: { name: 'ask', arguments: '{"a":1}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'a cat' },
        { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'yes' }] },
      ],
    });
    expect(path).toBe('/responses');
    expect(notes).toEqual([]);
    expect(body).toEqual({
      model: 'gpt-6-pro',
      store: false,
      stream: false,
      temperature: 0.5,
      prompt_cache_key: 'k',
      max_output_tokens: 900,
      include: ['reasoning.encrypted_content'],
      input: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'input_text', text: 'What is this?' }, { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me look.', annotations: [] }] },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
        { type: 'function_call', call_id: 'call_2', name: 'ask', arguments: '{"a":1}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'a cat' },
        { type: 'function_call_output', call_id: 'call_2', output: [{ type: 'input_text', text: 'yes' }] },
      ],
    });
  });

  it('F06 keeps tools as they were meant, and every form of choice', () => {
    const tools = [{ type: 'function', function: { name: 'look', description: 'Looks', parameters: { type: 'object' } } }, { type: 'function', function: { name: 'ask', strict: true } }];
    expect(encode({ tools, parallel_tool_calls: false }).body).toMatchObject({
      parallel_tool_calls: false,
      tools: [
        { type: 'function', name: 'look', description: 'Looks', parameters: { type: 'object' }, strict: false },
        { type: 'function', name: 'ask', parameters: { type: 'object', properties: {} }, strict: true },
      ],
    });
    for (const choice of ['auto', 'none', 'required']) expect(encode({ tools, tool_choice: choice }).body.tool_choice).toBe(choice);
    expect(encode({ tools, tool_choice: { type: 'function', function: { name: 'ask' } } }).body.tool_choice).toEqual({ type: 'function', name: 'ask' });
    const only = encode({ tools, tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'ask' } }] } } }).body;
    expect([only.tool_choice, (only.tools as unknown[]).length]).toEqual(['required', 1]);
    expect(encode({ parallel_tool_calls: true }).body).not.toHaveProperty('parallel_tool_calls');
  });

  it('F07 asks for structured output in its own place', () => {
    const schema = { type: 'object', properties: { n: { type: 'number', minimum: 1 } }, required: ['n'], additionalProperties: false };
    expect(encode({ response_format: { type: 'json_schema', json_schema: { name: 'count', strict: true, schema } } }).body.text).toEqual({ format: { type: 'json_schema', name: 'count', schema, strict: true } });
    expect(encode({ response_format: { type: 'json_object' }, verbosity: 'low' }).body.text).toEqual({ format: { type: 'json_object' }, verbosity: 'low' });
  });

  it('asks for reasoning, and for its sealed form only where the model has it', () => {
    expect(encode({ reasoning_effort: 'high' }).body).toMatchObject({ reasoning: { effort: 'high' }, include: ['reasoning.encrypted_content'] });
    expect(encode({ reasoning: { effort: 'low', summary: 'auto' } }).body.reasoning).toEqual({ effort: 'low', summary: 'auto' });
    expect(encode({}, 'house-model').body).not.toHaveProperty('include');
  });

  it('keeps to the smaller of the two limits', () => {
    expect(encode({ max_tokens: 900 }, 'gpt-6-pro', 500).body.max_output_tokens).toBe(500);
    expect(encode({}, 'gpt-6-pro', 500).body.max_output_tokens).toBe(500);
  });

  it('refuses what Responses cannot do, and tells what it left out', () => {
    expect(refused({ stop: ['x'] })).toThrow(expect.objectContaining({ code: 'unsupported_parameter', extras: expect.objectContaining({ param: 'stop' }) }));
    expect(refused({ n: 2 })).toThrow(/'n' cannot be honoured/);
    expect(refused({ messages: [{ role: 'tool', tool_call_id: 'nobody', content: 'x' }] })).toThrow(/nobody/);
    expect(refused({ messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }] }] })).toThrow(/audio/);
    expect(encode({ seed: 7 }).notes).toEqual([{ param: 'seed', did: 'removed' }]);
  });
});

it('F09 sealed reasoning comes back word for word in the next turn', () => {
  const sealed = { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'c2VhbGVk' };
  const response = { id: 'resp_1', status: 'completed', model: 'm', output: [sealed, { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look', arguments: '{}' }] };
  const reply = openAiResponses.decode('chat', Buffer.from(JSON.stringify(response)), {});
  const { message } = (reply as unknown as { json: { choices: { message: Record<string, unknown> }[] } }).json.choices[0] as { message: Record<string, unknown> };
  expect(message).toMatchObject({ content: null, reasoning_content: 'Hm.', tool_calls: [{ id: 'call_1', function: { name: 'look', arguments: '{}' } }] });
  const { body } = encode({ messages: [{ role: 'user', content: 'hi' }, message, { role: 'tool', tool_call_id: 'call_1', content: 'x' }] });
  expect((body.input as unknown[])[1]).toEqual({ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'c2VhbGVk' });
});

describe('an answer of Responses for a chat client', () => {
  const read = (events: object[]) => {
    const reader = openAiResponses.reader('chat', {});
    const parts = [...reader.push(Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))), ...reader.end()];
    return { parts, deltas: parts.flatMap((part) => ('chunk' in part ? ((part.chunk.choices as { delta: object }[])[0]?.delta ?? []) : [])) };
  };

  it('F03 and F04: arguments that come only when they are done are delivered, and none at all are an empty object', () => {
    const { deltas } = read([
      { type: 'response.output_item.added', output_index: 0, item: { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '' } },
      { type: 'response.output_item.done', output_index: 0, item: { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"a":1}' } },
      { type: 'response.output_item.added', output_index: 1, item: { type: 'function_call', call_id: 'call_2', name: 'ask', arguments: '' } },
      { type: 'response.output_item.done', output_index: 1, item: { type: 'function_call', call_id: 'call_2', name: 'ask', arguments: '' } },
    ]);
    expect(deltas.map((delta) => (delta as { tool_calls: { index: number; function: object }[] }).tool_calls[0])).toMatchObject([
      { index: 0, id: 'call_1', function: { name: 'look' } },
      { index: 0, function: { arguments: '{"a":1}' } },
      { index: 1, id: 'call_2', function: { name: 'ask' } },
      { index: 1, function: { arguments: '{}' } },
    ]);
  });

  it('F08 tells a refusal, and how the answer ended', () => {
    const { parts, deltas } = read([
      { type: 'response.refusal.delta', output_index: 0, delta: 'No.' },
      { type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] } },
    ]);
    expect(deltas[0]).toEqual({ refusal: 'No.' });
    expect(parts.find(({ kind }) => kind === 'finish')).toMatchObject({ finish: 'content_filter', chunk: { choices: [{ native_finish_reason: 'content_filter' }] } });
  });
});

it('names that OpenAI offers through Responses only speak it; all others stay with chat', () => {
  const openai = findAdapter('openai') as Adapter;
  const dialectOf = (model: string, capabilities: string[] = []) => adapterOfModel(openai, model, new Set(capabilities)).dialect;
  for (const model of ['o3-pro', 'o3-pro-2026-01-31', 'gpt-5-pro', 'gpt-5.1-codex', 'gpt-5.1-codex-max', 'codex-mini-latest', 'o4-mini-deep-research']) expect(dialectOf(model), model).toBe('openai-responses');
  for (const model of ['gpt-4o', 'gpt-5', 'gpt-6-sol', 'o3', 'o4-mini', 'chatgpt-4o-latest']) expect(dialectOf(model), model).toBe('openai-chat');
  expect(dialectOf('gpt-6-sol', ['tools', 'responses-only'])).toBe('openai-responses');
  expect(surfacesOf(adapterOfModel(openai, 'o3-pro', new Set()))).toEqual(['chat', 'responses']);
});
