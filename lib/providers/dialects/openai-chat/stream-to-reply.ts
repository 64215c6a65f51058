import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, StreamPart, UpstreamFault } from '../../contract';
import { decodeText } from './decode';
import { faultOfKind } from './fault';
import { reader } from './reader';

/** A stream that came where a whole answer was asked for, put together. One that breaks off is no answer. */
export function decodeStream(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  const reading = reader(surface, quirks);
  const parts = [...reading.push(bytes), ...reading.end()];
  const failed = parts.find((part) => part.kind === 'error');
  if (failed) return { fault: failed.fault };
  if (!parts.some(({ kind }) => kind === 'finish'))
    return { fault: faultOfKind('interrupted', 'The provider answered with a stream that ended before the answer was complete.', 200) };
  return decodeText(surface, JSON.stringify(replyOf(parts, surface)), quirks);
}

function replyOf(parts: readonly StreamPart[], surface: Surface): JsonObject {
  const choices: JsonObject[] = [];
  let reply: JsonObject = {};
  for (const part of parts) {
    if (!('chunk' in part)) continue;
    const { choices: said, ...rest } = part.chunk;
    reply = { ...rest, ...reply, ...(isObject(rest.usage) ? { usage: rest.usage } : null) };
    if (Array.isArray(said)) for (const choice of said) if (isObject(choice)) addChoice(choices, choice, surface);
  }
  return { ...reply, object: surface === 'completions' ? 'text_completion' : 'chat.completion', choices: choices.filter(Boolean) };
}

/** Choices of one answer are few; a place beyond that is not believed. */
const MAX_CHOICES = 128;

function addChoice(choices: JsonObject[], said: JsonObject, surface: Surface): void {
  const { delta, text, finish_reason: finish, index: place, ...rest } = said;
  const index = typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < MAX_CHOICES ? place : 0;
  choices[index] ??= { index, ...(surface === 'completions' ? { text: '' } : { message: { role: 'assistant', content: null } }), finish_reason: null };
  const choice = choices[index] as JsonObject;
  Object.assign(choice, rest);
  if (typeof finish === 'string') choice.finish_reason = finish;
  if (typeof text === 'string') choice.text = `${typeof choice.text === 'string' ? choice.text : ''}${text}`;
  if (isObject(delta) && isObject(choice.message)) addDelta(choice.message, delta);
}

/** Strings go on, lists are put together by place, anything else is as it was said last. */
function addDelta(message: JsonObject, delta: JsonObject): void {
  for (const [field, value] of Object.entries(delta)) {
    if (value === null || value === undefined || field === 'role') continue;
    if (typeof value === 'string') message[field] = `${typeof message[field] === 'string' ? message[field] : ''}${value}`;
    else if (field === 'tool_calls' && Array.isArray(value)) message.tool_calls = withCalls(Array.isArray(message.tool_calls) ? message.tool_calls : [], value);
    else if (Array.isArray(value) && Array.isArray(message[field])) message[field] = [...(message[field] as unknown[]), ...value];
    else message[field] = value;
  }
}

function withCalls(calls: unknown[], said: readonly unknown[]): unknown[] {
  for (const piece of said) {
    if (!isObject(piece)) continue;
    const { index, function: fn, ...rest } = piece;
    const at = typeof index === 'number' && index >= 0 && index < MAX_CHOICES ? index : 0;
    const call = isObject(calls[at]) ? calls[at] : { id: '', type: 'function', function: { name: '', arguments: '' } };
    const known = isObject(call.function) ? call.function : {};
    const more = isObject(fn) ? fn : {};
    calls[at] = {
      ...call,
      // A call that goes on may repeat its id as an empty string (Qwen).
      ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== '' && value !== null)),
      function: { ...known, name: `${known.name ?? ''}${more.name ?? ''}`, arguments: `${known.arguments ?? ''}${more.arguments ?? ''}` },
    };
  }
  return calls.filter(Boolean);
}
