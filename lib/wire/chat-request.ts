import { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject, type Surface, type WireCall } from './call';

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
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') throw wrongType('stream', 'a boolean', stream);
  if (options !== undefined && options !== null && !isObject(options)) throw wrongType('stream_options', 'an object', options);
  checkPositive(body, 'max_tokens');
  checkPositive(body, 'max_completion_tokens');
  checkPositive(body, 'n');
  if (tools !== undefined && tools !== null && !Array.isArray(tools)) throw wrongType('tools', 'an array of objects', tools);
  return { surface, body, stream: stream === true, wantsUsage: isObject(options) && options.include_usage === true };
}

function parseJson(bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw new FairleadError('invalid_json', 'We could not parse the JSON body of your request.');
  }
  if (!isObject(value)) throw new FairleadError('invalid_request', `Invalid request body: expected a JSON object, but got ${nameType(value)} instead.`);
  return value;
}

function requireText(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) throw missing(field);
  if (typeof value !== 'string') throw wrongType(field, 'a string', value);
  if (value.trim() === '') throw malformed(field, `Invalid '${field}': expected a non-empty string.`);
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

function checkPositive(body: JsonObject, field: string): void {
  const value = body[field];
  if (value === undefined || value === null) return;
  if (!Number.isSafeInteger(value)) throw wrongType(field, 'an integer', value);
  if ((value as number) < 1)
    throw malformed(field, `Invalid '${field}': integer below minimum value. Expected a value >= 1, but got ${String(value)} instead.`);
}

function wrongRole(param: string, role: unknown): FairleadError {
  if (role === undefined || role === null) return missing(param);
  if (typeof role !== 'string') return wrongType(param, 'a string', role);
  return malformed(param, `Invalid value: '${role.slice(0, 64)}'. Supported values are: ${ROLE_LIST}.`);
}

function missing(param: string): FairleadError {
  return malformed(param, `Missing required parameter: '${param}'.`);
}

function empty(param: string): FairleadError {
  return malformed(param, `Invalid '${param}': empty array. Expected an array with minimum length 1, but got an empty array instead.`);
}

function wrongType(param: string, expected: string, value: unknown): FairleadError {
  return malformed(param, `Invalid type for '${param}': expected ${expected}, but got ${nameType(value)} instead.`);
}

function malformed(param: string, message: string): FairleadError {
  return new FairleadError('invalid_request', message, { param });
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
