import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../../contract';
import { callsOf } from '../../recordings';
import { decode } from './decode';
import { reader } from './reader';

const USAGE = { input_tokens: 3, cache_creation_input_tokens: 12_304, cache_read_input_tokens: 0, output_tokens: 550 };
const START = { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [], usage: { ...USAGE, output_tokens: 1 } } };
const end = (stop_reason: string) => [{ type: 'message_delta', delta: { stop_reason }, usage: USAGE }, { type: 'message_stop' }];

function stream(events: object[], surface: 'chat' | 'messages' = 'chat') {
  const bytes = Buffer.from(events.map((event) => `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
  const reading = reader(surface, {});
  const parts: StreamPart[] = [...reading.push(bytes), ...reading.end()];
  return { parts, usage: reading.usage() };
}

const block = (index: number, content_block: object, deltas: object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];
const json = (partial_json: string) => ({ type: 'input_json_delta', partial_json });
const tool = (id: string, input: object = {}) => ({ type: 'tool_use', id, name: 'get_weather', input });

describe('an Anthropic answer to a chat client', () => {
  it('F02 streams two parallel calls after a text with indexes 0 and 1, stable ids and arguments split in an escape', () => {
    const { parts } = stream([
      START,
      ...block(0, { type: 'text', text: '' }, [{ type: 'text_delta', text: 'Let me look.' }]),
      ...block(1, tool('toolu_a'), [json('{"city":"Par'), json('is\\'), json('n"}')]),
      ...block(2, tool('toolu_b'), [json('{"city":'), json('"Lima"}')]),
      ...end('tool_use'),
    ]);
    expect(callsOf(parts)).toEqual([
      { id: 'toolu_a', name: 'get_weather', arguments: '{"city":"Paris\\n"}' },
      { id: 'toolu_b', name: 'get_weather', arguments: '{"city":"Lima"}' },
    ]);
    expect(parts.find((part) => part.kind === 'finish')).toMatchObject({ finish: 'tool_calls' });
    expect(parts.map(({ kind }) => kind).slice(-3)).toEqual(['finish', 'usage', 'done']);
  });

  it('F03 gives a call without arguments an empty object', () => {
    for (const deltas of [[], [json('')]]) expect(callsOf(stream([START, ...block(0, tool('toolu_a'), deltas), ...end('tool_use')]).parts)[0]?.arguments).toBe('{}');
    const whole = decode('chat', Buffer.from(JSON.stringify({ ...START.message, content: [tool('toolu_a')], stop_reason: 'tool_use', usage: USAGE })), {});
    expect(whole).toMatchObject({ json: { choices: [{ message: { content: null, tool_calls: [{ function: { arguments: '{}' } }] }, finish_reason: 'tool_calls' }] } });
  });

  it('F04 delivers arguments that came with the block and not in deltas', () => {
    const { parts } = stream([START, ...block(0, tool('toolu_a', { city: 'Rome' }), []), ...end('tool_use')]);
    expect(callsOf(parts)[0]?.arguments).toBe('{"city":"Rome"}');
  });

  it('F08 says every stop reason in chat words and keeps the original', () => {
    const expected = { end_turn: 'stop', stop_sequence: 'stop', max_tokens: 'length', model_context_window_exceeded: 'length', tool_use: 'tool_calls', refusal: 'content_filter', brand_new: 'stop' };
    for (const [native, finish] of Object.entries(expected)) {
      const part = stream([START, ...block(0, { type: 'text', text: '' }, [{ type: 'text_delta', text: 'x' }]), ...end(native)]).parts.find(({ kind }) => kind === 'finish');
      expect(part).toMatchObject({ finish, chunk: { choices: [{ finish_reason: finish, native_finish_reason: native }] } });
    }
  });

  it('F11 counts what was written to and read from the cache as part of the prompt, an hour apart', () => {
    const { usage, parts } = stream([START, ...block(0, { type: 'text', text: '' }, [{ type: 'text_delta', text: 'x' }]), ...end('end_turn')]);
    expect(usage).toEqual({ input: 12_307, cacheRead: 0, cacheWrite: 12_304, cacheWrite1h: 0, output: 550, reasoning: null });
    expect(parts.find(({ kind }) => kind === 'usage')).toMatchObject({
      chunk: { usage: { prompt_tokens: 12_307, completion_tokens: 550, total_tokens: 12_857, prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 12_304 } } },
    });
    const hour = { ...USAGE, cache_creation: { ephemeral_5m_input_tokens: 304, ephemeral_1h_input_tokens: 12_000 }, output_tokens_details: { thinking_tokens: 100 } };
    const compacted = { ...hour, iterations: [{ type: 'compaction', input_tokens: 1_000, output_tokens: 50 }, { type: 'message', input_tokens: 3, output_tokens: 550 }] };
    const whole = decode('chat', Buffer.from(JSON.stringify({ ...START.message, content: [], stop_reason: 'end_turn', usage: compacted })), {});
    expect(whole).toMatchObject({ usage: { input: 13_307, cacheWrite: 12_304, cacheWrite1h: 12_000, output: 600, reasoning: 100 } });
  });

  it('F09 carries thoughts as reasoning_content, and whole with their signature for the next turn', () => {
    const { parts } = stream([
      START,
      ...block(0, { type: 'thinking', thinking: '', signature: '' }, [{ type: 'thinking_delta', thinking: 'Hm, ' }, { type: 'thinking_delta', thinking: 'yes.' }, { type: 'signature_delta', signature: 'c2ln' }]),
      ...block(1, { type: 'redacted_thinking', data: 'cmVk' }, []),
      ...block(2, { type: 'text', text: '' }, [{ type: 'text_delta', text: 'Yes.' }]),
      ...end('end_turn'),
    ]);
    expect(parts.map((part) => ('reasoning' in part ? part.reasoning : '')).join('')).toBe('Hm, yes.');
    const details = parts.flatMap((part) => ('chunk' in part ? ((part.chunk.choices as { delta: { reasoning_details?: object[] } }[])[0]?.delta.reasoning_details ?? []) : []));
    expect(details).toEqual([
      { type: 'reasoning.text', text: 'Hm, yes.', signature: 'c2ln', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'cmVk', format: 'anthropic-claude-v1', index: 1 },
    ]);
  });

  it('skips pings and events it does not know, and hears an error in the middle', () => {
    const text = block(0, { type: 'text', text: '' }, [{ type: 'text_delta', text: 'Hel' }]).slice(0, 2);
    const { parts, usage } = stream([START, { type: 'ping' }, { type: 'from_the_future', x: 1 }, ...text, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]);
    expect(parts.map(({ kind }) => kind)).toEqual(['role', 'content', 'error']);
    expect(parts.at(-1)).toMatchObject({ fault: { kind: 'overloaded', message: 'Overloaded' } });
    expect(usage).toBeNull();
  });
});

describe('an Anthropic answer to a Messages client', () => {
  it('passes every event as it came, its end apart', () => {
    const events = [START, { type: 'ping' }, { type: 'from_the_future', x: 1 }, ...block(0, tool('toolu_a'), [json('{}')]), ...end('tool_use')];
    const { parts, usage } = stream(events, 'messages');
    const frames = parts.map((part) => (part.kind === 'done' ? part.last?.frame : 'frame' in part ? part.frame : ''));
    expect(frames).toEqual(events.map((event) => JSON.stringify(event)));
    expect(parts.map(({ kind }) => kind)).toEqual(['role', 'other', 'other', 'content', 'content', 'other', 'finish', 'done']);
    expect(usage?.output).toBe(550);
  });
});
