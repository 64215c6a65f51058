import { isObject, type JsonObject } from '@/lib/wire/call';
import { type ContentPart, type MediaSource, readContent } from '../translation/content';
import type { Notes } from '../translation/notes';
import { readArguments } from '../translation/tools';
import { thoughtBlocks } from './thoughts';

interface Turn {
  role: 'user' | 'assistant';
  /** A single plain text stays a string, so that the bytes are what an Anthropic client would have sent. */
  content: string | JsonObject[];
}

/** Blocks of Anthropic's own that a client may put into a chat message as they are. */
const OWN_BLOCKS = new Set(['image', 'document', 'search_result', 'thinking', 'redacted_thinking', 'tool_use', 'tool_result']);

/** Chat messages as a system prompt and alternating turns. Throws `unsupported_parameter` for a part or a tool result that has no place. */
export function readMessages(messages: readonly unknown[], notes: Notes): { system: string | JsonObject[] | undefined; turns: Turn[] } {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  const open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    const path = `messages[${index}]`;
    switch (message.role) {
      case 'system':
      case 'developer':
        if (turns.length > 0) notes.add(`${path}.role`, 'moved to system');
        system.push(...blocksOf(message, path, notes));
        break;
      case 'assistant':
        add(turns, 'assistant', assistantBlocks(message, path, open, notes));
        break;
      case 'tool':
        add(turns, 'user', [toolResult(message, path, open, notes)]);
        break;
      case 'user':
        add(turns, 'user', typeof message.content === 'string' && message.content !== '' ? message.content : blocksOf(message, path, notes));
        break;
      default:
        throw notes.refuse(`${path}.role`, `a message of role ${String(message.role)} has no place`);
    }
  }
  return { system: joinSystem(system), turns };
}

function add(turns: Turn[], role: Turn['role'], content: Turn['content']): void {
  if (content.length === 0) return;
  const last = turns.at(-1);
  if (last?.role !== role) turns.push({ role, content });
  else last.content = [...asBlocks(last.content), ...asBlocks(content)];
}

function asBlocks(content: Turn['content']): JsonObject[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function joinSystem(blocks: JsonObject[]): string | JsonObject[] | undefined {
  if (blocks.length === 0) return undefined;
  return blocks.some((block) => block.cache_control !== undefined) ? blocks : blocks.map(({ text }) => text).join('\n\n');
}

function blocksOf(message: JsonObject, path: string, notes: Notes): JsonObject[] {
  return readContent(message.content, `${path}.content`, notes).flatMap((part, index) => blockOf(part, `${path}.content[${index}]`, notes));
}

/** Empty texts are refused by the API and say nothing. */
function blockOf(part: ContentPart, path: string, notes: Notes): JsonObject[] {
  if (part.kind === 'other') {
    if (!OWN_BLOCKS.has(part.type)) throw notes.refuse(`${path}.type`, `a content part of type ${part.type} has no place`);
    return [part.part];
  }
  const cached = part.cacheControl === undefined ? null : { cache_control: part.cacheControl };
  switch (part.kind) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text, ...cached }];
    case 'image':
      return [{ type: 'image', source: sourceOf(part.source), ...cached }];
    case 'file':
      return [{ type: 'document', source: sourceOf(part.source), ...(part.name === undefined ? null : { title: part.name }), ...cached }];
    case 'audio':
      throw notes.refuse(path, 'the model takes no audio');
  }
}

function sourceOf(source: MediaSource): JsonObject {
  return 'url' in source ? { type: 'url', url: source.url } : { type: 'base64', media_type: source.mediaType, data: source.data };
}

function assistantBlocks(message: JsonObject, path: string, open: Set<string>, notes: Notes): string | JsonObject[] {
  const thoughts = thoughtBlocks(message.reasoning_details);
  const thought = message.reasoning_content ?? message.reasoning;
  if (thoughts.length === 0 && typeof thought === 'string' && thought !== '') notes.add(`${path}.reasoning_content`, 'removed (no signature)');
  const calls = (Array.isArray(message.tool_calls) ? message.tool_calls : []).flatMap((call: unknown, index) => {
    if (!isObject(call) || !isObject(call.function)) return [];
    const id = toolId(call.id);
    open.add(id);
    const input = readArguments(call.function.arguments, `${path}.tool_calls[${index}].function.arguments`, notes);
    return [{ type: 'tool_use', id, name: call.function.name, input }];
  });
  if (message.function_call) throw notes.refuse(`${path}.function_call`, 'send tool_calls instead');
  if (thoughts.length === 0 && calls.length === 0 && typeof message.content === 'string') return message.content;
  const refusal = typeof message.refusal === 'string' && message.refusal !== '' ? [{ type: 'text', text: message.refusal }] : [];
  return [...thoughts, ...blocksOf(message, path, notes), ...refusal, ...calls];
}

function toolResult(message: JsonObject, path: string, open: Set<string>, notes: Notes): JsonObject {
  const id = toolId(message.tool_call_id);
  if (!open.has(id)) throw notes.refuse(`${path}.tool_call_id`, `no assistant message before it called a tool with the id ${String(message.tool_call_id)}`);
  const content = typeof message.content === 'string' ? message.content : blocksOf(message, path, notes);
  return { type: 'tool_result', tool_use_id: id, content, ...(message.is_error === true ? { is_error: true } : null) };
}

/** Other providers make ids with dots and colons (Kimi: `functions.get:0`); Anthropic takes letters, digits, `_` and `-`. */
function toolId(id: unknown): string {
  return String(id).replace(/[^A-Za-z0-9_-]/g, '_');
}
