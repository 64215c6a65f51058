import { isObject, type JsonObject } from '@/lib/wire/call';
import { type ContentPart, readContent } from '../translation/content';
import type { Notes } from '../translation/notes';
import { thoughtItems } from './thoughts';

/** Whether an earlier turn brings sealed reasoning back. */
export function hasThoughts(messages: readonly unknown[]): boolean {
  return messages.some((message) => isObject(message) && thoughtItems(message.reasoning_details).length > 0);
}

/** Chat messages as input items, in order. Throws `unsupported_parameter` for a part or a tool result that has no place. */
export function messagesToInput(messages: readonly unknown[], notes: Notes): JsonObject[] {
  const called = new Set<string>();
  return messages.flatMap((message, index): JsonObject[] => {
    if (!isObject(message)) return [];
    const path = `messages[${index}]`;
    switch (message.role) {
      case 'system':
      case 'developer':
      case 'user':
        return [{ role: message.role, content: contentOf(message.content, `${path}.content`, notes) }];
      case 'assistant':
        return assistantItems(message, path, called, notes);
      case 'tool':
        return [toolOutput(message, path, called, notes)];
      default:
        throw notes.refuse(`${path}.role`, `a message of role ${String(message.role)} has no place`);
    }
  });
}

function contentOf(content: unknown, path: string, notes: Notes): string | JsonObject[] {
  if (typeof content === 'string') return content;
  // The detail of an image has a place here, so it is read from the part itself and not noted as removed.
  const parts = Array.isArray(content) ? content : [];
  return readContent(parts.map(withoutDetail), path, notes).map((part, index) => partOf(part, detailOf(parts[index]), `${path}[${index}]`, notes));
}

function partOf(part: ContentPart, detail: string | null, path: string, notes: Notes): JsonObject {
  switch (part.kind) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image_url: 'url' in part.source ? part.source.url : dataUrl(part.source), ...(detail === null ? null : { detail }) };
    case 'file':
      return { type: 'input_file', ...('url' in part.source ? { file_url: part.source.url } : { file_data: dataUrl(part.source), filename: part.name ?? 'file' }) };
    case 'audio':
      throw notes.refuse(path, 'Responses takes no audio');
    case 'other':
      throw notes.refuse(`${path}.type`, `a content part of type ${part.type} has no place`);
  }
}

/** What a turn thought, said and called, in the order in which it did. */
function assistantItems(message: JsonObject, path: string, called: Set<string>, notes: Notes): JsonObject[] {
  if (message.function_call) throw notes.refuse(`${path}.function_call`, 'send tool_calls instead');
  const thoughts = thoughtItems(message.reasoning_details);
  const thought = message.reasoning_content ?? message.reasoning;
  if (thoughts.length === 0 && typeof thought === 'string' && thought !== '') notes.add(`${path}.reasoning_content`, 'removed (not sealed)');
  const said = readContent(message.content, `${path}.content`, notes).flatMap((part, index): JsonObject[] => {
    if (part.kind !== 'text') throw notes.refuse(`${path}.content[${index}]`, 'an assistant says text only');
    return part.text === '' ? [] : [{ type: 'output_text', text: part.text, annotations: [] }];
  });
  if (typeof message.refusal === 'string' && message.refusal !== '') said.push({ type: 'refusal', refusal: message.refusal });
  const calls = (Array.isArray(message.tool_calls) ? message.tool_calls : []).flatMap((call: unknown): JsonObject[] => {
    if (!isObject(call) || !isObject(call.function)) return [];
    called.add(String(call.id));
    const { name, arguments: args } = call.function;
    return [{ type: 'function_call', call_id: call.id, name, arguments: typeof args === 'string' && args !== '' ? args : '{}' }];
  });
  return [...thoughts, ...(said.length > 0 ? [{ type: 'message', role: 'assistant', content: said }] : []), ...calls];
}

function toolOutput(message: JsonObject, path: string, called: ReadonlySet<string>, notes: Notes): JsonObject {
  const id = String(message.tool_call_id);
  if (!called.has(id)) throw notes.refuse(`${path}.tool_call_id`, `no assistant message before it called a tool with the id ${id}`);
  return { type: 'function_call_output', call_id: id, output: contentOf(message.content, `${path}.content`, notes) };
}

function dataUrl({ mediaType, data }: { mediaType: string; data: string }): string {
  return `data:${mediaType};base64,${data}`;
}

function detailOf(part: unknown): string | null {
  return isObject(part) && isObject(part.image_url) && typeof part.image_url.detail === 'string' ? part.image_url.detail : null;
}

function withoutDetail(part: unknown): unknown {
  if (detailOf(part) === null) return part;
  const { image_url, ...rest } = part as { image_url: JsonObject };
  return { ...rest, image_url: { url: image_url.url } };
}
