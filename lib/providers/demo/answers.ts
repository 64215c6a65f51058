import { isObject, type JsonObject } from '@/lib/wire/call';
import type { DemoRequest } from './request';
import { sampleOf } from './sample';

/** What a demo model says: words, or a call of one of the caller's tools. */
export type Answer = { text: string } | { tool: { name: string; arguments: string } };

const LOREM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. ' +
  'Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. ' +
  'Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. ' +
  'Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';

const EMPTY_PROMPT = 'The prompt was empty, so there is nothing to echo.';

export function echo(request: DemoRequest): Answer {
  return { text: request.prompt === '' ? EMPTY_PROMPT : request.prompt };
}

export function lorem(): Answer {
  return { text: LOREM };
}

/** Calls the chosen tool, or the first; once the tool's result is in the conversation, repeats it. */
export function callTool(request: DemoRequest): Answer {
  const messages = Array.isArray(request.body.messages) ? (request.body.messages as unknown[]) : [];
  const last = messages.at(-1);
  if (isObject(last) && last.role === 'tool')
    return { text: `The tool answered: ${typeof last.content === 'string' ? last.content : JSON.stringify(last.content)}` };
  const tool = request.body.tool_choice === 'none' ? null : chooseTool(request.body);
  if (tool === null) return { text: 'Send "tools" with a function, and demo/tools will call it.' };
  return { tool: { name: tool.name, arguments: JSON.stringify(sampleOf(tool.parameters ?? { type: 'object' })) } };
}

/** JSON that fits the schema in `response_format`, or a small object about the prompt. */
export function json(request: DemoRequest): Answer {
  const format = isObject(request.body.response_format) ? request.body.response_format : {};
  const schema = isObject(format.json_schema) ? format.json_schema.schema : undefined;
  return { text: JSON.stringify(schema === undefined ? { echo: request.prompt, characters: request.prompt.length } : sampleOf(schema)) };
}

function chooseTool(body: JsonObject): { name: string; parameters?: unknown } | null {
  const functions = (Array.isArray(body.tools) ? (body.tools as unknown[]) : []).flatMap((tool) =>
    isObject(tool) && isObject(tool.function) && typeof tool.function.name === 'string'
      ? [{ name: tool.function.name, parameters: tool.function.parameters }]
      : [],
  );
  const choice = isObject(body.tool_choice) && isObject(body.tool_choice.function) ? body.tool_choice.function.name : undefined;
  return functions.find((fn) => fn.name === choice) ?? functions[0] ?? null;
}
