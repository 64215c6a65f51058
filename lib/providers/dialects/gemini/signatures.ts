import { isObject, type JsonObject } from '@/lib/wire/call';

const FORMAT = 'google-gemini-v1';

/** What Google's documentation gives for calls that another model made: without a signature the next turn is a 400. */
const SKIP = 'skip_thought_signature_validator';

/** A signature on a tool call, where Google's own OpenAI-compatible endpoint puts it too. */
export function signedCall(signature: unknown): JsonObject | undefined {
  return typeof signature === 'string' && signature !== '' ? { extra_content: { google: { thought_signature: signature } } } : undefined;
}

/** A signature on a text. */
export function signatureDetail(signature: string, index: number): JsonObject {
  return { type: 'reasoning.encrypted', data: signature, format: FORMAT, index };
}

/** The signature a client sent back with a call. */
export function callSignature(call: JsonObject): string | undefined {
  const google = isObject(call.extra_content) && isObject(call.extra_content.google) ? call.extra_content.google : {};
  return typeof google.thought_signature === 'string' ? google.thought_signature : undefined;
}

/** The signature a client sent back with a text. */
export function textSignature(message: JsonObject): string | undefined {
  if (!Array.isArray(message.reasoning_details)) return undefined;
  const detail = message.reasoning_details.findLast((entry: unknown) => isObject(entry) && entry.format === FORMAT && typeof entry.data === 'string') as JsonObject | undefined;
  return detail?.data as string | undefined;
}

/** Models from the third generation on refuse an unsigned call; only the first of a step carries the signature. */
export function missingSignature(model: string): string | undefined {
  return /gemini-(?:1|2)\b/.test(model) ? undefined : SKIP;
}
