import { createParser } from 'eventsource-parser';

export interface ToolCall {
  name: string;
  arguments: string;
}

export interface Turn {
  role: string;
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  /** Parts that are not text, by their type. */
  attachments: string[];
}

type Json = Record<string, unknown>;

/** What was said, from the bodies as they went over the wire. Null where a body is not a conversation we can read. */
export function readConversation(request: string | undefined, response: string | undefined): Turn[] | null {
  const asked = readAsked(parse(request));
  const answered = response === undefined ? [] : readAnswered(response);
  const turns = [...asked, ...answered];
  return turns.length === 0 ? null : turns;
}

function readAsked(body: Json | null): Turn[] {
  if (!body) return [];
  const turns: Turn[] = [];
  const system = body.system ?? body.instructions;
  if (system !== undefined) turns.push(turnOf('system', system));
  if (Array.isArray(body.messages)) {
    for (const message of body.messages.filter(isObject))
      turns.push({ ...turnOf(String(message.role), message.content), toolCalls: readToolCalls(message.tool_calls) });
  } else {
    const input = body.input ?? body.prompt;
    if (Array.isArray(input) && input.every((item) => isObject(item) && 'role' in item)) {
      for (const item of input as Json[]) turns.push(turnOf(String(item.role), item.content));
    } else if (input !== undefined) turns.push(turnOf('user', input));
  }
  return turns;
}

function readAnswered(text: string): Turn[] {
  const json = parse(text);
  if (json) return readReply(json);
  const events = readEvents(text);
  return events.length === 0 ? [] : readStream(events);
}

function readReply(json: Json): Turn[] {
  if (Array.isArray(json.choices)) {
    return json.choices.filter(isObject).map((choice) => messageOf(isObject(choice.message) ? choice.message : { content: choice.text }));
  }
  // A stream is logged as the one message its deltas make.
  if (json.role === 'assistant') return [messageOf(json)];
  if (Array.isArray(json.output))
    return json.output
      .filter(isObject)
      .filter((item) => item.type === 'message')
      .map((item) => turnOf('assistant', item.content));
  return [];
}

function messageOf(message: Json): Turn {
  const turn = turnOf('assistant', message.content);
  turn.reasoning += textOf(message.reasoning_content ?? message.reasoning);
  turn.toolCalls.push(...readToolCalls(message.tool_calls));
  return turn;
}

/** Chat chunks, Messages deltas and Responses deltas differ in one field each; the rest of an event says nothing to a reader. */
function readStream(events: Json[]): Turn[] {
  const turn: Turn = { role: 'assistant', text: '', reasoning: '', toolCalls: [], attachments: [] };
  for (const event of events) {
    const choice = Array.isArray(event.choices) ? event.choices.find(isObject) : undefined;
    const delta = choice ? choice.delta : event.delta;
    if (typeof delta === 'string') turn.text += event.type === 'response.output_text.delta' ? delta : '';
    if (choice && typeof choice.text === 'string') turn.text += choice.text;
    if (!isObject(delta)) continue;
    turn.text += textOf(delta.content ?? delta.text);
    turn.reasoning += textOf(delta.reasoning_content ?? delta.reasoning ?? delta.thinking);
    for (const [at, call] of (Array.isArray(delta.tool_calls) ? delta.tool_calls.filter(isObject) : []).entries()) {
      const index = typeof call.index === 'number' ? call.index : at;
      const known = (turn.toolCalls[index] ??= { name: '', arguments: '' });
      const fn = isObject(call.function) ? call.function : {};
      known.name ||= textOf(fn.name);
      known.arguments += textOf(fn.arguments);
    }
  }
  turn.toolCalls = turn.toolCalls.filter(Boolean);
  return turn.text || turn.reasoning || turn.toolCalls.length > 0 ? [turn] : [];
}

function readEvents(text: string): Json[] {
  const events: Json[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const json = parse(data);
      if (json) events.push(json);
    },
  });
  parser.feed(`${text}\n\n`);
  return events;
}

function turnOf(role: string, content: unknown): Turn {
  const turn: Turn = { role, text: '', reasoning: '', toolCalls: [], attachments: [] };
  if (!Array.isArray(content)) return { ...turn, text: textOf(content) };
  const parts: string[] = [];
  for (const part of content) {
    if (typeof part === 'string') parts.push(part);
    else if (isObject(part) && typeof part.text === 'string') parts.push(part.text);
    else if (isObject(part) && part.type === 'thinking') turn.reasoning += textOf(part.thinking);
    else if (isObject(part) && part.type === 'tool_use') turn.toolCalls.push({ name: textOf(part.name), arguments: JSON.stringify(part.input) });
    else if (isObject(part) && part.type === 'tool_result') parts.push(turnOf('tool', part.content).text);
    else if (isObject(part)) turn.attachments.push(textOf(part.type) || 'part');
  }
  return { ...turn, text: parts.join('\n\n') };
}

function readToolCalls(value: unknown): ToolCall[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((call) => {
    const fn = isObject(call.function) ? call.function : call;
    return { name: textOf(fn.name), arguments: textOf(fn.arguments) };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string | undefined): Json | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
