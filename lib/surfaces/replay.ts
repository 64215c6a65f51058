import { isObject, type JsonObject } from '@/lib/wire';

/**
 * What a model said that its next turn needs back word for word: reasoning text, signed reasoning, signatures of tool
 * calls. Responses and Messages clients carry it as an opaque text and return it unread.
 */
export interface Replay {
  reasoning?: string;
  /** Fields of the assistant's message, such as `reasoning_details`. */
  fields?: JsonObject;
  /** More fields of tool calls, by call id, such as Gemini's `extra_content`. */
  calls?: Record<string, JsonObject>;
}

const PREFIX = 'fl1.';

export function packReplay(replay: Replay): string {
  return PREFIX + Buffer.from(JSON.stringify(replay)).toString('base64url');
}

/** Null for a text that we did not write. */
export function unpackReplay(text: unknown): Replay | null {
  if (typeof text !== 'string' || !text.startsWith(PREFIX)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8'));
    return isObject(value) ? (value as Replay) : null;
  } catch {
    return null;
  }
}

/** Adds the signed reasoning of one more delta. */
export function addReplayedFields(fields: JsonObject, delta: Readonly<JsonObject>): void {
  const { reasoning_details: more } = delta;
  if (!Array.isArray(more) || more.length === 0) return;
  fields.reasoning_details = Array.isArray(fields.reasoning_details) ? [...(fields.reasoning_details as unknown[]), ...more] : more;
}

/** What a tool call carries beside its name and arguments; null when nothing. */
export function callExtras(call: Readonly<JsonObject>): JsonObject | null {
  return isObject(call.extra_content) ? { extra_content: call.extra_content } : null;
}
