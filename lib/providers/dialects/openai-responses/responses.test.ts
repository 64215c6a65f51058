import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../../contract';
import { textOf } from '../../recordings';
import { openAiChat } from '../openai-chat';
import { openAiResponses } from '.';

const USAGE = { input_tokens: 1_200, input_tokens_details: { cached_tokens: 1_024 }, output_tokens: 42, output_tokens_details: { reasoning_tokens: 30 }, total_tokens: 1_242 };
const message = { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] };
const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}', status: 'completed' };
const response = (output: object[], more: object = {}) => ({ id: 'resp_1', object: 'response', status: 'completed', model: 'gpt', output, usage: USAGE, error: null, incomplete_details: null, ...more });

function read(text: string) {
  const reading = openAiResponses.reader('responses', {});
  const parts: StreamPart[] = [...reading.push(Buffer.from(text)), ...reading.end()];
  return { parts, usage: reading.usage(), id: reading.id() };
}
const stream = (events: { type: string }[]) => read(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));

const EVENTS = [
  { type: 'response.created', response: response([], { status: 'in_progress', usage: null }) },
  { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, delta: 'Hm.' },
  { type: 'response.output_item.added', output_index: 1, item: { ...message, content: [] } },
  { type: 'response.content_part.added', output_index: 1 },
  { type: 'response.output_text.delta', output_index: 1, delta: 'Hello' },
  { type: 'response.output_text.done', output_index: 1, text: 'Hello' },
  { type: 'response.from_the_future', made_up: 1 },
];

describe('a Responses upstream', () => {
  it('gets the body as the client sent it, with its model and our limit', () => {
    const body = { model: 'fast-chat', input: 'hi', tools: [{ type: 'web_search' }], include: ['reasoning.encrypted_content'], made_up: 1, max_output_tokens: 900 };
    const encoded = openAiChat.encode({ surface: 'responses', body, stream: true, wantsUsage: false }, { upstreamModel: 'gpt-6-sol', quirks: {}, outputLimit: 500 });
    expect(encoded.path).toBe('/responses');
    expect(JSON.parse(String(encoded.body))).toEqual({ ...body, model: 'gpt-6-sol', max_output_tokens: 500 });
  });

  it('streams every event on as it came, the one that ends it apart', () => {
    const events = [...EVENTS, { type: 'response.completed', response: response([message]) }];
    const { parts, usage, id } = stream(events);
    expect(parts.map(({ kind }) => kind)).toEqual(['role', 'role', 'content', 'role', 'role', 'content', 'other', 'other', 'finish', 'done']);
    const frames = parts.flatMap((part) => (part.kind === 'done' ? [part.last?.frame] : 'frame' in part && part.frame !== '' ? [part.frame] : []));
    expect(frames).toEqual(events.map((event) => JSON.stringify(event)));
    expect([textOf(parts, 'text'), textOf(parts, 'reasoning')]).toEqual(['Hello', 'Hm.']);
    expect(usage).toEqual({ input: 1_200, cacheRead: 1_024, cacheWrite: 0, cacheWrite1h: 0, output: 42, reasoning: 30 });
    expect(id).toBe('resp_1');
  });

  it('F08 knows how a response ended', () => {
    const finish = (end: object) => openAiResponses.decode('responses', Buffer.from(JSON.stringify(end)), {});
    expect(finish(response([message]))).toMatchObject({ finish: 'stop', text: 'Hello' });
    expect(finish(response([call]))).toMatchObject({ finish: 'tool_calls', text: 'get_weather{"city":"Paris"}' });
    expect(finish(response([message], { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }))).toMatchObject({ finish: 'length' });
    expect(finish(response([message], { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }))).toMatchObject({ finish: 'content_filter' });
    expect(finish(response([], { status: 'in_progress' }))).toMatchObject({ finish: null });
  });

  it('hears a failure, in its own event, in an error event, and in a whole answer that came with 200', () => {
    const error = { code: 'rate_limit_exceeded', message: 'slow down' };
    const failed = response([], { status: 'failed', error });
    expect(stream([...EVENTS, { type: 'response.failed', response: failed } as { type: string }]).parts.at(-1)).toMatchObject({ kind: 'error', fault: { kind: 'rate_limit', message: 'slow down' } });
    expect(stream([{ type: 'error', ...error } as { type: string }]).parts).toMatchObject([{ kind: 'error', fault: { kind: 'rate_limit', message: 'slow down' } }]);
    expect(openAiResponses.decode('responses', Buffer.from(JSON.stringify(failed)), {})).toMatchObject({ fault: { kind: 'rate_limit' } });
    expect(stream(EVENTS).parts.some(({ kind }) => kind === 'finish' || kind === 'done')).toBe(false);
  });

  it('tells a whole answer as events where a stream was asked for', () => {
    const { parts, usage } = read(JSON.stringify(response([message, call])));
    expect(textOf(parts, 'text')).toBe('Helloget_weather{"city":"Paris"}');
    const types = parts.flatMap((part) => ('chunk' in part && part.frame !== '' ? [part.chunk.type] : []));
    expect(types.slice(0, 5)).toEqual(['response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added', 'response.output_text.delta']);
    expect(parts.at(-1)).toMatchObject({ kind: 'done', last: { chunk: { type: 'response.completed', sequence_number: 12 } } });
    expect(usage?.output).toBe(42);
  });
});
