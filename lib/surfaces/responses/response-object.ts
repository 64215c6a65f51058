import { ERRORS, type FairleadError } from '@/lib/kernel/errors';
import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject } from '@/lib/wire';
import type { AnswerContext, Trace } from '../contract';

/** The ids of one answer, all told by the id of its request. */
export function responseId({ requestId }: AnswerContext): string {
  return `resp_${requestId.slice(requestId.indexOf('_') + 1)}`;
}

export function itemId(kind: 'msg' | 'rs' | 'fc' | 'ctc', { requestId }: AnswerContext, index: number): string {
  return `${kind}_${requestId.slice(requestId.indexOf('_') + 1)}_${index}`;
}

/** The response object as it is before the first word: every field of the published schema, settings as the client sent them. */
export function newResponse(context: AnswerContext): JsonObject {
  const { body } = context.call;
  const or = (field: string, otherwise: unknown) => body[field] ?? otherwise;
  return {
    id: responseId(context),
    object: 'response',
    created_at: context.createdAtS,
    status: 'in_progress',
    background: false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: or('instructions', null),
    max_output_tokens: or('max_output_tokens', null),
    max_tool_calls: or('max_tool_calls', null),
    model: context.model,
    output: [],
    parallel_tool_calls: or('parallel_tool_calls', true),
    previous_response_id: null,
    prompt_cache_key: or('prompt_cache_key', null),
    reasoning: { effort: null, summary: null, ...(isObject(body.reasoning) ? body.reasoning : null) },
    safety_identifier: or('safety_identifier', null),
    service_tier: or('service_tier', 'default'),
    store: false,
    temperature: or('temperature', 1),
    text: { format: { type: 'text' }, ...(isObject(body.text) ? body.text : null) },
    tool_choice: or('tool_choice', 'auto'),
    tools: or('tools', []),
    top_logprobs: or('top_logprobs', 0),
    top_p: or('top_p', 1),
    truncation: 'disabled',
    usage: null,
    user: or('user', null),
    metadata: or('metadata', {}),
  };
}

/** How a chat finish reason reads in a response. */
export function statusOf(finish: string | null): { status: 'completed' | 'incomplete'; incomplete_details: { reason: string } | null } {
  if (finish === 'length') return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
  if (finish === 'content_filter') return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
  return { status: 'completed', incomplete_details: null };
}

export function usageOf(usage: Usage, costUsd: string | null): JsonObject {
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cacheRead },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: usage.input + usage.output,
    ...(costUsd === null ? null : { cost: costUsd }),
  };
}

/** A response that broke off: what a client reads as its error. */
export function failure(error: FairleadError): JsonObject {
  return { status: 'failed', error: { code: error.extras.as?.code ?? error.code, message: error.message || ERRORS[error.code].message } };
}

export function traced(response: JsonObject, trace: Trace | null): JsonObject {
  return trace ? { ...response, fairlead: trace } : response;
}
