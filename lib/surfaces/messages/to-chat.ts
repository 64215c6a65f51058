import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject, type WireCall } from '@/lib/wire';
import type { Carried, ChatTarget } from '../contract';
import { blocksText, cannot } from './blocks';
import { conversationToChat } from './conversation';
import { choiceToChat, toolsToChat } from './tools';

/** Read here, or without a meaning for other models (where the client's own bookkeeping is at stake). */
const HANDLED = new Set([
  'model', 'messages', 'system', 'max_tokens', 'stream', 'temperature', 'top_p', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'metadata', 'service_tier',
]);

/** A Messages call in chat, for targets that speak nothing else. Throws `unsupported_parameter` for what chat cannot say. */
export function messagesToChat(call: WireCall, target: ChatTarget): Omit<Carried, 'native'> {
  const { body } = call;
  const { messages, notes } = conversationToChat(body.messages as JsonObject[]);
  const system = blocksText(body.system);
  if (system !== '') messages.unshift({ role: 'system', content: system });
  const tools = toolsToChat(body.tools);
  const chat: JsonObject = { model: body.model, messages, stream: call.stream, max_tokens: body.max_tokens };
  if (tools.tools.length > 0) chat.tools = tools.tools;
  Object.assign(chat, choiceToChat(body.tool_choice, tools.tools));
  for (const field of ['temperature', 'top_p'] as const) if (typeof body[field] === 'number') chat[field] = body[field];
  if (Array.isArray(body.stop_sequences) && body.stop_sequences.length > 0) chat.stop = body.stop_sequences;
  addFormat(chat, body);
  return { call: { surface: 'chat', body: chat, stream: call.stream, wantsUsage: true, headers: call.headers }, notes: [...notes, ...tools.notes, ...addEffort(chat, body, target), ...notSent(body)] };
}

function addFormat(chat: JsonObject, body: Readonly<JsonObject>): void {
  const format = isObject(body.output_config) && isObject(body.output_config.format) ? body.output_config.format : body.output_format;
  if (!isObject(format)) return;
  if (format.type !== 'json_schema' || !isObject(format.schema)) throw cannot('output_config.format', 'Known is json_schema with a schema.');
  chat.response_format = { type: 'json_schema', json_schema: { name: 'answer', schema: format.schema, strict: true } };
}

/** How hard to think, as `reasoning_effort`, where the model is known to reason: others refuse the field. */
function addEffort(chat: JsonObject, body: Readonly<JsonObject>, target: ChatTarget): RequestNote[] {
  const effort = effortOf(body);
  if (effort === null) return [];
  if (!target.capabilities.has('reasoning')) return effort === 'none' ? [] : [{ param: 'thinking', did: 'not sent (the model is not known to reason)' }];
  chat.reasoning_effort = effort;
  return [{ param: 'thinking', did: `reasoning_effort=${effort}` }];
}

function effortOf({ thinking, output_config: config }: Readonly<JsonObject>): string | null {
  if (isObject(thinking) && thinking.type === 'disabled') return 'none';
  if (isObject(config) && typeof config.effort === 'string') return config.effort === 'max' ? 'xhigh' : config.effort;
  if (!isObject(thinking) || thinking.type !== 'enabled' || typeof thinking.budget_tokens !== 'number') return null;
  return thinking.budget_tokens < 4_096 ? 'low' : thinking.budget_tokens < 16_384 ? 'medium' : 'high';
}

/** What the client asked for and no chat target knows: told, never silent. */
function notSent(body: Readonly<JsonObject>): RequestNote[] {
  const notes = Object.keys(body)
    .filter((field) => !HANDLED.has(field) && body[field] !== null && body[field] !== undefined)
    .map((field): RequestNote => ({ param: field, did: 'not sent' }));
  if (marksCache(body)) notes.push({ param: 'cache_control', did: 'not sent (the provider caches by itself)' });
  return notes;
}

function marksCache({ system, messages, tools }: Readonly<JsonObject>): boolean {
  const marked = (blocks: unknown) => Array.isArray(blocks) && blocks.some((block: unknown) => isObject(block) && isObject(block.cache_control));
  return marked(system) || marked(tools) || (messages as JsonObject[]).some(({ content }) => marked(content));
}
