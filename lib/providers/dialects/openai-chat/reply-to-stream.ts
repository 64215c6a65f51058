import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks, StreamPart } from '../../contract';
import { readText } from './text';
import { ThinkTagSplitter } from './think-tags';
import { findUsage } from './usage';

/** A whole answer as the stream a client asked for: content, finish and usage, one chunk each. */
export function partsOfReply(reply: JsonObject, quirks: Quirks): StreamPart[] {
  const { choices, usage: _told, base_resp: _verdict, ...rest } = reply;
  const base = { ...rest, object: reply.object === 'text_completion' ? 'text_completion' : 'chat.completion.chunk' };
  const parts: StreamPart[] = [];
  for (const choice of Array.isArray(choices) ? (choices as unknown[]) : []) {
    if (!isObject(choice)) continue;
    const { message, finish_reason: finish, ...place } = choice;
    const delta = isObject(message) ? withCallIndexes(message) : {};
    const { text, reasoning } = textOf(choice, delta, quirks);
    const isText = typeof choice.text === 'string';
    const content = { ...base, choices: [{ ...place, ...(isText ? null : { delta }), finish_reason: null }] };
    parts.push({ kind: 'content', frame: JSON.stringify(content), chunk: content, text, reasoning });
    const reason = typeof finish === 'string' ? finish : 'stop';
    const end = { ...base, choices: [{ index: place.index ?? 0, ...(isText ? { text: '' } : { delta: {} }), finish_reason: reason }] };
    parts.push({ kind: 'finish', frame: JSON.stringify(end), chunk: end, finish: reason, text: '', reasoning: '' });
  }
  const usage = findUsage(reply);
  if (usage !== null) {
    const told = { ...base, choices: [], usage };
    parts.push({ kind: 'usage', frame: JSON.stringify(told), chunk: told });
  }
  return parts;
}

/** In a stream every tool call names its place; in a whole message the place is its position. */
function withCallIndexes(message: JsonObject): JsonObject {
  if (!Array.isArray(message.tool_calls)) return message;
  return { ...message, tool_calls: message.tool_calls.map((call: unknown, index) => (isObject(call) ? { index, ...call } : call)) };
}

function textOf(choice: JsonObject, delta: JsonObject, quirks: Quirks): { text: string; reasoning: string } {
  const said = readText(delta);
  if (typeof choice.text === 'string') return { text: choice.text + said.text, reasoning: said.reasoning };
  if (!quirks.thinkTags) return said;
  const splitter = new ThinkTagSplitter();
  const parted = splitter.split(said.text);
  const rest = splitter.flush();
  return { text: parted.text + rest.text, reasoning: said.reasoning + parted.reasoning + rest.reasoning };
}
