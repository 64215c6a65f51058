import { isObject, type JsonObject } from '@/lib/wire/call';

/**
 * Two providers of this family also have a chat API of their own, which a proxy in front of them may answer with: an
 * event of Cohere's v2 or a line of Ollama's, as a chat chunk. Null for what is neither, {} for what says nothing.
 */
export function asChunk(event: JsonObject): JsonObject | null {
  if (event.choices !== undefined) return null;
  if (typeof event.type === 'string') return fromCohere(event.type, event);
  return typeof event.done === 'boolean' && isObject(event.message) ? fromOllama(event, event.message) : null;
}

const COHERE_FINISH: Readonly<Record<string, string>> = { MAX_TOKENS: 'length', TOOL_CALL: 'tool_calls', ERROR_TOXIC: 'content_filter' };

function fromCohere(type: string, event: JsonObject): JsonObject | null {
  const delta = isObject(event.delta) ? event.delta : {};
  const message = isObject(delta.message) ? delta.message : {};
  const content = isObject(message.content) ? message.content : {};
  switch (type) {
    case 'message-start':
      return { id: event.id, ...chunk({ role: 'assistant' }) };
    case 'content-delta':
      return chunk(typeof content.thinking === 'string' ? { reasoning_content: content.thinking } : { content: content.text });
    case 'tool-call-start':
    case 'tool-call-delta':
      return chunk({ tool_calls: [{ index: event.index, ...(isObject(message.tool_calls) ? message.tool_calls : null) }] });
    case 'message-end':
      return { ...chunk({}, String(delta.finish_reason), COHERE_FINISH), ...cohereUsage(delta.usage) };
    case 'content-start':
    case 'content-end':
    case 'tool-call-end':
    case 'tool-plan-delta':
    case 'citation-start':
    case 'citation-end':
      return {};
    default:
      return null;
  }
}

/** Billed is the prompt without what was cached, and the output. */
function cohereUsage(usage: unknown): JsonObject | null {
  if (!isObject(usage) || !isObject(usage.billed_units)) return null;
  const { input_tokens: input, output_tokens: output } = usage.billed_units;
  const cached = typeof usage.cached_tokens === 'number' ? usage.cached_tokens : 0;
  return { usage: { prompt_tokens: Number(input) + cached, completion_tokens: output, prompt_tokens_details: { cached_tokens: cached } } };
}

function fromOllama(line: JsonObject, message: JsonObject): JsonObject {
  const delta = { content: message.content, ...(message.thinking === undefined ? null : { reasoning: message.thinking }) };
  if (line.done !== true) return { model: line.model, ...chunk(delta) };
  const usage = { prompt_tokens: line.prompt_eval_count ?? 0, completion_tokens: line.eval_count ?? 0 };
  return { model: line.model, ...chunk(delta, String(line.done_reason ?? 'stop')), usage };
}

function chunk(delta: JsonObject, finish: string | null = null, words: Readonly<Record<string, string>> = {}): JsonObject {
  const end = finish === null ? { finish_reason: null } : { finish_reason: words[finish] ?? (finish === 'length' ? 'length' : 'stop'), native_finish_reason: finish };
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta, ...end }] };
}
