import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { toChatReply } from '../translation/chat-reply';
import { chatFinish } from './finish';
import { thoughtDetail } from './thoughts';
import { readUsage } from './usage';

/** A whole Message, as it is or as a chat completion. */
export function decode(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  return decodeText(surface, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim(), quirks);
}

export function decodeText(surface: Surface, frame: string, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    const what = frame === '' ? 'with an empty body' : 'with a body that is not JSON';
    return { fault: faultOfKind('malformed', `The provider answered 200 ${what}.`, 200) };
  }
  if (isObject(json) && (json.type === 'error' || isObject(json.error))) return { fault: faultInBody(json, quirks) };
  if (!isObject(json) || !Array.isArray(json.content)) return { fault: faultOfKind('malformed', 'The provider answered 200 with JSON that is not an answer.', 200) };

  const read = readBlocks(json.content);
  const { usage, suspect } = isObject(json.usage) ? readUsage(json.usage) : { usage: null, suspect: false };
  const id = typeof json.id === 'string' && json.id !== '' ? json.id : null;
  const stopReason = typeof json.stop_reason === 'string' ? json.stop_reason : 'end_turn';
  if (surface === 'messages') {
    const text = read.text + read.calls.map((call) => call.name + call.arguments).join('');
    return { json, frame, usage, usageSuspect: suspect, finish: stopReason, text, reasoning: read.reasoning, id };
  }
  return toChatReply({ ...read, id, model: String(json.model ?? ''), finish: chatFinish(stopReason), nativeFinish: stopReason, usage, usageSuspect: suspect });
}

function readBlocks(content: readonly unknown[]) {
  const calls: { id: string; name: string; arguments: string }[] = [];
  const reasoningDetails: JsonObject[] = [];
  let text = '';
  let reasoning = '';
  for (const block of content) {
    if (!isObject(block)) continue;
    const detail = thoughtDetail(block, reasoningDetails.length);
    if (detail) reasoningDetails.push(detail);
    if (block.type === 'text') text += String(block.text ?? '');
    else if (block.type === 'thinking') reasoning += String(block.thinking ?? '');
    else if (block.type === 'tool_use') calls.push({ id: String(block.id), name: String(block.name), arguments: JSON.stringify(block.input ?? {}) });
  }
  return { text, reasoning, reasoningDetails, calls };
}
