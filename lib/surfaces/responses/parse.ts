import { checkBoolean, checkObject, checkObjects, checkPositive, checkText, empty, isObject, type JsonObject, malformed, missing, parseJson, requireText, type WireCall, wrongType } from '@/lib/wire';

const ROLES = new Set<unknown>(['user', 'assistant', 'system', 'developer']);

/** A `/v1/responses` body, checked as far as it is read here; a target that speaks Responses itself checks the rest. */
export function parseResponses(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  requireText(body, 'model');
  checkInput(body.input);
  checkText(body, 'instructions');
  checkBoolean(body, 'stream');
  checkBoolean(body, 'store');
  checkBoolean(body, 'background');
  checkBoolean(body, 'parallel_tool_calls');
  checkText(body, 'previous_response_id');
  checkPositive(body, 'max_output_tokens');
  checkObjects(body, 'tools');
  checkObject(body, 'text');
  checkObject(body, 'reasoning');
  checkObject(body, 'metadata');
  return { surface: 'responses', body, stream: body.stream === true, wantsUsage: true };
}

function checkInput(input: unknown): void {
  if (input === undefined || input === null) throw missing('input');
  if (typeof input === 'string') return;
  if (!Array.isArray(input)) throw wrongType('input', 'one of a string or an array of items', input);
  if (input.length === 0) throw empty('input');
  for (const [index, item] of input.entries()) checkItem(item, `input[${index}]`);
}

function checkItem(item: unknown, param: string): void {
  if (!isObject(item)) throw wrongType(param, 'an object', item);
  if (item.type !== undefined && typeof item.type !== 'string') throw wrongType(`${param}.type`, 'a string', item.type);
  if (item.type === undefined || item.type === 'message') checkMessage(item, param);
}

function checkMessage(item: JsonObject, param: string): void {
  if (item.role === undefined || item.role === null) throw missing(`${param}.role`);
  if (!ROLES.has(item.role)) throw malformed(`${param}.role`, `Invalid value: '${String(item.role).slice(0, 64)}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`);
  const { content } = item;
  if (content === undefined || content === null) throw missing(`${param}.content`);
  if (typeof content !== 'string' && !Array.isArray(content)) throw wrongType(`${param}.content`, 'one of a string or an array of objects', content);
}
