import type { Behaviour } from '../behaviour';
import { type AskedFor, countsOf, type Family, finishIn, storyOf } from './family';

const FINISH = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use', content_filter: 'refusal' };
const SIGNATURE = 'ZmFrZS1zaWduYXR1cmU=';

/** Anthropic's Messages, with thinking, tools and count_tokens. */
export const messagesFamily: Family = {
  whole,
  events,
  named: true,
  error: (status) => JSON.stringify({ type: 'error', error: { type: errorType(status), message: `The fake upstream answers ${status}.` }, request_id: 'req_fake01' }),
  errorEvent: JSON.stringify({ type: 'error', error: { type: 'api_error', message: 'Internal server error' }, request_id: 'req_fake01' }),
};

function whole(asked: AskedFor, behaviour: Behaviour): string {
  if (asked.path.endsWith('/count_tokens')) return JSON.stringify({ input_tokens: countsOf(behaviour)?.input ?? 0 });
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const text = chunks.join('');
  const content = [
    ...(reasoning.length > 0 ? [{ type: 'thinking', thinking: reasoning.join(''), signature: SIGNATURE }] : []),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...tools.map(({ id, name, arguments: pieces }) => ({ type: 'tool_use', id, name, input: JSON.parse(pieces.join('') || '{}') as object })),
  ];
  const usage = usageOf(behaviour);
  return JSON.stringify({ ...head(asked), content, stop_reason: finishIn(FINISH, behaviour), stop_sequence: null, ...(usage ? { usage } : null) });
}

function events(asked: AskedFor, behaviour: Behaviour): string[] {
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const usage = usageOf(behaviour);
  const said: object[] = [
    { type: 'message_start', message: { ...head(asked), content: [], stop_reason: null, stop_sequence: null, ...(usage ? { usage: { ...usage, output_tokens: 1 } } : null) } },
    { type: 'ping' },
  ];
  let index = 0;
  const block = (content_block: object, deltas: object[]) => {
    said.push({ type: 'content_block_start', index, content_block }, ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })), {
      type: 'content_block_stop',
      index,
    });
    index++;
  };
  if (reasoning.length > 0) {
    block({ type: 'thinking', thinking: '', signature: '' }, [
      ...reasoning.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: SIGNATURE },
    ]);
  }
  if (chunks.length > 0) {
    block(
      { type: 'text', text: '' },
      chunks.map((text) => ({ type: 'text_delta', text })),
    );
  }
  for (const { id, name, arguments: pieces } of tools) {
    block(
      { type: 'tool_use', id, name, input: {} },
      pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    );
  }
  if (!behaviour.noFinish) {
    said.push({ type: 'message_delta', delta: { stop_reason: finishIn(FINISH, behaviour), stop_sequence: null }, ...(usage ? { usage } : null) });
  }
  if (!behaviour.noDone) said.push({ type: 'message_stop' });
  return said.map((event) => JSON.stringify(event));
}

function head(asked: AskedFor) {
  return { id: 'msg_fake0000000000000001', type: 'message', role: 'assistant', model: asked.model };
}

/** Additive: what was read from the cache is not part of the input. */
function usageOf(behaviour: Behaviour) {
  const counts = countsOf(behaviour);
  if (counts === null) return null;
  return { input_tokens: counts.input - counts.cached, cache_creation_input_tokens: 0, cache_read_input_tokens: counts.cached, output_tokens: counts.output };
}

function errorType(status: number): string {
  const known: Record<number, string> = { 401: 'authentication_error', 403: 'permission_error', 404: 'not_found_error', 413: 'request_too_large', 429: 'rate_limit_error', 529: 'overloaded_error' };
  return known[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}
