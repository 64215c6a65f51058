import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from './notes';

/** A function the client runs itself. */
export interface FunctionTool {
  name: string;
  description?: string;
  /** JSON schema of the arguments; absent for a function without arguments. */
  parameters?: JsonObject;
  strict?: boolean;
  cacheControl?: unknown;
}

/** What `tool_choice` asks for. `only`: the tools that may be called at all, when the client listed them. */
export interface ToolChoice {
  mode: 'auto' | 'none' | 'any' | { name: string };
  only?: ReadonlySet<string>;
}

/**
 * The functions of a chat request. A tool of the target's own kind goes to `native`; one that runs at another
 * provider is removed and noted, because agents send theirs always.
 */
export function readTools(tools: unknown, notes: Notes, native: (tool: JsonObject) => boolean): { functions: FunctionTool[]; own: JsonObject[] } {
  const functions: FunctionTool[] = [];
  const own: JsonObject[] = [];
  if (!Array.isArray(tools)) return { functions, own };
  tools.forEach((tool: unknown, index) => {
    if (!isObject(tool)) throw notes.refuse(`tools[${index}]`, 'a tool is an object');
    const fn = tool.function;
    if (isObject(fn)) {
      if (typeof fn.name !== 'string') throw notes.refuse(`tools[${index}].function.name`, 'a function has a name');
      functions.push({
        name: fn.name,
        ...(typeof fn.description === 'string' ? { description: fn.description } : null),
        ...(isObject(fn.parameters) ? { parameters: fn.parameters } : null),
        ...(fn.strict === true ? { strict: true } : null),
        ...((tool.cache_control ?? fn.cache_control) ? { cacheControl: tool.cache_control ?? fn.cache_control } : null),
      });
    } else if (native(tool)) own.push(tool);
    else if (tool.type === 'custom') throw notes.refuse(`tools[${index}].type`, 'free-form custom tools exist at OpenAI only');
    else notes.add(`tools[${index}]`, `removed ${typeof tool.type === 'string' ? tool.type : 'unknown tool'}`);
  });
  return { functions, own };
}

/** Throws `unsupported_parameter` for a choice that names no known form. */
export function readToolChoice(choice: unknown, notes: Notes): ToolChoice | null {
  if (choice === undefined || choice === null) return null;
  if (choice === 'auto' || choice === 'none') return { mode: choice };
  if (choice === 'required' || choice === 'any') return { mode: 'any' };
  if (isObject(choice)) {
    if (choice.type === 'function' && isObject(choice.function) && typeof choice.function.name === 'string') return { mode: { name: choice.function.name } };
    if (choice.type === 'allowed_tools' && isObject(choice.allowed_tools)) return readAllowed(choice.allowed_tools, notes);
  }
  throw notes.refuse('tool_choice', 'expected auto, none, required, a function or allowed_tools');
}

function readAllowed(allowed: JsonObject, notes: Notes): ToolChoice {
  const names = (Array.isArray(allowed.tools) ? allowed.tools : []).map((tool: unknown) => (isObject(tool) && isObject(tool.function) ? tool.function.name : undefined));
  if (names.length === 0 || names.some((name) => typeof name !== 'string')) throw notes.refuse('tool_choice.allowed_tools.tools', 'only functions can be allowed');
  notes.add('tool_choice.allowed_tools', 'other tools removed');
  return { mode: allowed.mode === 'required' ? 'any' : 'auto', only: new Set(names as string[]) };
}

/** The arguments of a call in an earlier turn; none at all mean an empty object. Throws where they are not a JSON object. */
export function readArguments(text: unknown, path: string, notes: Notes): JsonObject {
  if (text === undefined || text === null || text === '') return {};
  if (isObject(text)) return text;
  try {
    const value: unknown = JSON.parse(String(text));
    if (isObject(value)) return value;
  } catch {
    // told below
  }
  throw notes.refuse(path, 'the arguments of a call must be a JSON object');
}
