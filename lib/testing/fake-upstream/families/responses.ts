import type { Behaviour } from '../behaviour';
import { chatFamily } from './chat';
import { type AskedFor, countsOf, CREATED, type Family, storyOf } from './family';

const ID = 'resp_fake0000000000000001';

/** OpenAI's Responses: the full order of events with sequence numbers, reasoning items and function calls. */
export const responsesFamily: Family = {
  whole: (asked, behaviour) => JSON.stringify(response(asked, behaviour, endOf(behaviour).status, itemsOf(behaviour))),
  events,
  named: true,
  error: chatFamily.error,
  errorEvent: JSON.stringify({ type: 'error', code: 'server_error', message: 'The server had an error while processing your request.', param: null, sequence_number: 9 }),
};

interface Item {
  type: string;
  id: string;
  [field: string]: unknown;
}

function events(asked: AskedFor, behaviour: Behaviour): string[] {
  const said: object[] = [];
  const started = response(asked, { ...behaviour, usage: null }, 'in_progress', []);
  said.push({ type: 'response.created', response: started }, { type: 'response.in_progress', response: started });
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const items = itemsOf(behaviour);
  items.forEach((item, output_index) => {
    const at = { item_id: item.id, output_index };
    const open = { ...item, status: 'in_progress', ...(item.type === 'message' ? { content: [] } : item.type === 'reasoning' ? { summary: [] } : { arguments: '' }) };
    said.push({ type: 'response.output_item.added', output_index, item: open });
    if (item.type === 'message') {
      const part = { type: 'output_text', text: '', annotations: [], logprobs: [] };
      said.push({ type: 'response.content_part.added', ...at, content_index: 0, part });
      said.push(...chunks.map((delta) => ({ type: 'response.output_text.delta', ...at, content_index: 0, delta, logprobs: [] })));
      said.push({ type: 'response.output_text.done', ...at, content_index: 0, text: chunks.join(''), logprobs: [] });
      said.push({ type: 'response.content_part.done', ...at, content_index: 0, part: { ...part, text: chunks.join('') } });
    } else if (item.type === 'reasoning') {
      said.push({ type: 'response.reasoning_summary_part.added', ...at, summary_index: 0, part: { type: 'summary_text', text: '' } });
      said.push(...reasoning.map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta })));
      said.push({ type: 'response.reasoning_summary_text.done', ...at, summary_index: 0, text: reasoning.join('') });
      said.push({ type: 'response.reasoning_summary_part.done', ...at, summary_index: 0, part: { type: 'summary_text', text: reasoning.join('') } });
    } else {
      const call = tools.find(({ id }) => id === item.call_id);
      said.push(...(call?.arguments ?? []).map((delta) => ({ type: 'response.function_call_arguments.delta', ...at, delta })));
      said.push({ type: 'response.function_call_arguments.done', ...at, arguments: item.arguments });
    }
    said.push({ type: 'response.output_item.done', output_index, item });
  });
  const { status, event } = endOf(behaviour);
  if (!behaviour.noFinish && !behaviour.noDone) said.push({ type: event, response: response(asked, behaviour, status, items) });
  return said.map((sent, sequence_number) => JSON.stringify({ ...sent, sequence_number }));
}

function itemsOf(behaviour: Behaviour): Item[] {
  const { reasoning, chunks, tools } = storyOf(behaviour);
  const items: Item[] = [];
  if (reasoning.length > 0) items.push({ type: 'reasoning', id: 'rs_fake01', summary: [{ type: 'summary_text', text: reasoning.join('') }] });
  if (chunks.length > 0) {
    const content = [{ type: 'output_text', text: chunks.join(''), annotations: [], logprobs: [] }];
    items.push({ type: 'message', id: 'msg_fake01', status: 'completed', role: 'assistant', content });
  }
  for (const { id, name, arguments: pieces } of tools) {
    items.push({ type: 'function_call', id: `fc_${id}`, call_id: id, name, arguments: pieces.join('') || '{}', status: 'completed' });
  }
  return items;
}

function endOf(behaviour: Behaviour): { status: string; event: string } {
  return behaviour.finish === 'length' || behaviour.finish === 'content_filter'
    ? { status: 'incomplete', event: 'response.incomplete' }
    : { status: 'completed', event: 'response.completed' };
}

function response(asked: AskedFor, behaviour: Behaviour, status: string, output: Item[]) {
  const counts = countsOf(behaviour);
  const reason = behaviour.finish === 'length' ? 'max_output_tokens' : 'content_filter';
  return {
    id: ID,
    object: 'response',
    created_at: CREATED,
    status,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason } : null,
    instructions: null,
    max_output_tokens: null,
    model: asked.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: counts && {
      input_tokens: counts.input,
      input_tokens_details: { cached_tokens: counts.cached },
      output_tokens: counts.output,
      output_tokens_details: { reasoning_tokens: counts.reasoning },
      total_tokens: counts.input + counts.output,
    },
    metadata: {},
  };
}
