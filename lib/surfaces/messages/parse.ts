import { checkBoolean, checkObject, checkObjects, checkPositive, empty, isObject, type JsonObject, malformed, missing, parseJson, requireText, type WireCall, wrongType } from '@/lib/wire';

const ROLES = new Set<unknown>(['user', 'assistant', 'system']);

/** A `/v1/messages` body, checked as far as it is read here; a target that speaks Messages itself checks the rest. */
export function parseMessages(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  checkConversation(body);
  if (body.max_tokens === undefined || body.max_tokens === null) throw missing('max_tokens');
  checkPositive(body, 'max_tokens');
  checkBoolean(body, 'stream');
  checkObject(body, 'metadata');
  checkObject(body, 'thinking');
  return { surface: 'messages', body, stream: body.stream === true, wantsUsage: true };
}

/** What `/v1/messages/count_tokens` takes: the same without a limit. */
export function parseCountTokens(bytes: Uint8Array): WireCall {
  const body = parseJson(bytes);
  checkConversation(body);
  return { surface: 'messages', body, stream: false, wantsUsage: false };
}

function checkConversation(body: JsonObject): void {
  requireText(body, 'model');
  const { messages, system } = body;
  if (messages === undefined || messages === null) throw missing('messages');
  if (!Array.isArray(messages)) throw wrongType('messages', 'an array of objects', messages);
  if (messages.length === 0) throw empty('messages');
  for (const [index, message] of messages.entries()) checkMessage(message, `messages[${index}]`);
  if (system !== undefined && system !== null && typeof system !== 'string' && !Array.isArray(system)) throw wrongType('system', 'one of a string or an array of blocks', system);
  checkObjects(body, 'tools');
  checkObject(body, 'tool_choice');
}

function checkMessage(message: unknown, param: string): void {
  if (!isObject(message)) throw wrongType(param, 'an object', message);
  const { role, content } = message;
  if (role === undefined || role === null) throw missing(`${param}.role`);
  if (!ROLES.has(role)) throw malformed(`${param}.role`, `Invalid value: '${String(role).slice(0, 64)}'. Supported values are: 'user', 'assistant', and 'system'.`);
  if (content === undefined || content === null) throw missing(`${param}.content`);
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) throw wrongType(`${param}.content`, 'one of a string or an array of blocks', content);
  const at = content.findIndex((block: unknown) => !isObject(block) || typeof block.type !== 'string');
  if (at !== -1) throw wrongType(`${param}.content[${at}]`, 'a block with a type', content[at]);
}
