import { FairleadError } from '@/lib/kernel/errors';
import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject } from '@/lib/wire';

/** What a chat function stands for in the client's own list of tools. */
export interface NamedTool {
  kind: 'function' | 'custom';
  name: string;
  namespace: string | null;
}

/** A custom tool takes free text; chat knows objects only, so the text travels as its one property. */
const CUSTOM_PARAMETERS = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'], additionalProperties: false };
const MAX_NAME = 64;

/** The client's tools as chat functions; those that only a provider could run are left out and noted. */
export function toolsToChat(tools: unknown): { tools: JsonObject[]; notes: RequestNote[] } {
  const chat: JsonObject[] = [];
  const notes: RequestNote[] = [];
  for (const [index, tool] of (Array.isArray(tools) ? (tools as JsonObject[]) : []).entries()) {
    const param = `tools[${index}]`;
    if (tool.type === 'namespace') {
      for (const inner of Array.isArray(tool.tools) ? (tool.tools as unknown[]) : []) if (isObject(inner)) chat.push(callable(inner, chatName(inner, tool), param));
    } else if (tool.type === 'function' || tool.type === 'custom') chat.push(callable(tool, chatName(tool, null), param));
    else notes.push({ param, did: `removed (${String(tool.type ?? 'no type').slice(0, 40)} runs at providers that have it)` });
  }
  return { tools: chat, notes };
}

/** The names of `toolsToChat`, back to the tools they stand for. */
export function namedTools(tools: unknown): ReadonlyMap<string, NamedTool> {
  const named = new Map<string, NamedTool>();
  const add = (tool: JsonObject, parent: JsonObject | null) => {
    named.set(chatName(tool, parent), { kind: tool.type === 'custom' ? 'custom' : 'function', name: String(tool.name), namespace: parent ? String(parent.name) : null });
  };
  for (const tool of Array.isArray(tools) ? (tools as unknown[]) : []) {
    if (!isObject(tool)) continue;
    if (tool.type === 'namespace') {
      for (const inner of Array.isArray(tool.tools) ? (tool.tools as unknown[]) : []) if (isObject(inner)) add(inner, tool);
    } else if (tool.type === 'function' || tool.type === 'custom') add(tool, null);
  }
  return named;
}

/** The name a call in the conversation has in chat. */
export function chatNameOf(name: unknown, namespace: unknown): string {
  return typeof namespace === 'string' && namespace !== '' ? joined(namespace, String(name)) : String(name);
}

/** `tool_choice`, and the tools it leaves. Throws for a choice that no chat target can follow. */
export function choiceToChat(choice: unknown, tools: JsonObject[]): { tool_choice?: unknown; tools: JsonObject[] } {
  if (choice === undefined || choice === null) return { tools };
  if (tools.length === 0) {
    if (choice === 'auto' || choice === 'none') return { tools };
    throw cannotChoose('There is no tool left that this target can call.');
  }
  if (typeof choice === 'string') return { tool_choice: choice, tools };
  if (!isObject(choice)) throw cannotChoose('Send a string or an object.');
  if (choice.type === 'function' || choice.type === 'custom') return { tool_choice: { type: 'function', function: { name: chatNameOf(choice.name, choice.namespace) } }, tools };
  if (choice.type === 'allowed_tools' && Array.isArray(choice.tools)) {
    const names = new Set((choice.tools as JsonObject[]).map((tool) => chatNameOf(tool.name, tool.namespace)));
    const allowed = tools.filter((tool) => names.has(String((tool.function as JsonObject).name)));
    if (allowed.length > 0) return { tool_choice: choice.mode === 'required' ? 'required' : 'auto', tools: allowed };
  }
  throw cannotChoose(`The tool \`${String(choice.type).slice(0, 40)}\` cannot be run by this target.`);
}

/** The text of a custom tool's call, from the arguments of its function. */
export function customInput(args: string): string {
  try {
    const value: unknown = JSON.parse(args);
    if (isObject(value) && typeof value.input === 'string') return value.input;
  } catch {
    // A model that ignores the schema wrote the text itself.
  }
  return args;
}

function callable(tool: JsonObject, name: string, param: string): JsonObject {
  if (typeof tool.name !== 'string' || tool.name === '') throw new FairleadError('invalid_request', `Missing required parameter: '${param}.name'.`, { param: `${param}.name` });
  if (tool.type === 'custom') return { type: 'function', function: { name, description: customDescription(tool), parameters: CUSTOM_PARAMETERS } };
  const { description, parameters, strict } = tool;
  return {
    type: 'function',
    function: {
      name,
      ...(typeof description === 'string' ? { description } : null),
      ...(isObject(parameters) ? { parameters } : null),
      ...(strict === true ? { strict } : null),
    },
  };
}

function customDescription({ description, format }: JsonObject): string {
  const told = typeof description === 'string' ? description : '';
  if (!isObject(format) || format.type !== 'grammar') return told;
  return `${told}\nWrite the input in this ${String(format.syntax)} grammar:\n${String(format.definition)}`.trim();
}

function chatName(tool: JsonObject, parent: JsonObject | null): string {
  return chatNameOf(tool.name, parent?.name);
}

function joined(namespace: string, name: string): string {
  return `${namespace}__${name}`.slice(-MAX_NAME);
}

function cannotChoose(why: string): FairleadError {
  return new FairleadError('unsupported_parameter', `\`tool_choice\` cannot be honoured: ${why}`, { param: 'tool_choice' });
}
