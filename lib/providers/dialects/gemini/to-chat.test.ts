import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../../contract';
import { callsOf, textOf } from '../../recordings';
import { decode } from './decode';
import { reader } from './reader';

const chunk = (parts: object[], more: object = {}) => ({ candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }], modelVersion: 'gemini', responseId: 'r1' });

function stream(chunks: object[]) {
  const reading = reader('chat', {});
  const bytes = Buffer.from(chunks.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`).join(''));
  const parts: StreamPart[] = [...reading.push(bytes), ...reading.end()];
  return { parts, usage: reading.usage(), suspect: reading.usageSuspect() };
}

const finishOf = (parts: readonly StreamPart[]) => parts.find((part) => part.kind === 'finish');

describe('a Gemini answer to a chat client', () => {
  it('F02 streams parallel calls with indexes, ids of their own and whole arguments', () => {
    const { parts } = stream([
      chunk([{ text: 'Looking.' }]),
      chunk([{ functionCall: { name: 'get_weather', args: { city: 'Paris' } }, thoughtSignature: 'c2ln' }, { functionCall: { name: 'get_date' } }]),
      chunk([{ text: '' }], { finishReason: 'STOP' }),
    ]);
    expect(callsOf(parts)).toEqual([
      { id: 'call_r1_0', name: 'get_weather', arguments: '{"city":"Paris"}' },
      { id: 'call_r1_1', name: 'get_date', arguments: '{}' },
    ]);
    const start = parts.find((part) => part.kind === 'content' && part.text === 'get_weather');
    expect(start).toMatchObject({ chunk: { choices: [{ delta: { tool_calls: [{ extra_content: { google: { thought_signature: 'c2ln' } } }] } }] } });
    expect(finishOf(parts)).toMatchObject({ finish: 'tool_calls', chunk: { choices: [{ native_finish_reason: 'STOP' }] } });
    expect(parts.at(-1)).toEqual({ kind: 'done' });
  });

  it('F08 says every finish reason in chat words and keeps the original', () => {
    for (const [native, finish] of Object.entries({ STOP: 'stop', MAX_TOKENS: 'length', SAFETY: 'content_filter', RECITATION: 'content_filter', SPII: 'content_filter', OTHER: 'stop', BRAND_NEW: 'stop' })) {
      expect(finishOf(stream([chunk([{ text: 'x' }], { finishReason: native })]).parts)).toMatchObject({ finish, chunk: { choices: [{ native_finish_reason: native }] } });
    }
    const blocked = { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9 } };
    expect(finishOf(stream([blocked]).parts)).toMatchObject({ finish: 'content_filter' });
    expect(decode('chat', Buffer.from(JSON.stringify(blocked)), {})).toMatchObject({ finish: 'content_filter', text: '', usage: { input: 9, output: 0 } });
  });

  it('counts thoughts on top of the candidates and what tools put into the prompt, last seen', () => {
    const usageMetadata = { promptTokenCount: 100, toolUsePromptTokenCount: 20, cachedContentTokenCount: 50, candidatesTokenCount: 7, thoughtsTokenCount: 30, promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 40 }] };
    const { usage } = stream([{ ...chunk([{ text: 'x' }]), usageMetadata: { promptTokenCount: 100 } }, { ...chunk([{ text: 'y' }], { finishReason: 'STOP' }), usageMetadata }]);
    expect(usage).toEqual({ input: 120, cacheRead: 50, cacheWrite: 0, cacheWrite1h: 0, output: 37, reasoning: 30, units: { audioInput: 40 } });
    expect(stream([{ ...chunk([{ text: 'x' }]), usageMetadata: { promptTokenCount: -1, candidatesTokenCount: 2 } }])).toMatchObject({ usage: null, suspect: true });
  });

  it('reads a list of answers where the stream came as JSON, and an error in the middle', () => {
    const reading = reader('chat', {});
    const list = [chunk([{ text: 'Hel' }]), chunk([{ text: 'lo' }], { finishReason: 'STOP' })];
    const parts = [...reading.push(Buffer.from(JSON.stringify(list))), ...reading.end()];
    expect(textOf(parts, 'text')).toBe('Hello');
    expect(parts.at(-1)?.kind).toBe('done');
    const { parts: broken } = stream([chunk([{ text: 'Hel' }]), { error: { code: 503, message: 'overloaded', status: 'UNAVAILABLE' } }]);
    expect(broken.at(-1)).toMatchObject({ kind: 'error', fault: { kind: 'overloaded' } });
  });

  it('F13 several candidates are several choices, whole and streamed, and the answer is complete when the last of them is', () => {
    const candidate = (index: number, text: string, finishReason?: string) => ({ content: { parts: [{ text }], role: 'model' }, index, ...(finishReason ? { finishReason } : null) });
    const whole = decode('chat', Buffer.from(JSON.stringify({ candidates: [candidate(0, 'one', 'STOP'), candidate(1, 'two', 'MAX_TOKENS')], responseId: 'r1' })), {});
    expect(whole).toMatchObject({ text: 'onetwo', finish: 'stop', json: { choices: [{ index: 0, message: { content: 'one' } }, { index: 1, message: { content: 'two' }, finish_reason: 'length' }] } });
    const events = [{ candidates: [candidate(0, 'o'), candidate(1, 't')] }, { candidates: [candidate(0, 'ne', 'STOP')] }, { candidates: [candidate(1, 'wo', 'STOP')] }];
    const { parts } = stream(events);
    expect(parts.map((part) => ('chunk' in part ? [part.kind, (part.chunk.choices as { index: number }[])[0]?.index] : [part.kind]))).toEqual([
      ['role', 0], ['content', 0], ['content', 1], ['content', 0], ['other', 0], ['content', 1], ['finish', 1], ['done'],
    ]);
    expect(stream(events.slice(0, 2)).parts.some(({ kind }) => kind === 'finish' || kind === 'done')).toBe(false);
  });

  it('a list without candidates, and a call that Gemini could not read, are failed attempts', () => {
    expect(decode('chat', Buffer.from('{"candidates":[]}'), {})).toMatchObject({ fault: { kind: 'malformed' } });
    const lost = chunk([], { finishReason: 'MALFORMED_FUNCTION_CALL' });
    expect(decode('chat', Buffer.from(JSON.stringify(lost)), {})).toMatchObject({ fault: { kind: 'malformed', retry: 'same' } });
    expect(stream([lost]).parts.at(-1)).toMatchObject({ kind: 'error', fault: { kind: 'malformed' } });
  });
});
