import type { JsonObject } from '@/lib/wire/call';

const KEY = '"model"';
/** A letter written as an escape could hide another key of that name. */
const ESCAPED = '\\u00';

/** Frames of one process carry few model names; quoting each of them for every frame would show in a profile. */
let lastName = '';
let lastQuoted = '""';

/**
 * The frame with our model name at the top level. A splice where `"model"` occurs once in the text, so the other
 * bytes stay as the provider wrote them; a new serialization where the place is not certain.
 */
export function rewriteModel(frame: string, chunk: Readonly<JsonObject>, ourModel: string): string {
  const { model } = chunk;
  if (model === ourModel) return frame;
  const at = frame.indexOf(KEY);
  if (typeof model === 'string' && at !== -1 && frame.indexOf(KEY, at + KEY.length) === -1 && !frame.includes(ESCAPED)) {
    const start = valueStart(frame, at + KEY.length);
    const quoted = JSON.stringify(model);
    if (start !== -1 && frame.startsWith(quoted, start)) return frame.slice(0, start) + quote(ourModel) + frame.slice(start + quoted.length);
  }
  return JSON.stringify({ ...chunk, model: ourModel });
}

/** The final usage chunk with what the call cost, as the contract's decimal string. */
export function addCost(frame: string, costUsd: string): string {
  const chunk = JSON.parse(frame) as JsonObject;
  return JSON.stringify({ ...chunk, usage: { ...(chunk.usage as JsonObject | null), cost: costUsd } });
}

function valueStart(frame: string, from: number): number {
  let at = from;
  while (frame.charCodeAt(at) === 32) at++;
  if (frame.charCodeAt(at) !== 58) return -1;
  at++;
  while (frame.charCodeAt(at) === 32) at++;
  return at;
}

function quote(name: string): string {
  if (name !== lastName) {
    lastName = name;
    lastQuoted = JSON.stringify(name);
  }
  return lastQuoted;
}
