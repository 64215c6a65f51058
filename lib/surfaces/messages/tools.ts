import type { RequestNote } from '@/lib/providers/contract';
import { isObject, type JsonObject } from '@/lib/wire';
import { cannot } from './blocks';

/** The client's tools as chat functions; those whose schema only Anthropic's models know are left out and noted. */
export function toolsToChat(tools: unknown): { tools: JsonObject[]; notes: RequestNote[] } {
  const chat: JsonObject[] = [];
  const notes: RequestNote[] = [];
  for (const [index, tool] of (Array.isArray(tools) ? (tools as JsonObject[]) : []).entries()) {
    const { type, name, description, input_schema: schema, strict } = tool;
    if (type !== undefined && type !== null && type !== 'custom') notes.push({ param: `tools[${index}]`, did: `removed (${String(type).slice(0, 40)} is known to Anthropic's models only)` });
    else if (typeof name !== 'string' || name === '') throw cannot(`tools[${index}].name`, 'A tool needs a name.');
    else {
      chat.push({
        type: 'function',
        function: { name, ...(typeof description === 'string' ? { description } : null), ...(isObject(schema) ? { parameters: schema } : null), ...(strict === true ? { strict } : null) },
      });
    }
  }
  return { tools: chat, notes };
}

/** `tool_choice` in the words of chat, with the promise of one call at a time. */
export function choiceToChat(choice: unknown, tools: readonly JsonObject[]): JsonObject {
  if (!isObject(choice)) return {};
  if (tools.length === 0) {
    if (choice.type === 'auto' || choice.type === 'none') return {};
    throw cannot('tool_choice', 'There is no tool left that it can call.');
  }
  const serial = choice.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : null;
  switch (choice.type) {
    case 'auto':
    case 'none':
      return { tool_choice: choice.type, ...serial };
    case 'any':
      return { tool_choice: 'required', ...serial };
    case 'tool':
      return { tool_choice: { type: 'function', function: { name: choice.name } }, ...serial };
    default:
      throw cannot('tool_choice.type', "Known are 'auto', 'any', 'tool' and 'none'.");
  }
}
