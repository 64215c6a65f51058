import type { Behaviour, ToolCall } from '../behaviour';

/** What a request asks for, whatever wire family it came in. */
export interface AskedFor {
  path: string;
  model: string;
  stream: boolean;
  includeUsage: boolean;
  body: Record<string, unknown>;
}

/** One wire family as the fake upstream speaks it. */
export interface Family {
  /** The JSON body of a whole answer. */
  whole(asked: AskedFor, behaviour: Behaviour): string;
  /** The events of a stream, without their framing. */
  events(asked: AskedFor, behaviour: Behaviour): string[];
  /** The body of an answer whose status says it failed. */
  error(status: number): string;
  /** The event that tells of a failure inside a stream. */
  errorEvent: string;
  /** Each event has a name, which equals its `type`. */
  named?: boolean;
  lineEnd?: Behaviour['lineEnd'];
}

/** The default story: "hello", 10 tokens in, 20 out. */
export const HELLO = ['h', 'e', 'l', 'l', 'o'];
export const HELLO_USAGE = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 };
export const CREATED = 1_790_000_000;

/** What the model says: its thoughts, its words, the tools it calls. A call of tools comes without words unless some are scripted. */
export function storyOf(behaviour: Behaviour): { reasoning: readonly string[]; chunks: readonly string[]; tools: readonly ToolCall[] } {
  const tools = behaviour.tools ?? [];
  return { reasoning: behaviour.reasoning ?? [], chunks: behaviour.chunks ?? (tools.length > 0 ? [] : HELLO), tools };
}

/** The counts of a `usage` script, which is written in OpenAI's terms. Null: the provider never tells. */
export function countsOf(behaviour: Behaviour): { input: number; cached: number; output: number; reasoning: number } | null {
  if (behaviour.usage === null) return null;
  const told = (behaviour.usage ?? HELLO_USAGE) as Record<string, unknown>;
  const inner = (name: string, field: string) => Number((told[name] as Record<string, unknown> | undefined)?.[field] ?? 0);
  return {
    input: Number(told.prompt_tokens ?? 0),
    cached: inner('prompt_tokens_details', 'cached_tokens'),
    output: Number(told.completion_tokens ?? 0),
    reasoning: inner('completion_tokens_details', 'reasoning_tokens'),
  };
}

/** The finish in this family's words, when the script says it in OpenAI's. */
export function finishIn(words: Record<string, string>, behaviour: Behaviour): string {
  const finish = behaviour.finish ?? (behaviour.tools ? 'tool_calls' : 'stop');
  return words[finish] ?? finish;
}
