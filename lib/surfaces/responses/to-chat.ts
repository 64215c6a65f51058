import { FairleadError } from '@/lib/kernel/errors';
import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject, type WireCall } from '@/lib/wire';
import type { Carried, ChatTarget } from '../contract';
import { inputToMessages } from './input-items';
import { choiceToChat, toolsToChat } from './tools';

/** Fields that mean the same in chat, under the same name. */
const SAME = ['temperature', 'top_p', 'user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention', 'service_tier'] as const;

/** Read here, or answered by the surface itself. */
const HANDLED = new Set<string>([
  ...SAME, 'model', 'input', 'instructions', 'stream', 'stream_options', 'tools', 'tool_choice', 'parallel_tool_calls', 'text', 'reasoning', 'max_output_tokens', 'top_logprobs', 'include', 'metadata',
  'store', 'background', 'previous_response_id', 'conversation', 'prompt', 'truncation',
]);

/** Fields that need state which is not kept here. */
const STATEFUL: Record<string, string> = {
  previous_response_id: 'Responses are not stored here. Send the whole conversation in `input`.',
  conversation: 'Conversations are not stored here. Send the whole conversation in `input`.',
  prompt: 'Prompt templates are not stored here. Send `instructions` and `input`.',
};

/** A Responses call in chat, for targets that speak nothing else. Throws `unsupported_parameter` for what chat cannot say. */
export function responsesToChat(call: WireCall, target: ChatTarget): Omit<Carried, 'native'> {
  const { body } = call;
  refuseState(body);
  const { messages, notes } = inputToMessages(body.input);
  if (typeof body.instructions === 'string' && body.instructions !== '') messages.unshift({ role: 'system', content: body.instructions });
  const tools = toolsToChat(body.tools);
  const chosen = choiceToChat(body.tool_choice, tools.tools);
  const chat: JsonObject = { model: body.model, messages, stream: call.stream };
  if (chosen.tools.length > 0) {
    chat.tools = chosen.tools;
    if (chosen.tool_choice !== undefined) chat.tool_choice = chosen.tool_choice;
    if (typeof body.parallel_tool_calls === 'boolean') chat.parallel_tool_calls = body.parallel_tool_calls;
  }
  for (const field of SAME) if (body[field] !== undefined && body[field] !== null) chat[field] = body[field];
  if (typeof body.max_output_tokens === 'number') chat.max_tokens = body.max_output_tokens;
  const effort = addEffort(chat, body.reasoning, target);
  addText(chat, body.text);
  addLogprobs(chat, body);
  return { call: { surface: 'chat', body: chat, stream: call.stream, wantsUsage: true, headers: call.headers }, notes: [...notes, ...tools.notes, ...effort, ...notSent(body)] };
}

function refuseState(body: Readonly<JsonObject>): void {
  for (const field in STATEFUL) {
    if (body[field] !== undefined && body[field] !== null) throw cannot(field, STATEFUL[field] as string);
  }
  if (body.store === true) throw cannot('store', 'Responses are not stored for this model. Send `"store": false`.');
  if (body.background === true) throw cannot('background', 'Calls run in the foreground here. Leave it out.');
  if (Array.isArray(body.include) && body.include.some((what) => what === 'message.input_image.image_url')) throw cannot('include', 'Input images are not repeated in answers.');
}

/** Many models refuse the field; one whose capabilities are told, and do not name reasoning, is among them. */
function addEffort(chat: JsonObject, reasoning: unknown, { capabilities }: ChatTarget): RequestNote[] {
  if (!isObject(reasoning) || typeof reasoning.effort !== 'string') return [];
  if (capabilities.size > 0 && !capabilities.has('reasoning')) return [{ param: 'reasoning.effort', did: 'not sent (the model is not known to reason)' }];
  chat.reasoning_effort = reasoning.effort;
  return [];
}

function addText(chat: JsonObject, text: unknown): void {
  if (!isObject(text)) return;
  if (typeof text.verbosity === 'string') chat.verbosity = text.verbosity;
  const { format } = text;
  if (!isObject(format) || format.type === 'text') return;
  if (format.type === 'json_object') chat.response_format = { type: 'json_object' };
  else if (format.type === 'json_schema') {
    const { name, schema, strict, description } = format;
    if (!isObject(schema)) throw new FairleadError('invalid_request', "Missing required parameter: 'text.format.schema'.", { param: 'text.format.schema' });
    chat.response_format = {
      type: 'json_schema',
      json_schema: { name: typeof name === 'string' ? name : 'answer', schema, ...(typeof strict === 'boolean' ? { strict } : null), ...(typeof description === 'string' ? { description } : null) },
    };
  } else throw cannot('text.format.type', 'Known are text, json_object and json_schema.');
}

function addLogprobs(chat: JsonObject, body: Readonly<JsonObject>): void {
  const wanted = Array.isArray(body.include) && body.include.includes('message.output_text.logprobs');
  if (!wanted && typeof body.top_logprobs !== 'number') return;
  chat.logprobs = true;
  if (typeof body.top_logprobs === 'number') chat.top_logprobs = body.top_logprobs;
}

/** What the client asked for and no chat target knows: told, never silent. */
function notSent(body: Readonly<JsonObject>): RequestNote[] {
  const notes: RequestNote[] = [];
  if (body.truncation === 'auto') notes.push({ param: 'truncation', did: 'disabled' });
  for (const field in body) {
    if (!HANDLED.has(field) && body[field] !== null && body[field] !== undefined) notes.push({ param: field, did: 'not sent' });
  }
  return notes;
}

function cannot(param: string, why: string): FairleadError {
  return new FairleadError('unsupported_parameter', `\`${param}\` is not supported for this model. ${why}`, { param });
}
