import { isObject, type JsonObject, type WireCall } from '@/lib/wire/call';
import { DEFAULT_OUTPUT_BOUND } from '@/lib/wire/token-bounds';
import type { EncodeTarget } from '../../contract';
import { readOutputLimit, readStops, settleFields } from '../translation/fields';
import type { Notes } from '../translation/notes';
import { readFormat, type SchemaRules } from '../translation/schema';
import { type FunctionTool, readToolChoice, readTools, type ToolChoice } from '../translation/tools';
import { readMessages } from './from-chat-messages';
import { readThinking } from './from-chat-thinking';

/** Fields read below; `settleFields` looks at all the others. */
const TAKEN = new Set([
  'messages', 'max_tokens', 'max_completion_tokens', 'stop', 'temperature', 'top_p', 'top_k', 'tools', 'tool_choice', 'parallel_tool_calls',
  'response_format', 'reasoning_effort', 'reasoning', 'thinking', 'user', 'safety_identifier', 'service_tier', 'context_management', 'cache_control',
]);

/** Keywords that structured outputs ignore (documentation of structured outputs, 2026). */
const SCHEMA_RULES: SchemaRules = {
  family: 'Anthropic',
  refused: new Set([
    'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'maxItems', 'uniqueItems', 'contains', 'prefixItems',
    'minProperties', 'maxProperties', 'patternProperties', 'propertyNames', 'dependentRequired', 'dependentSchemas', 'not', 'if', 'then', 'else', 'oneOf',
  ]),
  partly: {
    minItems: (value) => Number(value) > 1,
    additionalProperties: (value) => value !== false,
    $ref: (value) => typeof value === 'string' && !value.startsWith('#'),
  },
};

/** A chat call as a Messages request. Throws `unsupported_parameter` for what the model cannot do. */
export function fromChat(call: WireCall, target: EncodeTarget, notes: Notes): JsonObject {
  const { body } = call;
  const messages = body.messages as readonly unknown[];
  const { system, turns } = readMessages(messages, notes);
  const maxTokens = readOutputLimit(body, target.outputLimit) ?? target.maxOutputTokens ?? DEFAULT_OUTPUT_BOUND;
  const { functions, own } = readTools(body.tools, notes, isOwnTool);
  const choice = readToolChoice(body.tool_choice, notes);
  const format = readFormat(body.response_format, SCHEMA_RULES, notes);
  if (format && format.schema === null) throw notes.refuse('response_format.type', 'Anthropic keeps to a JSON schema only; send json_schema');

  const forced = choice !== null && (choice.mode === 'any' || typeof choice.mode === 'object');
  const context = { model: target.upstreamModel, maxTokens, forced, thoughtsLost: lostThoughts(messages) };
  const { thinking, effort } = readThinking(body, context, target.quirks, notes);
  const outputConfig = { ...(effort === undefined ? null : { effort }), ...(format ? { format: { type: 'json_schema', schema: format.schema } } : null) };
  const stops = readStops(body.stop);
  const tools = toolsFor(functions, own, choice);
  const toolChoice = tools.length === 0 ? null : choiceFor(choice, body.parallel_tool_calls);
  const userId = body.user ?? body.safety_identifier;

  settleFields(body, TAKEN, notes);
  return {
    model: target.upstreamModel,
    max_tokens: maxTokens,
    ...(system === undefined ? null : { system }),
    messages: turns,
    ...(stops.length === 0 ? null : { stop_sequences: stops }),
    ...sampling(body, isObject(thinking) && thinking.type !== 'disabled', target, notes),
    ...(tools.length === 0 ? null : { tools }),
    ...(toolChoice === null ? null : { tool_choice: toolChoice }),
    ...(thinking === undefined ? null : { thinking }),
    ...(Object.keys(outputConfig).length === 0 ? null : { output_config: outputConfig }),
    ...(typeof userId === 'string' ? { metadata: { user_id: userId } } : null),
    ...serviceTier(body.service_tier, notes),
    ...(body.context_management ? { context_management: body.context_management } : null),
    ...(body.cache_control ? { cache_control: body.cache_control } : null),
    ...(call.stream ? { stream: true } : null),
  };
}

/** Sampling that newer models refuse is removed and told; a temperature above Anthropic's scale is its highest. */
function sampling(body: Readonly<JsonObject>, thinks: boolean, target: EncodeTarget, notes: Notes): JsonObject {
  const sent: JsonObject = {};
  const fixed = new Set((target.quirks.models ?? []).filter(({ match }) => match.test(target.upstreamModel)).flatMap(({ strip }) => strip ?? []));
  for (const field of ['temperature', 'top_p', 'top_k']) {
    const value = body[field];
    if (typeof value !== 'number') continue;
    if (fixed.has(field)) notes.add(field, 'removed (fixed for this model)');
    else if (thinks && field !== 'top_p') notes.add(field, 'removed (fixed while the model reasons)');
    else if (field === 'temperature' && value > 1) {
      notes.add(field, 'temperature=1');
      sent[field] = 1;
    } else sent[field] = value;
  }
  return sent;
}

function toolsFor(functions: readonly FunctionTool[], own: readonly JsonObject[], choice: ToolChoice | null): JsonObject[] {
  const allowed = functions.filter(({ name }) => choice?.only === undefined || choice.only.has(name));
  return [
    ...allowed.map(({ name, description, parameters, strict, cacheControl }) => ({
      name,
      ...(description === undefined ? null : { description }),
      input_schema: parameters ?? { type: 'object', properties: {} },
      ...(strict ? { strict } : null),
      ...(cacheControl === undefined ? null : { cache_control: cacheControl }),
    })),
    ...own,
  ];
}

function choiceFor(choice: ToolChoice | null, parallel: unknown): JsonObject | null {
  if (choice?.mode === 'none') return { type: 'none' };
  const single = parallel === false ? { disable_parallel_tool_use: true } : null;
  if (choice === null) return single && { type: 'auto', ...single };
  return typeof choice.mode === 'object' ? { type: 'tool', name: choice.mode.name, ...single } : { type: choice.mode, ...single };
}

function serviceTier(tier: unknown, notes: Notes): JsonObject | null {
  if (tier === undefined || tier === null) return null;
  if (tier === 'auto' || tier === 'standard_only') return { service_tier: tier };
  if (tier === 'default' || tier === 'standard') return { service_tier: 'standard_only' };
  throw notes.refuse('service_tier', `Anthropic has no tier ${String(tier)}`);
}

/** A tool in Anthropic's own form: one with a schema, or one of its versioned kinds (`web_search_20250305`). */
function isOwnTool(tool: JsonObject): boolean {
  return isObject(tool.input_schema) || (typeof tool.type === 'string' && /_20\d{6}$/.test(tool.type));
}

/** Whether the last assistant turn called tools, its results follow, and its thoughts did not come back. */
function lostThoughts(messages: readonly unknown[]): boolean {
  const last = messages.findLast((message) => isObject(message) && message.role === 'assistant');
  const waits = isObject(messages.at(-1)) && (messages.at(-1) as JsonObject).role === 'tool';
  return waits && isObject(last) && !Array.isArray(last.reasoning_details);
}

