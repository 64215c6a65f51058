import type { Usage } from '@/lib/kernel/usage';
import type { JsonObject } from '@/lib/wire';
import type { AnswerContext, Trace } from '../contract';

/** The message as it is before the first word: every field of the published schema. */
export function newMessage(context: AnswerContext): JsonObject {
  return {
    id: `msg_${context.requestId.slice(context.requestId.indexOf('_') + 1)}`,
    type: 'message',
    role: 'assistant',
    model: context.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: messageUsage({ input: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0, output: 0, reasoning: null }, null),
  };
}

/** Anthropic counts cached and written tokens beside `input_tokens`, not inside. */
export function messageUsage(usage: Usage, costUsd: string | null): JsonObject {
  return {
    input_tokens: usage.input - usage.cacheRead - usage.cacheWrite,
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
    output_tokens: usage.output,
    ...(usage.reasoning === null ? null : { output_tokens_details: { thinking_tokens: usage.reasoning } }),
    ...(costUsd === null ? null : { cost: costUsd }),
  };
}

/** How a chat finish reason reads in a message. */
export function stopReason(finish: string | null): string {
  switch (finish) {
    case 'length':
      return 'max_tokens';
    case 'tool_calls':
    case 'function_call':
      return 'tool_use';
    case 'content_filter':
      return 'refusal';
    default:
      return 'end_turn';
  }
}

export function traced(event: JsonObject, trace: Trace | null): JsonObject {
  return trace ? { ...event, fairlead: trace } : event;
}

/** Whether the client wants to read thoughts; without it a message begins with its text, as Anthropic's do. */
export function showsThinking({ thinking }: Readonly<JsonObject>): boolean {
  return typeof thinking === 'object' && thinking !== null && (thinking as JsonObject).type !== 'disabled' && (thinking as JsonObject).display !== 'omitted';
}
