import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, StreamPart, UpstreamFault } from '../../contract';
import { parseChunk } from '../event-frames';
import { faultOfKind } from '../openai-chat/fault';
import { decodeText } from './decode';
import { reader } from './reader';

/** A stream that came where a whole Message was asked for, put together. One that breaks off is no answer. */
export function decodeStream(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  const reading = reader('messages', quirks);
  const parts = [...reading.push(bytes), ...reading.end()];
  const failed = parts.find((part) => part.kind === 'error');
  if (failed) return { fault: failed.fault };
  if (!parts.some(({ kind }) => kind === 'finish'))
    return { fault: faultOfKind('interrupted', 'The provider answered with a stream that ended before the answer was complete.', 200) };
  const message = messageOf(parts);
  return message === null
    ? { fault: faultOfKind('malformed', 'The provider called a tool with an input that is not JSON.', 200) }
    : decodeText(surface, JSON.stringify(message), quirks);
}

/** Null: the input of a tool cannot be read. */
function messageOf(parts: readonly StreamPart[]): JsonObject | null {
  let message: JsonObject = {};
  const blocks = new Map<unknown, JsonObject>();
  /** The input of a tool comes as pieces of JSON. */
  const inputs = new Map<unknown, string>();
  for (const part of parts) {
    if (!('chunk' in part)) continue;
    const event = part.chunk;
    const delta = isObject(event.delta) ? event.delta : {};
    if (event.type === 'message_start' && isObject(event.message)) message = { ...event.message };
    else if (event.type === 'content_block_start' && isObject(event.content_block)) blocks.set(event.index, { ...event.content_block });
    else if (event.type === 'content_block_delta') {
      const block = blocks.get(event.index);
      if (typeof delta.partial_json === 'string') inputs.set(event.index, (inputs.get(event.index) ?? '') + delta.partial_json);
      else if (block)
        for (const field of ['text', 'thinking', 'signature']) if (typeof delta[field] === 'string') block[field] = `${block[field] ?? ''}${delta[field]}`;
    } else if (event.type === 'message_delta') {
      message = {
        ...message,
        ...delta,
        ...(isObject(event.usage) ? { usage: { ...(isObject(message.usage) ? message.usage : null), ...event.usage } } : null),
      };
    }
  }
  for (const [index, text] of inputs) {
    const block = blocks.get(index);
    const input = text === '' ? {} : parseChunk(text);
    if (input === null) return null;
    if (block) block.input = input;
  }
  return { ...message, content: [...blocks.values()] };
}
