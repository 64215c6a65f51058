import type { JsonObject } from '@/lib/wire';
import type { AnswerContext } from '../contract';
import { customInput, type NamedTool } from './tools';
import { itemId } from './response-object';

/** Output items of a response, whole; a stream builds the same ones piece by piece. */

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

export function reasoningItem(context: AnswerContext, index: number, text: string, encrypted: string | null, status: ItemStatus): JsonObject {
  return {
    id: itemId('rs', context, index),
    type: 'reasoning',
    summary: text === '' ? [] : [{ type: 'summary_text', text }],
    ...(encrypted === null ? null : { encrypted_content: encrypted }),
    status,
  };
}

export function messageItem(context: AnswerContext, index: number, content: JsonObject[], status: ItemStatus): JsonObject {
  return { id: itemId('msg', context, index), type: 'message', status, role: 'assistant', content };
}

export function textPart(text: string, logprobs: unknown[] = []): JsonObject {
  return { type: 'output_text', annotations: [], logprobs, text };
}

export function refusalPart(refusal: string): JsonObject {
  return { type: 'refusal', refusal };
}

/** A call of one of the client's tools, under the name and kind the client gave it. */
export function callItem(context: AnswerContext, index: number, call: { id: string; name: string; arguments: string }, tool: NamedTool | undefined, status: ItemStatus): JsonObject {
  const custom = tool?.kind === 'custom';
  return {
    id: itemId(custom ? 'ctc' : 'fc', context, index),
    type: custom ? 'custom_tool_call' : 'function_call',
    status,
    call_id: call.id,
    name: tool?.name ?? call.name,
    ...(tool?.namespace ? { namespace: tool.namespace } : null),
    ...(custom ? { input: status === 'in_progress' ? '' : customInput(call.arguments) } : { arguments: call.arguments }),
  };
}
