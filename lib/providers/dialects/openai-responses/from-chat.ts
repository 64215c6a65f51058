import { isObject, type JsonObject, type WireCall } from '@/lib/wire/call';
import type { EncodeTarget } from '../../contract';
import { readOutputLimit, readStops, settleFields } from '../translation/fields';
import type { Notes } from '../translation/notes';
import { type JsonFormat, readFormat, type SchemaRules } from '../translation/schema';
import { readToolChoice, readTools, type ToolChoice } from '../translation/tools';
import { hasThoughts, messagesToInput } from './from-chat-input';

/** Fields that mean the same in both families, under the same name. */
const SAME = ['temperature', 'top_p', 'user', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention', 'service_tier', 'parallel_tool_calls'] as const;

/** Fields read below; `settleFields` looks at all the others. */
const TAKEN = new Set<string>([
  ...SAME, 'messages', 'max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice', 'response_format', 'reasoning_effort', 'reasoning', 'verbosity', 'logprobs', 'top_logprobs',
]);

/** Responses takes the same schemas as chat, so none of their keywords is ours to refuse. */
const SCHEMA_RULES: SchemaRules = { family: 'Responses', refused: new Set(), partly: {} };

/** Models that hide their reasoning; only they may be asked for it in sealed form (400 otherwise, OpenAI's reference, 2026). */
const REASONS = /^(?:o\d|gpt-(?:[5-9]|\d\d)|codex)/;

/**
 * A chat call as a Responses request that leaves nothing stored at the provider. Throws `unsupported_parameter` for what
 * Responses cannot do, such as `stop`.
 */
export function fromChat(call: WireCall, target: EncodeTarget, notes: Notes): JsonObject {
  const { body } = call;
  const messages = body.messages as readonly unknown[];
  if (readStops(body.stop).length > 0) throw notes.refuse('stop');
  const { functions } = readTools(body.tools, notes, () => false);
  const choice = readToolChoice(body.tool_choice, notes);
  const format = readFormat(body.response_format, SCHEMA_RULES, notes);
  const limit = readOutputLimit(body, target.outputLimit);
  const reasoning = reasoningOf(body);
  const include = includeOf(body, messages, reasoning, target.upstreamModel);
  const text = { ...(format ? { format: formatOf(format, body.response_format) } : null), ...(typeof body.verbosity === 'string' ? { verbosity: body.verbosity } : null) };
  const tools = functions
    .filter(({ name }) => choice?.only === undefined || choice.only.has(name))
    .map(({ name, description, parameters, strict }) => ({ type: 'function', name, ...(description === undefined ? null : { description }), parameters: parameters ?? { type: 'object', properties: {} }, strict: strict === true }));

  settleFields(body, TAKEN, notes);
  const request: JsonObject = { model: target.upstreamModel, input: messagesToInput(messages, notes), store: false, stream: call.stream };
  for (const field of SAME) if (body[field] !== undefined && body[field] !== null) request[field] = body[field];
  if (tools.length === 0) delete request.parallel_tool_calls;
  else Object.assign(request, { tools }, choice ? { tool_choice: choiceOf(choice) } : null);
  if (limit !== null) request.max_output_tokens = limit;
  if (reasoning) request.reasoning = reasoning;
  if (Object.keys(text).length > 0) request.text = text;
  if (include.length > 0) request.include = include;
  if (typeof body.top_logprobs === 'number' && body.top_logprobs > 0) request.top_logprobs = body.top_logprobs;
  return request;
}

/** `reasoning_effort`, and the object that some clients send for it. */
function reasoningOf(body: Readonly<JsonObject>): JsonObject | null {
  const asked = isObject(body.reasoning) ? body.reasoning : {};
  const effort = body.reasoning_effort ?? asked.effort;
  const reasoning = { ...(typeof effort === 'string' ? { effort } : null), ...(typeof asked.summary === 'string' ? { summary: asked.summary } : null) };
  return Object.keys(reasoning).length > 0 ? reasoning : null;
}

function includeOf(body: Readonly<JsonObject>, messages: readonly unknown[], reasoning: JsonObject | null, model: string): string[] {
  const thinks = REASONS.test(model) || hasThoughts(messages) || (reasoning !== null && reasoning.effort !== 'none');
  return [...(thinks ? ['reasoning.encrypted_content'] : []), ...(body.logprobs === true ? ['message.output_text.logprobs'] : [])];
}

function formatOf({ schema }: JsonFormat, asked: unknown): JsonObject {
  if (schema === null) return { type: 'json_object' };
  const { name, strict, description } = isObject(asked) && isObject(asked.json_schema) ? asked.json_schema : ({} as JsonObject);
  return { type: 'json_schema', name: typeof name === 'string' ? name : 'answer', schema, ...(typeof strict === 'boolean' ? { strict } : null), ...(typeof description === 'string' ? { description } : null) };
}

function choiceOf({ mode }: ToolChoice): unknown {
  if (typeof mode === 'object') return { type: 'function', name: mode.name };
  return mode === 'any' ? 'required' : mode;
}
