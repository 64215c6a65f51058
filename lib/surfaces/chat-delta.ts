import type { FramePart } from './contract';
import { isObject, type JsonObject } from '@/lib/wire';

/** One piece of a tool call as chat streams it. */
export interface CallDelta {
  index: number;
  id: string | null;
  name: string;
  arguments: string;
  raw: JsonObject;
}

/** What one chat chunk says, sorted for the surfaces that say it in another form. */
export interface ChatDelta {
  text: string;
  reasoning: string;
  refusal: string;
  calls: CallDelta[];
  logprobs: unknown[];
  raw: JsonObject;
}

/** Reads the first choice of a chat chunk; the other surfaces know one answer only. Null when it says nothing. */
export function readDelta(part: FramePart): ChatDelta | null {
  const choice = firstChoice(part.chunk);
  const delta = choice?.delta;
  if (!isObject(delta)) return null;
  const refusal = typeof delta.refusal === 'string' ? delta.refusal : '';
  const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls.filter(isObject).map(readCall) : [];
  const spoken = 'text' in part && calls.length === 0 && refusal === '';
  return {
    // The reader has parted reasoning from text already; with calls in the same chunk its text counts their arguments too.
    text: spoken ? part.text : plainText(delta.content),
    reasoning: 'reasoning' in part ? part.reasoning : '',
    refusal,
    calls,
    logprobs: isObject(choice?.logprobs) && Array.isArray(choice.logprobs.content) ? choice.logprobs.content : [],
    raw: delta,
  };
}

export function firstChoice(chunk: Readonly<JsonObject>): JsonObject | null {
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : null;
  return isObject(choice) ? choice : null;
}

/** Text of chat content: a string, or the text parts of a list. */
export function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => (isObject(part) && part.type === 'text' && typeof part.text === 'string' ? part.text : '')).join('');
}

function readCall(call: JsonObject, position: number): CallDelta {
  const fn = isObject(call.function) ? call.function : {};
  return {
    index: typeof call.index === 'number' ? call.index : position,
    id: typeof call.id === 'string' && call.id !== '' ? call.id : null,
    name: typeof fn.name === 'string' ? fn.name : '',
    arguments: typeof fn.arguments === 'string' ? fn.arguments : '',
    raw: call,
  };
}
