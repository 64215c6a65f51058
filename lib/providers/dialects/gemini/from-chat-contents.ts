import { isObject, type JsonObject } from '@/lib/wire/call';
import { type ContentPart, type MediaSource, readContent } from '../translation/content';
import type { Notes } from '../translation/notes';
import { readArguments } from '../translation/tools';
import { callSignature, missingSignature, textSignature } from './signatures';

interface Turn {
  role: 'user' | 'model';
  parts: JsonObject[];
}

/** A file's kind by the end of its address; Gemini asks for one. */
const KINDS: Readonly<Record<string, string>> = {
  png: 'image/png', webp: 'image/webp', gif: 'image/gif', heic: 'image/heic', pdf: 'application/pdf', mp3: 'audio/mp3', wav: 'audio/wav', mp4: 'video/mp4', txt: 'text/plain',
};

/** Chat messages as a system instruction and alternating turns. Throws `unsupported_parameter` for what has no place. */
export function readContents(messages: readonly unknown[], model: string, notes: Notes): { system: JsonObject[]; turns: Turn[] } {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  const names = new Map<unknown, string>();
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    const path = `messages[${index}]`;
    switch (message.role) {
      case 'system':
      case 'developer':
        if (turns.length > 0) notes.add(`${path}.role`, 'moved to systemInstruction');
        system.push(...partsOf(message, path, notes));
        break;
      case 'assistant':
        add(turns, 'model', modelParts(message, path, model, names, notes));
        break;
      case 'tool':
        add(turns, 'user', [toolResponse(message, path, names, notes)]);
        break;
      case 'user':
        add(turns, 'user', partsOf(message, path, notes));
        break;
      default:
        throw notes.refuse(`${path}.role`, `a message of role ${String(message.role)} has no place`);
    }
  }
  return { system, turns };
}

function add(turns: Turn[], role: Turn['role'], parts: JsonObject[]): void {
  if (parts.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.parts.push(...parts);
  else turns.push({ role, parts });
}

function partsOf(message: JsonObject, path: string, notes: Notes): JsonObject[] {
  return readContent(message.content, `${path}.content`, notes).flatMap((part, index) => partOf(part, `${path}.content[${index}]`, notes));
}

function partOf(part: ContentPart, path: string, notes: Notes): JsonObject[] {
  if (part.kind === 'other') throw notes.refuse(`${path}.type`, `a content part of type ${part.type} has no place`);
  if (part.cacheControl !== undefined) notes.add(`${path}.cache_control`, 'removed (Gemini caches by itself)');
  if (part.kind === 'text') return part.text === '' ? [] : [{ text: part.text }];
  return [mediaPart(part.source, part.kind === 'image' ? 'image/jpeg' : 'application/pdf')];
}

function mediaPart(source: MediaSource, fallback: string): JsonObject {
  if (!('url' in source)) return { inlineData: { mimeType: source.mediaType, data: source.data } };
  const ending = /\.(\w+)(?:[?#]|$)/.exec(source.url)?.[1]?.toLowerCase() ?? '';
  return { fileData: { mimeType: KINDS[ending] ?? fallback, fileUri: source.url } };
}

function modelParts(message: JsonObject, path: string, model: string, names: Map<unknown, string>, notes: Notes): JsonObject[] {
  if (message.function_call) throw notes.refuse(`${path}.function_call`, 'send tool_calls instead');
  const parts = partsOf(message, path, notes);
  const signature = textSignature(message);
  const last = parts.at(-1);
  if (signature !== undefined && last) last.thoughtSignature = signature;
  const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as unknown[]) : [];
  for (const [index, call] of calls.entries()) {
    if (!isObject(call) || !isObject(call.function)) continue;
    names.set(call.id, String(call.function.name));
    const args = readArguments(call.function.arguments, `${path}.tool_calls[${index}].function.arguments`, notes);
    const signed = callSignature(call) ?? (index === 0 ? missingSignature(model) : undefined);
    parts.push({ functionCall: { name: call.function.name, args }, ...(signed === undefined ? null : { thoughtSignature: signed }) });
  }
  return parts;
}

function toolResponse(message: JsonObject, path: string, names: ReadonlyMap<unknown, string>, notes: Notes): JsonObject {
  const name = names.get(message.tool_call_id);
  if (name === undefined) throw notes.refuse(`${path}.tool_call_id`, `no assistant message before it called a tool with the id ${String(message.tool_call_id)}`);
  const text = typeof message.content === 'string' ? message.content : partsOf(message, path, notes).map(({ text: piece }) => piece ?? '').join('');
  return { functionResponse: { name, response: responseOf(text) } };
}

/** A response is an object; anything else goes into one. */
function responseOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // plain text
  }
  return { result: text };
}
