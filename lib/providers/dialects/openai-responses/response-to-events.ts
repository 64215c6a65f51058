import { isObject, type JsonObject } from '@/lib/wire/call';

/** A whole response as the events of the stream a client asked for, in the order clients rely on. */
export function eventsOfResponse(response: JsonObject): JsonObject[] {
  const started = { ...response, status: 'in_progress', output: [], usage: null };
  const items = (Array.isArray(response.output) ? response.output : []).filter(isObject);
  const events: JsonObject[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    ...items.flatMap(itemEvents),
    { type: response.status === 'incomplete' ? 'response.incomplete' : 'response.completed', response },
  ];
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}

function itemEvents(item: JsonObject, output_index: number): JsonObject[] {
  const at = { item_id: item.id, output_index };
  const parts = (Array.isArray(item.content) ? item.content : []).filter(isObject);
  const { open, inner } = openItem(item, at, parts);
  return [{ type: 'response.output_item.added', output_index, item: open }, ...inner, { type: 'response.output_item.done', output_index, item }];
}

/** An item as it begins, and the events that fill it. */
function openItem(item: JsonObject, at: JsonObject, parts: readonly JsonObject[]): { open: JsonObject; inner: JsonObject[] } {
  switch (item.type) {
    case 'message':
      return { open: { ...item, status: 'in_progress', content: [] }, inner: parts.flatMap((part, content_index) => partEvents({ ...at, content_index }, part)) };
    case 'reasoning': {
      const summary = (Array.isArray(item.summary) ? item.summary : []).filter(isObject);
      return { open: { ...item, summary: [] }, inner: summary.flatMap((part, summary_index) => summaryEvents({ ...at, summary_index }, part)) };
    }
    case 'function_call':
      return {
        open: { ...item, status: 'in_progress', arguments: '' },
        inner: [
          { type: 'response.function_call_arguments.delta', ...at, delta: item.arguments },
          { type: 'response.function_call_arguments.done', ...at, arguments: item.arguments },
        ],
      };
    default:
      return { open: { ...item, status: 'in_progress' }, inner: [] };
  }
}

function summaryEvents(at: JsonObject, part: JsonObject): JsonObject[] {
  return [
    { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } },
    { type: 'response.reasoning_summary_text.delta', ...at, delta: part.text },
    { type: 'response.reasoning_summary_text.done', ...at, text: part.text },
    { type: 'response.reasoning_summary_part.done', ...at, part },
  ];
}

function partEvents(at: JsonObject, part: JsonObject): JsonObject[] {
  const added = { type: 'response.content_part.added', ...at, part: part.type === 'output_text' ? { ...part, text: '' } : part };
  const done = { type: 'response.content_part.done', ...at, part };
  if (part.type !== 'output_text') return [added, done];
  return [added, { type: 'response.output_text.delta', ...at, delta: part.text, logprobs: [] }, { type: 'response.output_text.done', ...at, text: part.text, logprobs: [] }, done];
}
