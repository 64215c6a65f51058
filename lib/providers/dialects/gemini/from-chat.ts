import { isObject, type JsonObject, type WireCall } from '@/lib/wire/call';
import type { EncodeTarget } from '../../contract';
import { readOutputLimit, readStops, settleFields } from '../translation/fields';
import type { Notes } from '../translation/notes';
import { readFormat } from '../translation/schema';
import { type FunctionTool, readToolChoice, readTools, type ToolChoice } from '../translation/tools';
import { readContents } from './from-chat-contents';
import { SCHEMA_RULES, toGeminiSchema } from './from-chat-schema';
import { readThinking } from './from-chat-thinking';

/** Fields read below; `settleFields` looks at all the others. */
const TAKEN = new Set([
  'messages', 'max_tokens', 'max_completion_tokens', 'stop', 'temperature', 'top_p', 'top_k', 'seed', 'presence_penalty', 'frequency_penalty', 'tools', 'tool_choice',
  'parallel_tool_calls', 'response_format', 'reasoning_effort', 'reasoning', 'thinking_config', 'safety_settings', 'user', 'n',
]);

/** Numbers that only have another name here. */
const SAMPLING: Readonly<Record<string, string>> = {
  temperature: 'temperature', top_p: 'topP', top_k: 'topK', seed: 'seed', presence_penalty: 'presencePenalty', frequency_penalty: 'frequencyPenalty',
};

/** Tools that Gemini runs itself, named by their only field (Tool reference, 2026). */
const HOSTED = ['google_search', 'googleSearch', 'google_search_retrieval', 'googleSearchRetrieval', 'code_execution', 'codeExecution', 'url_context', 'urlContext', 'google_maps', 'googleMaps', 'file_search', 'fileSearch'];

function isHosted(tool: JsonObject): boolean {
  return HOSTED.some((name) => isObject(tool[name]));
}

/** GenerationConfig.candidateCount (GenerateContent reference, 2026). */
const MAX_CANDIDATES = 8;

/** A chat call as the body of generateContent. Throws `unsupported_parameter` for what the model cannot do. */
export function fromChat(call: WireCall, target: EncodeTarget, notes: Notes): JsonObject {
  const { body } = call;
  const { system, turns } = readContents(body.messages as readonly unknown[], target.upstreamModel, notes);
  const { functions, own } = readTools(body.tools, notes, isHosted);
  const choice = readToolChoice(body.tool_choice, notes);
  if (body.parallel_tool_calls === false && functions.length > 0) throw notes.refuse('parallel_tool_calls', 'Gemini may call several tools at once');
  const config = generationConfig(body, target, notes);
  const declared = declarations(functions, choice);
  const tools = [...(declared.length === 0 ? [] : [{ functionDeclarations: declared }]), ...own];
  const toolConfig = declared.length === 0 ? null : choiceFor(choice);
  settleFields(body, TAKEN, notes);
  return {
    ...(system.length === 0 ? null : { systemInstruction: { parts: system } }),
    contents: turns,
    ...(tools.length === 0 ? null : { tools }),
    ...(toolConfig === null ? null : { toolConfig: { functionCallingConfig: toolConfig } }),
    ...(Array.isArray(body.safety_settings) ? { safetySettings: body.safety_settings } : null),
    ...(Object.keys(config).length === 0 ? null : { generationConfig: config }),
  };
}

function generationConfig(body: Readonly<JsonObject>, target: EncodeTarget, notes: Notes): JsonObject {
  const config: JsonObject = {};
  const limit = readOutputLimit(body, target.outputLimit);
  if (limit !== null) config.maxOutputTokens = limit;
  for (const field in SAMPLING) {
    if (typeof body[field] === 'number') config[SAMPLING[field] as string] = body[field];
  }
  if (typeof body.n === 'number' && body.n > 1) {
    if (body.n > MAX_CANDIDATES) throw notes.refuse('n', `Gemini makes at most ${MAX_CANDIDATES} candidates`);
    config.candidateCount = body.n;
  }
  const stops = readStops(body.stop);
  if (stops.length > 5) throw notes.refuse('stop', 'Gemini takes at most five');
  if (stops.length > 0) config.stopSequences = stops;
  const format = readFormat(body.response_format, SCHEMA_RULES, notes);
  if (format) {
    config.responseMimeType = 'application/json';
    if (format.schema) config.responseSchema = toGeminiSchema(format.schema, 'response_format.json_schema.schema', notes);
  }
  const thinkingConfig = readThinking(body, target.upstreamModel, notes);
  if (thinkingConfig) config.thinkingConfig = thinkingConfig;
  return config;
}

/** Parameters stay JSON schema: agents send references and more that OpenAPI's subset has no word for. */
function declarations(functions: readonly FunctionTool[], choice: ToolChoice | null): JsonObject[] {
  return functions
    .filter(({ name }) => choice?.only === undefined || choice.only.has(name))
    .map(({ name, description, parameters }) => ({
      name,
      ...(description === undefined ? null : { description }),
      ...(parameters === undefined ? null : { parametersJsonSchema: parameters }),
    }));
}

function choiceFor(choice: ToolChoice | null): JsonObject | null {
  if (choice === null) return null;
  if (typeof choice.mode === 'object') return { mode: 'ANY', allowedFunctionNames: [choice.mode.name] };
  return { mode: choice.mode.toUpperCase() };
}
