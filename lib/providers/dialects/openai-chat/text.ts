import { isObject, type JsonObject } from '@/lib/wire/call';

/** What a choice says, for counting and for estimates. */
export interface ChoiceText {
  text: string;
  reasoning: string;
}

const SILENT_FIELDS = new Set(['role', 'name']);

/** Whether a delta or message carries anything a reader could see: text, reasoning, a tool call, audio, a refusal. */
export function hasContent(delta: JsonObject): boolean {
  for (const field in delta) {
    const value = delta[field];
    if (value === null || value === undefined || value === '' || SILENT_FIELDS.has(field)) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    return true;
  }
  return false;
}

/** Generated text of a delta or message, with tool names and arguments, which are output tokens too. */
export function readText(delta: JsonObject): ChoiceText {
  const { content } = delta;
  let text = '';
  let reasoning = '';
  if (typeof content === 'string') text = content;
  else if (Array.isArray(content)) ({ text, reasoning } = readParts(content));
  const thought = delta.reasoning_content ?? delta.reasoning;
  if (typeof thought === 'string') reasoning += thought;
  if (typeof delta.refusal === 'string') text += delta.refusal;
  if (Array.isArray(delta.tool_calls)) text += readToolCalls(delta.tool_calls);
  if (isObject(delta.function_call)) text += readFunction(delta.function_call);
  return { text, reasoning };
}

/** Mistral streams content as typed parts: `text`, and `thinking` with parts of its own. */
function readParts(parts: unknown[]): ChoiceText {
  let text = '';
  let reasoning = '';
  for (const part of parts) {
    if (!isObject(part)) continue;
    if (typeof part.text === 'string') text += part.text;
    if (typeof part.thinking === 'string') reasoning += part.thinking;
    else if (Array.isArray(part.thinking)) reasoning += readParts(part.thinking).text;
  }
  return { text, reasoning };
}

function readToolCalls(calls: unknown[]): string {
  let text = '';
  for (const call of calls) {
    if (isObject(call) && isObject(call.function)) text += readFunction(call.function);
  }
  return text;
}

function readFunction(fn: JsonObject): string {
  return (typeof fn.name === 'string' ? fn.name : '') + (typeof fn.arguments === 'string' ? fn.arguments : '');
}
