import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { type ForeignChoice, toChatReply } from '../translation/chat-reply';
import { toEmbeddings } from './embeddings';
import { chatFinish, lostCall } from './finish';
import { signatureDetail, signedCall } from './signatures';
import { readUsage } from './usage';

/** A whole answer as a chat completion, or vectors as an embeddings list. */
export function decode(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  return decodeText(surface, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim(), quirks);
}

function decodeText(surface: Surface, frame: string, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch {
    const what = frame === '' ? 'with an empty body' : 'with a body that is not JSON';
    return { fault: faultOfKind('malformed', `The provider answered 200 ${what}.`, 200) };
  }
  if (isObject(json) && isObject(json.error)) return { fault: faultInBody(json, quirks) };
  const reply = isObject(json) ? (surface === 'embeddings' ? toEmbeddings(json) : toReply(json)) : null;
  return reply ?? { fault: faultOfKind('malformed', 'The provider answered 200 with JSON that is not an answer.', 200) };
}

function toReply(json: JsonObject): DecodedReply | { fault: UpstreamFault } | null {
  const blocked = blockReason(json);
  const candidates = Array.isArray(json.candidates) ? json.candidates.filter(isObject) : [];
  if (candidates.length === 0 && blocked === null) return null;
  const lost = candidates.map(({ finishReason }) => lostCall(finishReason)).find((fault) => fault !== null);
  if (lost) return { fault: lost };
  const responseId = typeof json.responseId === 'string' ? json.responseId : null;
  const { usage, suspect } = isObject(json.usageMetadata) ? readUsage(json.usageMetadata) : { usage: null, suspect: false };
  const [first, ...others] = (candidates.length === 0 ? [{}] : candidates).map((candidate, index) => toChoice(candidate, index, responseId ?? '', blocked));
  return toChatReply({ ...(first as ForeignChoice), others, id: responseId, model: String(json.modelVersion ?? ''), usage, usageSuspect: suspect });
}

function toChoice(candidate: JsonObject, index: number, responseId: string, blocked: string | null): ForeignChoice {
  const read = readParts(partsOf(candidate), index === 0 ? responseId : `${responseId}_${index}`);
  const nativeFinish = blocked ?? (typeof candidate.finishReason === 'string' ? candidate.finishReason : 'STOP');
  return { ...read, finish: blocked === null ? chatFinish(nativeFinish, read.calls.length > 0) : 'content_filter', nativeFinish };
}

/** Why the prompt itself was refused; then there is no candidate. */
export function blockReason(json: JsonObject): string | null {
  return isObject(json.promptFeedback) && typeof json.promptFeedback.blockReason === 'string' ? json.promptFeedback.blockReason : null;
}

export function partsOf(candidate: unknown): JsonObject[] {
  const content = isObject(candidate) && isObject(candidate.content) ? candidate.content : {};
  return Array.isArray(content.parts) ? content.parts.filter(isObject) : [];
}

/** An id that is the same for the same call, because Gemini gives none. */
export function callId(part: JsonObject, responseId: string, index: number): string {
  return typeof part.id === 'string' && part.id !== '' ? part.id : `call_${responseId.replace(/[^A-Za-z0-9_-]/g, '')}_${index}`;
}

function readParts(parts: readonly JsonObject[], responseId: string) {
  const calls: { id: string; name: string; arguments: string; more?: JsonObject }[] = [];
  const reasoningDetails: JsonObject[] = [];
  let text = '';
  let reasoning = '';
  for (const part of parts) {
    if (isObject(part.functionCall)) {
      const more = signedCall(part.thoughtSignature);
      const id = callId(part.functionCall, responseId, calls.length);
      calls.push({ id, name: String(part.functionCall.name), arguments: JSON.stringify(part.functionCall.args ?? {}), ...(more ? { more } : null) });
      continue;
    }
    if (typeof part.text === 'string') {
      if (part.thought === true) reasoning += part.text;
      else text += part.text;
    }
    if (typeof part.thoughtSignature === 'string') reasoningDetails.push(signatureDetail(part.thoughtSignature, reasoningDetails.length));
  }
  return { text, reasoning, reasoningDetails, calls };
}
