import type { Usage, UsageUnits } from '@/lib/kernel/usage';
import { NO_USAGE } from '@/lib/kernel/usage';
import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { DecodedReply, Quirks, UpstreamFault } from '../../contract';
import { readUsage as readTokenUsage } from '../openai-responses/usage';
import { readCount } from '../translation/counts';
import { faultInBody, faultOfKind } from './fault';
import { readUsage } from './usage';

/** The surfaces that answer with something else than a choice of texts, and the list their answer holds. */
const LISTS: Partial<Record<Surface, string>> = { images: 'data', moderations: 'results', rerank: 'results' };

export function isMedia(surface: Surface): boolean {
  return surface in LISTS || surface === 'speech' || surface === 'transcriptions';
}

/** An answer of images, sound, transcripts, moderations or ranks. Sound and plain transcripts are their own bytes. */
export function decodeMedia(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault } {
  if (bytes.byteLength === 0) return { fault: faultOfKind('malformed', 'The provider answered 200 with an empty body.', 200) };
  const json = bytes[0] === 0x7b ? parse(bytes) : null;
  if (json === null) return surface === 'speech' || surface === 'transcriptions' ? ownBytes(surface, bytes) : notAnAnswer();
  if (json.error !== undefined && json.error !== null) return { fault: faultInBody(json, quirks) };
  const list = LISTS[surface];
  if (list === undefined ? typeof json.text !== 'string' : !Array.isArray(json[list])) return notAnAnswer();
  const frame = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').trim();
  const { usage, suspect } = usageOf(surface, json, quirks);
  return { json, frame, usage, usageSuspect: suspect, finish: null, text: typeof json.text === 'string' ? json.text : '', reasoning: '', id: typeof json.id === 'string' ? json.id : null };
}

function parse(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function ownBytes(surface: Surface, bytes: Uint8Array): DecodedReply {
  const text = surface === 'transcriptions' ? Buffer.from(bytes).toString('utf8') : '';
  return { json: {}, frame: '', bytes, usage: null, usageSuspect: false, finish: null, text, reasoning: '', id: null };
}

function notAnAnswer() {
  return { fault: faultOfKind('malformed', 'The provider answered 200 with something that is not an answer.', 200) };
}

/** Tokens where they are told, and what is counted beside them: images made, seconds heard. */
function usageOf(surface: Surface, json: JsonObject, quirks: Quirks): { usage: Usage | null; suspect: boolean } {
  const told = isObject(json.usage) ? json.usage : null;
  const tokens = told === null ? null : told.input_tokens === undefined ? readUsage(surface === 'rerank' ? asPrompt(told) : told, quirks) : readTokenUsage(told, quirks);
  const units = unitsOf(surface, json, told);
  if (units === null) return tokens ?? { usage: null, suspect: false };
  const usage = tokens?.usage ?? NO_USAGE;
  return { usage: { ...usage, units: { ...usage.units, ...units } }, suspect: tokens?.suspect ?? false };
}

/** Ranking generates nothing; some tell only a total. */
function asPrompt(told: JsonObject): JsonObject {
  return { prompt_tokens: told.prompt_tokens ?? told.total_tokens };
}

function unitsOf(surface: Surface, json: JsonObject, told: JsonObject | null): UsageUnits | null {
  if (surface === 'images') return { images: (json.data as unknown[]).length };
  const seconds = surface === 'transcriptions' ? (told?.seconds ?? json.duration) : undefined;
  return typeof seconds === 'number' && seconds >= 0 ? { seconds: readCount(Math.ceil(seconds)) || 0 } : null;
}
