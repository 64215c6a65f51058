import type { Behaviour } from './behaviour';

const ID = 'chatcmpl-fake0000000000000001';
const CREATED = 1_790_000_000;

/** The default story: "hello", 10 tokens in, 20 out. */
const HELLO = ['h', 'e', 'l', 'l', 'o'];
export const HELLO_USAGE = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };

export interface AskedFor {
  path: string;
  model: string;
  stream: boolean;
  includeUsage: boolean;
  body: Record<string, unknown>;
}

/** The JSON body of a whole answer. */
export function wholeReply(asked: AskedFor, behaviour: Behaviour): string {
  const usage = behaviour.usage === undefined ? HELLO_USAGE : behaviour.usage;
  const told = usage === null ? {} : { usage };
  if (asked.path.endsWith('/embeddings')) return JSON.stringify(embeddings(asked, told));
  const text = (behaviour.chunks ?? HELLO).join('');
  const finish = behaviour.finish ?? 'stop';
  const isChat = asked.path.endsWith('/chat/completions');
  const choice = isChat
    ? { index: 0, message: { role: 'assistant', content: text, refusal: null }, logprobs: null, finish_reason: finish }
    : { index: 0, text, logprobs: null, finish_reason: finish };
  return JSON.stringify({ id: ID, object: isChat ? 'chat.completion' : 'text_completion', created: CREATED, model: asked.model, choices: [choice], ...told });
}

/** The events of a stream, without their framing. */
export function streamEvents(asked: AskedFor, behaviour: Behaviour): string[] {
  const isChat = asked.path.endsWith('/chat/completions');
  const usage = behaviour.usage === undefined ? HELLO_USAGE : behaviour.usage;
  const at = behaviour.usageAt ?? 'chunk';
  const head = { id: ID, object: isChat ? 'chat.completion.chunk' : 'text_completion', created: CREATED, model: asked.model };
  const chunk = (delta: object, finish: string | null, told: object | null) =>
    JSON.stringify({
      ...head,
      choices: [{ index: 0, ...(isChat ? { delta } : { text: (delta as { content?: string }).content ?? '' }), logprobs: null, finish_reason: finish }],
      ...(told ? { usage: told } : null),
    });
  const every = at === 'every' ? usage : null;
  const events = [chunk({ role: 'assistant', content: '' }, null, every), ...(behaviour.chunks ?? HELLO).map((content) => chunk({ content }, null, every))];
  if (!behaviour.noFinish) events.push(chunk({}, behaviour.finish ?? 'stop', at === 'finish' ? usage : every));
  if (usage !== null && at === 'chunk' && asked.includeUsage) events.push(JSON.stringify({ ...head, choices: [], usage }));
  if (!behaviour.noDone) events.push('[DONE]');
  return events;
}

export function errorReply(status: number): string {
  return JSON.stringify({
    error: {
      message: `The fake upstream answers ${status}.`,
      type: status >= 500 ? 'server_error' : status === 429 ? 'requests' : 'invalid_request_error',
      param: null,
      code: status === 429 ? 'rate_limit_exceeded' : null,
    },
  });
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
