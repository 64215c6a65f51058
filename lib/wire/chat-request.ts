import type { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject, type Surface, type WireCall } from './call';
import { checkBoolean, checkObject, checkPositive, empty, malformed, missing, parseJson, requireText, wrongType } from './checks';

const ROLES = new Set<unknown>(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const ROLE_LIST = "'system', 'assistant', 'user', 'function', 'tool', and 'developer'";

/**
 * Parses and validates a request body: exactly what the contract calls malformed, nothing more, because every
 * other field belongs to the provider. Optional fields may be null, as in OpenAI's schema. Throws
 * `invalid_json`, or `invalid_request` with the `param` at fault.
 */
export function parseBody(surface: Surface, bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  if (surface === 'chat') checkMessages(body.messages);
  else if (surface === 'embeddings') checkTextOrList(body, 'input');
  else if (surface === 'completions') checkTextOrList(body, 'prompt');
  if (surface === 'embeddings') return { surface, body, stream: false, wantsUsage: false };

  const { stream, stream_options: options, tools } = body;
  checkBoolean(body, 'stream');
  checkObject(body, 'stream_options');
  checkPositive(body, 'max_tokens');
  checkPositive(body, 'max_completion_tokens');
  checkPositive(body, 'n');
  if (tools !== undefined && tools !== null && !Array.isArray(tools)) throw wrongType('tools', 'an array of objects', tools);
  return { surface, body, stream: stream === true, wantsUsage: isObject(options) && options.include_usage === true };
}

function checkMessages(messages: unknown): void {
  if (messages === undefined || messages === null) throw missing('messages');
  if (!Array.isArray(messages)) throw wrongType('messages', 'an array of objects', messages);
  if (messages.length === 0) throw empty('messages');
  for (let i = 0; i < messages.length; i++) {
    const message: unknown = messages[i];
    if (!isObject(message)) throw wrongType(`messages[${i}]`, 'an object', message);
    if (!ROLES.has(message.role)) throw wrongRole(`messages[${i}].role`, message.role);
    checkContent(message, i);
  }
}

function checkContent(message: JsonObject, index: number): void {
  const { content } = message;
  if (typeof content === 'string' || content === null || Array.isArray(content)) return;
  const param = `messages[${index}].content`;
  // An assistant turn that only calls tools has no content, and most clients leave the key out.
  if (content === undefined) {
    if (message.role === 'assistant') return;
    throw missing(param);
  }
  throw wrongType(param, 'one of a string or an array of objects', content);
}

function checkTextOrList(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) throw missing(field);
  if (typeof value === 'string') return;
  if (!Array.isArray(value)) throw wrongType(field, 'a string or an array', value);
  if (value.length === 0) throw empty(field);
}

function wrongRole(param: string, role: unknown): FairleadError {
  if (role === undefined || role === null) return missing(param);
  if (typeof role !== 'string') return wrongType(param, 'a string', role);
  return malformed(param, `Invalid value: '${role.slice(0, 64)}'. Supported values are: ${ROLE_LIST}.`);
}
