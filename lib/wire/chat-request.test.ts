import { describe, expect, it } from 'vitest';
import { isFairleadError } from '@/lib/kernel/errors';
import type { Surface } from './call';
import { parseBody } from './chat-request';

const OK = { model: 'fast-chat', messages: [{ role: 'user', content: 'hi' }] };

function refusalOf(body: unknown, surface: Surface = 'chat') {
  try {
    parseBody(surface, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
  } catch (error) {
    if (isFairleadError(error)) return { code: error.code, param: error.extras.param ?? null, message: error.message };
    throw error;
  }
  return null;
}

describe('bytes that are no UTF-8', () => {
  const body = (text: Buffer) => Buffer.concat([Buffer.from('{"model":"m","messages":[{"role":"user","content":"'), text, Buffer.from('"}]}')]);

  it('are refused; the replacement character itself is a character like any other', () => {
    expect(() => parseBody('chat', body(Buffer.from([0xe4, 0xbd])))).toThrow('not valid UTF-8');
    expect(parseBody('chat', body(Buffer.from('\ufffd 你好 😀'))).body.messages).toEqual([{ role: 'user', content: '\ufffd 你好 😀' }]);
  });
});

describe('a malformed body', () => {
  it.each([
    ['{"model":', 'invalid_json', null],
    ['', 'invalid_json', null],
    ['[]', 'invalid_request', null],
    ['"text"', 'invalid_request', null],
    [{ messages: OK.messages }, 'invalid_request', 'model'],
    [{ ...OK, model: '' }, 'invalid_request', 'model'],
    [{ ...OK, model: 7 }, 'invalid_request', 'model'],
    [{ model: 'm' }, 'invalid_request', 'messages'],
    [{ ...OK, messages: 'hi' }, 'invalid_request', 'messages'],
    [{ ...OK, messages: {} }, 'invalid_request', 'messages'],
    [{ ...OK, messages: [] }, 'invalid_request', 'messages'],
    [{ ...OK, messages: ['hi'] }, 'invalid_request', 'messages[0]'],
    [{ ...OK, messages: [null] }, 'invalid_request', 'messages[0]'],
    [{ ...OK, messages: [{ content: 'hi' }] }, 'invalid_request', 'messages[0].role'],
    [{ ...OK, messages: [OK.messages[0], { role: 'robot', content: 'hi' }] }, 'invalid_request', 'messages[1].role'],
    [{ ...OK, messages: [{ role: 'user' }] }, 'invalid_request', 'messages[0].content'],
    [{ ...OK, messages: [{ role: 'user', content: 5 }] }, 'invalid_request', 'messages[0].content'],
    [{ ...OK, messages: [{ role: 'user', content: { text: 'hi' } }] }, 'invalid_request', 'messages[0].content'],
    [{ ...OK, stream: 'yes' }, 'invalid_request', 'stream'],
    [{ ...OK, stream: 1 }, 'invalid_request', 'stream'],
    [{ ...OK, stream_options: true }, 'invalid_request', 'stream_options'],
    [{ ...OK, stream_options: [] }, 'invalid_request', 'stream_options'],
    [{ ...OK, max_tokens: 0 }, 'invalid_request', 'max_tokens'],
    [{ ...OK, max_tokens: -1 }, 'invalid_request', 'max_tokens'],
    [{ ...OK, max_tokens: 1.5 }, 'invalid_request', 'max_tokens'],
    [{ ...OK, max_tokens: '20' }, 'invalid_request', 'max_tokens'],
    [{ ...OK, max_completion_tokens: 0 }, 'invalid_request', 'max_completion_tokens'],
    [{ ...OK, n: 0 }, 'invalid_request', 'n'],
    [{ ...OK, tools: {} }, 'invalid_request', 'tools'],
  ])('%j is refused as %s at %s', (body, code, param) => {
    expect(refusalOf(body)).toMatchObject({ code, param });
  });

  it('names the value it found', () => {
    expect(refusalOf({ ...OK, messages: 5 })?.message).toBe("Invalid type for 'messages': expected an array of objects, but got an integer instead.");
    expect(refusalOf({ ...OK, messages: [{ role: 'robot' }] })?.message).toContain("'robot'");
  });

  it('has no input or prompt where the surface needs one', () => {
    expect(refusalOf({ model: 'm' }, 'embeddings')).toMatchObject({ param: 'input' });
    expect(refusalOf({ model: 'm', input: [] }, 'embeddings')).toMatchObject({ param: 'input' });
    expect(refusalOf({ model: 'm', prompt: 5 }, 'completions')).toMatchObject({ param: 'prompt' });
  });
});

describe('a well-formed body', () => {
  it('keeps fields nobody knows and says what the client asked for', () => {
    const body = { ...OK, stream: true, stream_options: { include_usage: true }, made_up: { deep: [1] } };
    expect(parseBody('chat', Buffer.from(JSON.stringify(body)))).toEqual({ surface: 'chat', body, stream: true, wantsUsage: true });
  });

  it('may carry null in optional fields, and no content in an assistant turn that calls tools', () => {
    const body = {
      ...OK,
      messages: [...OK.messages, { role: 'assistant', tool_calls: [] }, { role: 'tool', content: '4', tool_call_id: 'c' }, { role: 'user', content: null }],
      stream: null,
      stream_options: null,
      max_tokens: null,
      n: null,
      tools: null,
    };
    expect(refusalOf(body)).toBeNull();
    expect(parseBody('chat', Buffer.from(JSON.stringify(body)))).toMatchObject({ stream: false, wantsUsage: false });
  });

  it('may begin with a byte order mark', () => {
    expect(refusalOf(`\uFEFF${JSON.stringify(OK)}`)).toBeNull();
  });

  it('of the embeddings surface takes text, texts and tokens', () => {
    for (const input of ['a', ['a', 'b'], [1, 2], [[1], [2]]]) expect(refusalOf({ model: 'm', input }, 'embeddings')).toBeNull();
  });
});
