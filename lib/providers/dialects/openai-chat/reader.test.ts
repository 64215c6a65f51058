import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../../contract';
import { reader } from './reader';

const chunk = (delta: object, more: object = {}, finish: string | null = null) =>
  JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...more });
const sse = (...events: string[]) => Buffer.from(events.map((event) => `data: ${event}\n\n`).join(''));

function read(bytes: Buffer) {
  const stream = reader('chat', {});
  const parts = [...stream.push(bytes), ...stream.end()];
  return { parts, kinds: parts.map((part) => part.kind), usage: stream.usage(), suspect: stream.usageSuspect() };
}
const usage = (output: number) => ({ usage: { prompt_tokens: 10, completion_tokens: output, total_tokens: 10 + output } });
const faultOf = (parts: StreamPart[]) => parts.flatMap((part) => (part.kind === 'error' ? [part.fault] : []))[0];

describe('a stream', () => {
  it('that repeats usage on every chunk counts it once, the last one', () => {
    const { kinds, usage: counted } = read(
      sse(chunk({ role: 'assistant', content: '' }, usage(0)), chunk({ content: 'a' }, usage(1)), chunk({}, usage(2), 'stop'), '[DONE]'),
    );
    expect(kinds).toEqual(['role', 'content', 'finish', 'usage', 'done']);
    expect(counted).toMatchObject({ input: 10, output: 2 });
  });

  it('keeps the last believable usage when a later one is absurd', () => {
    const { usage: counted, suspect } = read(
      sse(chunk({ content: 'a' }, usage(1)), JSON.stringify({ choices: [], usage: { prompt_tokens: -5, completion_tokens: 1 } }), '[DONE]'),
    );
    expect(counted).toMatchObject({ output: 1 });
    expect(suspect).toBe(true);
  });

  it('with a broken chunk goes on, and the broken bytes never leave', () => {
    const { kinds } = read(sse(chunk({ content: 'a' }), '{"broken', 'null', '7', chunk({ content: 'b' }), chunk({}, {}, 'stop'), '[DONE]'));
    expect(kinds).toEqual(['content', 'bad', 'bad', 'bad', 'content', 'finish', 'done']);
  });

  it('without [DONE] still tells its usage at the end', () => {
    expect(read(sse(chunk({ content: 'a' }), chunk({}, {}, 'stop'), JSON.stringify({ choices: [], ...usage(3) }))).kinds).toEqual([
      'content',
      'finish',
      'usage',
    ]);
  });

  it('of several choices is finished when the last of them is', () => {
    const of = (index: number, delta: object, finish: string | null = null) => JSON.stringify({ id: 'c1', choices: [{ index, delta, finish_reason: finish }] });
    const said = [of(0, { content: 'a' }), of(1, { content: 'b' }), of(0, {}, 'stop'), of(1, { content: 'c' })];
    expect(read(sse(...said)).kinds).toEqual(['content', 'content', 'other', 'content']);
    expect(read(sse(...said, of(1, {}, 'length'), '[DONE]')).kinds.slice(4)).toEqual(['finish', 'done']);
    const together = JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }, { index: 1, delta: {}, finish_reason: 'stop' }] });
    expect(read(sse(of(0, { content: 'a' }), of(1, { content: 'b' }), together, '[DONE]')).kinds.slice(2)).toEqual(['finish', 'done']);
  });

  it('hears an event named error, with or without an envelope, as JSON or as words', () => {
    for (const data of ['{"message":"boom","code":503}', '{"error":{"message":"boom","code":503}}', '{"type":"error","error":{"message":"boom","code":503}}']) {
      expect(faultOf(read(Buffer.from(`event: error\ndata: ${data}\n\n`)).parts), data).toMatchObject({ kind: 'overloaded', message: 'boom' });
    }
    expect(faultOf(read(Buffer.from('event: error\ndata: upstream reset\n\n')).parts)).toMatchObject({ message: 'upstream reset' });
  });

  it('says nothing after [DONE]', () => {
    expect(read(sse(chunk({}, {}, 'stop'), '[DONE]', chunk({ content: 'late' }))).kinds).toEqual(['finish', 'done']);
  });

  it('of pretty-printed JSON leaves on one line', () => {
    const pretty = JSON.stringify(JSON.parse(chunk({ content: 'a' })), null, 1);
    const { parts } = read(
      Buffer.from(
        `${pretty
          .split('\n')
          .map((line) => `data: ${line}\n`)
          .join('')}\n`,
      ),
    );
    expect(parts).toMatchObject([{ kind: 'content', frame: chunk({ content: 'a' }) }]);
  });

  it('counts a refusal, a tool call and sound as content, and an empty delta as none', () => {
    const deltas = [
      { refusal: 'no' },
      { tool_calls: [{ index: 0, function: { name: 'f', arguments: '{' } }] },
      { audio: { data: 'AA' } },
      { content: '' },
      {},
      { role: 'assistant', content: null, reasoning_content: '' },
    ];
    expect(read(sse(...deltas.map((delta) => chunk(delta)))).kinds).toEqual(['content', 'content', 'content', 'role', 'role', 'role']);
  });

  it('that is a whole JSON answer becomes a stream', () => {
    const reply = {
      id: 'c9',
      object: 'chat.completion',
      model: 'm',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'hello', tool_calls: [{ id: 't', function: { name: 'f', arguments: '{}' } }] },
          finish_reason: 'tool_calls',
        },
      ],
      ...usage(4),
    };
    const { kinds, parts, usage: counted } = read(Buffer.from(`\n\n${JSON.stringify(reply)}`));
    expect(kinds).toEqual(['content', 'finish', 'usage', 'done']);
    expect(parts[0]).toMatchObject({
      chunk: { object: 'chat.completion.chunk', choices: [{ delta: { content: 'hello', tool_calls: [{ index: 0, id: 't' }] } }] },
    });
    expect(counted).toMatchObject({ output: 4 });
  });

  it('that is an error, a page or nothing says so', () => {
    expect(faultOf(read(Buffer.from('{"error":{"message":"no","type":"server_error"}}')).parts)).toMatchObject({ kind: 'server', message: 'no' });
    expect(faultOf(read(Buffer.from('<html><title>Welcome</title></html>')).parts)).toMatchObject({ kind: 'malformed' });
    expect(read(Buffer.from('')).parts).toEqual([]);
    expect(faultOf(read(sse(JSON.stringify({ choices: [], error: { message: 'quota', code: 'insufficient_quota' } }))).parts)).toMatchObject({
      kind: 'quota_exhausted',
    });
  });
});
