import { describe, expect, it } from 'vitest';
import type { Surface, WireCall } from '@/lib/providers/contract';
import { codecOf } from './index';

const usage = { input: 10, output: 20, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, reasoning: null };

function writerOf(surface: Surface, native: boolean) {
  const call = { surface, body: {}, model: 'std', stream: true, wantsUsage: true } as unknown as WireCall;
  return codecOf(surface).stream({ requestId: 'req_1', model: 'std', createdAtS: 1, call, native });
}

function endOf(surface: Surface, native: boolean, before: Record<string, unknown>[]): Record<string, unknown>[] {
  const writer = writerOf(surface, native);
  for (const chunk of before) writer.write({ kind: 'content', frame: JSON.stringify(chunk), chunk, text: 'hi', reasoning: '' }, null);
  const text = writer.cut() + writer.complete({ usage, costUsd: '0.000180', atS: 2, finish: 'length', last: null }, null);
  return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json as string));
}

const chat = { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta: { content: 'hi' } }] };

describe('an answer that is cut at its hold ends like one that reached its limit', () => {
  it('chat: finish_reason length, then usage', () => {
    const [finish, counted] = endOf('chat', true, [chat]);
    expect(finish).toMatchObject({ id: 'c1', model: 'std', choices: [{ index: 0, delta: {}, finish_reason: 'length' }] });
    expect(counted).toMatchObject({ choices: [], usage: { completion_tokens: 20, cost: '0.000180' } });
  });

  it('completions: a choice with text', () => {
    expect(endOf('completions', true, [])[0]).toMatchObject({ choices: [{ index: 0, text: '', finish_reason: 'length' }] });
  });

  it.each([[false, [chat]], [true, [{ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }]]] as const)('messages (native: %s): the block closes and the stop reason is max_tokens', (native, before) => {
    const frames = endOf('messages', native, [...before]);
    expect(frames.map(({ type }) => type)).toEqual(['content_block_stop', 'message_delta', 'message_stop']);
    expect(frames[1]).toMatchObject({ delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 20, cost: '0.000180' } });
  });

  it.each([[false, [chat]], [true, [{ type: 'response.created', sequence_number: 0, response: { id: 'resp_1', output: [] } }]]] as const)('responses (native: %s): the response is incomplete for its output tokens', (native, before) => {
    expect(endOf('responses', native, [...before]).at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, usage: { output_tokens: 20, cost: '0.000180' } },
    });
  });
});
