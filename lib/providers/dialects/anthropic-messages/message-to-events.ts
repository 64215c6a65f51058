import { isObject, type JsonObject } from '@/lib/wire/call';

/** A whole Message as the events of the stream a client asked for. */
export function eventsOfMessage(message: JsonObject): JsonObject[] {
  const { content, stop_reason, stop_sequence, usage, ...rest } = message;
  const blocks = (Array.isArray(content) ? content : []).filter(isObject);
  return [
    { type: 'message_start', message: { ...rest, content: [], stop_reason: null, stop_sequence: null, ...(isObject(usage) ? { usage: { ...usage, output_tokens: 0 } } : null) } },
    ...blocks.flatMap((block, index) => blockEvents(block, index)),
    { type: 'message_delta', delta: { stop_reason: stop_reason ?? 'end_turn', stop_sequence: stop_sequence ?? null }, ...(isObject(usage) ? { usage } : null) },
    { type: 'message_stop' },
  ];
}

function blockEvents(block: JsonObject, index: number): JsonObject[] {
  const { open, deltas } = split(block);
  return [
    { type: 'content_block_start', index, content_block: open },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

function split(block: JsonObject): { open: JsonObject; deltas: JsonObject[] } {
  switch (block.type) {
    case 'text':
      return { open: { ...block, text: '' }, deltas: [{ type: 'text_delta', text: block.text }] };
    case 'thinking':
      return {
        open: { ...block, thinking: '', signature: '' },
        deltas: [
          { type: 'thinking_delta', thinking: block.thinking },
          { type: 'signature_delta', signature: block.signature },
        ],
      };
    case 'tool_use':
      return { open: { ...block, input: {} }, deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input ?? {}) }] };
    default:
      return { open: block, deltas: [] };
  }
}
