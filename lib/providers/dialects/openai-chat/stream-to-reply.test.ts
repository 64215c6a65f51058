import { expect, it } from 'vitest';
import { openAiChat } from './index';

const chunk = (index: number, delta: object, finish: string | null = null) => ({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', system_fingerprint: 'f', choices: [{ index, delta, finish_reason: finish }] });
const decode = (events: readonly object[], surface: 'chat' | 'completions' = 'chat', end = 'data: [DONE]\n\n') =>
  openAiChat.decode(surface, Buffer.from(`: hello\n\n${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}${end}`), {});

it('a stream that came where a whole answer was asked for is put together: words, thoughts, calls and usage', () => {
  const reply = decode([
    chunk(0, { role: 'assistant', content: '' }),
    chunk(0, { reasoning_content: 'hm' }),
    chunk(0, { content: 'Let me ' }),
    chunk(0, { content: 'look.' }),
    chunk(0, { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'weather', arguments: '' } }] }),
    chunk(0, { tool_calls: [{ index: 0, id: '', function: { arguments: '{"city":' } }, { index: 1, id: 'b', type: 'function', function: { name: 'time', arguments: '{}' } }] }),
    chunk(0, { tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] }),
    chunk(0, {}, 'tool_calls'),
    { ...chunk(0, {}), choices: [], usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 } },
  ]);
  expect(reply).toMatchObject({
    id: 'c1',
    finish: 'tool_calls',
    usage: { input: 10, output: 20 },
    json: {
      object: 'chat.completion',
      system_fingerprint: 'f',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: 'Let me look.',
            reasoning_content: 'hm',
            tool_calls: [
              { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
              { id: 'b', type: 'function', function: { name: 'time', arguments: '{}' } },
            ],
          },
        },
      ],
    },
  });
});

it('several choices keep their places, and legacy completions their text', () => {
  expect(decode([chunk(1, { content: 'two' }), chunk(0, { content: 'one' }), chunk(0, {}, 'stop'), chunk(1, {}, 'stop')])).toMatchObject({
    json: { choices: [{ index: 0, message: { content: 'one' } }, { index: 1, message: { content: 'two' } }] },
  });
  const text = (said: string, finish: string | null) => ({ id: 'c2', object: 'text_completion', choices: [{ index: 0, text: said, finish_reason: finish }] });
  expect(decode([text('hel', null), text('lo', 'stop')], 'completions')).toMatchObject({ json: { object: 'text_completion', choices: [{ text: 'hello', finish_reason: 'stop' }] } });
});

it('one that broke off, or tells of an error, is no answer', () => {
  expect(decode([chunk(0, { content: 'hel' })], 'chat', '')).toMatchObject({ fault: { kind: 'interrupted', retry: 'same' } });
  expect(decode([{ error: { message: 'busy', code: 503 } }])).toMatchObject({ fault: { kind: 'overloaded' } });
});
