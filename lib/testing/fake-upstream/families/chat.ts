import type { Behaviour } from '../behaviour';
import { type AskedFor, CREATED, type Family, finishIn, HELLO_USAGE, storyOf } from './family';

const ID = 'chatcmpl-fake0000000000000001';

/** OpenAI's chat completions, completions and embeddings. */
export const chatFamily: Family = {
  whole,
  events,
  error: (status) =>
    JSON.stringify({
      error: {
        message: `The fake upstream answers ${status}.`,
        type: status >= 500 ? 'server_error' : status === 429 ? 'requests' : 'invalid_request_error',
        param: null,
        code: status === 429 ? 'rate_limit_exceeded' : null,
      },
    }),
  errorEvent: JSON.stringify({ error: { message: 'The server had an error while processing your request.', type: 'server_error', param: null, code: null } }),
};

function whole(asked: AskedFor, behaviour: Behaviour): string {
  const usage = behaviour.usage === undefined ? HELLO_USAGE : behaviour.usage;
  const told = usage === null ? {} : { usage };
  if (asked.path.endsWith('/embeddings')) return JSON.stringify(embeddings(asked, told));
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const text = chunks.join('');
  const finish = finishIn({}, behaviour);
  const isChat = asked.path.endsWith('/chat/completions');
  const message = {
    role: 'assistant',
    content: text === '' && tools.length > 0 ? null : text,
    refusal: null,
    ...(reasoning.length > 0 ? { reasoning_content: reasoning.join('') } : null),
    ...(tools.length > 0
      ? { tool_calls: tools.map(({ id, name, arguments: pieces }) => ({ id, type: 'function', function: { name, arguments: pieces.join('') } })) }
      : null),
  };
  const choice = isChat ? { index: 0, message, logprobs: null, finish_reason: finish } : { index: 0, text, logprobs: null, finish_reason: finish };
  return JSON.stringify({ id: ID, object: isChat ? 'chat.completion' : 'text_completion', created: CREATED, model: asked.model, choices: [choice], ...told });
}

function events(asked: AskedFor, behaviour: Behaviour): string[] {
  const isChat = asked.path.endsWith('/chat/completions');
  const usage = behaviour.usage === undefined ? HELLO_USAGE : behaviour.usage;
  const at = behaviour.usageAt ?? 'chunk';
  const head = { id: ID, object: isChat ? 'chat.completion.chunk' : 'text_completion', created: CREATED, model: asked.model };
  const every = at === 'every' ? usage : null;
  const chunk = (delta: object, finish: string | null = null, told: object | null = every) =>
    JSON.stringify({
      ...head,
      choices: [{ index: 0, ...(isChat ? { delta } : { text: (delta as { content?: string }).content ?? '' }), logprobs: null, finish_reason: finish }],
      ...(told ? { usage: told } : null),
    });
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const calls = tools.flatMap(({ id, name, arguments: pieces }, index) => [
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
    ...pieces.map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ]);
  const said = [
    chunk({ role: 'assistant', content: '' }),
    ...reasoning.map((piece) => chunk({ reasoning_content: piece })),
    ...chunks.map((content) => chunk({ content })),
    ...calls,
  ];
  if (!behaviour.noFinish) said.push(chunk({}, finishIn({}, behaviour), at === 'finish' ? usage : every));
  if (usage !== null && at === 'chunk' && asked.includeUsage) said.push(JSON.stringify({ ...head, choices: [], usage }));
  if (!behaviour.noDone) said.push('[DONE]');
  return said;
}

function embeddings(asked: AskedFor, told: { usage?: Record<string, unknown> }) {
  const count = Array.isArray(asked.body.input) ? asked.body.input.length : 1;
  const vector = [0.25, -0.5, 0.75];
  const embedding = asked.body.encoding_format === 'base64' ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector;
  const usage = told.usage && { prompt_tokens: told.usage.prompt_tokens, total_tokens: told.usage.prompt_tokens };
  return {
    object: 'list',
    data: Array.from({ length: count }, (_, index) => ({ object: 'embedding', index, embedding })),
    model: asked.model,
    ...(usage ? { usage } : null),
  };
}
