import { expect, it } from 'vitest';
import { readConversation } from './read-conversation';

const said = (turns: ReturnType<typeof readConversation>) => turns?.map(({ role, text }) => `${role}: ${text}`);

it('reads a chat and its answer', () => {
  const request = JSON.stringify({
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'image_url', image_url: {} },
        ],
      },
    ],
  });
  const turns = readConversation(
    request,
    JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Hello', tool_calls: [{ function: { name: 'f', arguments: '{}' } }] } }] }),
  );
  expect(said(turns)).toEqual(['system: Be brief.', 'user: Hi', 'assistant: Hello']);
  expect(turns?.[1]?.attachments).toEqual(['image_url']);
  expect(turns?.[2]?.toolCalls).toEqual([{ name: 'f', arguments: '{}' }]);
});

it('puts a streamed answer together, reasoning and tool calls apart', () => {
  const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
  const stream =
    chunk({ role: 'assistant' }) +
    chunk({ reasoning_content: 'Hm. ' }) +
    chunk({ content: '你' }) +
    chunk({ content: '好' }) +
    chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '{"a"' } }] }) +
    chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }) +
    'data: [DONE]\n\n';
  expect(readConversation(undefined, stream)).toEqual([
    { role: 'assistant', text: '你好', reasoning: 'Hm. ', toolCalls: [{ name: 'f', arguments: '{"a":1}' }], attachments: [] },
  ]);
});

it('reads Messages and Responses as well', () => {
  expect(
    said(
      readConversation(
        JSON.stringify({ system: 'S', messages: [] }),
        JSON.stringify({ type: 'message', role: 'assistant', content: [{ type: 'text', text: 'A' }] }),
      ),
    ),
  ).toEqual(['system: S', 'assistant: A']);
  expect(
    said(readConversation(JSON.stringify({ input: 'Q' }), 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"R"}\n\n')),
  ).toEqual(['user: Q', 'assistant: R']);
});

it('reads the message that a logged stream was put together to', () => {
  const turns = readConversation(undefined, JSON.stringify({ role: 'assistant', content: 'R', reasoning_content: 'why', finish_reason: 'stop' }));
  expect(turns).toEqual([{ role: 'assistant', text: 'R', reasoning: 'why', toolCalls: [], attachments: [] }]);
});

it('says so when there is nothing to read', () => {
  expect(readConversation('not json', undefined)).toBeNull();
  expect(readConversation(undefined, undefined)).toBeNull();
});
