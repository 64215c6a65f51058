import type { JsonObject } from '@/lib/wire/call';
import { type Answer, callTool, echo, json, lorem } from './answers';
import { embeddingBody } from './embed';
import { streamBody, wholeBody } from './reply';
import { type DemoRequest, readRequest } from './request';
import { wait } from './wait';

/** An HTTP answer without the network: what the pipeline reads from a socket elsewhere. */
export interface DemoReply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

export interface DemoOptions {
  /** 1 for the first try of a request. */
  attempt: number;
  signal: AbortSignal;
}

/** Every demo model and what it is for. */
export const DEMO_MODELS = [
  'demo/echo',
  'demo/lorem',
  'demo/tools',
  'demo/json',
  'demo/slow',
  'demo/flaky',
  'demo/down',
  'demo/ratelimit',
  'demo/embed',
] as const;

export type DemoModel = (typeof DEMO_MODELS)[number];

const SLOW_FIRST_TOKEN_MS = 3000;

const ANSWERS: Partial<Record<DemoModel, (request: DemoRequest) => Answer>> = {
  'demo/echo': echo,
  'demo/lorem': lorem,
  'demo/tools': callTool,
  'demo/json': json,
  'demo/slow': echo,
  'demo/flaky': echo,
};

/**
 * Answers as a provider of the OpenAI family would, from the body that was encoded for it. The upstream model may be named with
 * or without its `demo/`. Ids and token counts depend on the body alone.
 */
export async function demoReply(upstreamModel: string, body: JsonObject, { attempt, signal }: DemoOptions): Promise<DemoReply> {
  const model = (upstreamModel.startsWith('demo/') ? upstreamModel : `demo/${upstreamModel}`) as DemoModel;
  if (model === 'demo/down') return refusal(503, 'service_unavailable_error', 'demo_down', 'demo/down is always away.');
  if (model === 'demo/flaky' && attempt <= 1)
    return refusal(503, 'service_unavailable_error', 'demo_flaky', 'demo/flaky fails the first try of every request.');
  if (model === 'demo/ratelimit') return refusal(429, 'requests', 'rate_limit_exceeded', 'demo/ratelimit is always at its limit.', { 'retry-after': '1' });

  const request = readRequest(body);
  if (model === 'demo/embed') {
    if (request.kind !== 'embedding') return refusal(400, 'invalid_request_error', 'unsupported_model', 'demo/embed serves embeddings only.');
    return answer(request, 'application/json', once(embeddingBody(model, request)));
  }
  const say = ANSWERS[model];
  if (!say) return refusal(404, 'invalid_request_error', 'model_not_found', `The demo provider has no model ${model}.`);
  if (request.kind === 'embedding') return refusal(400, 'invalid_request_error', 'unsupported_model', `${model} does not serve embeddings.`);

  const slow = model === 'demo/slow';
  if (!request.stream) {
    if (slow) await wait(SLOW_FIRST_TOKEN_MS, signal);
    return answer(request, 'application/json', once(wholeBody(model, request, say(request))));
  }
  const frames = streamBody(model, request, say(request), signal);
  return answer(request, 'text/event-stream', slow ? after(SLOW_FIRST_TOKEN_MS, signal, frames) : frames);
}

function answer(request: DemoRequest, contentType: string, body: AsyncIterable<Uint8Array>): DemoReply {
  return { status: 200, headers: { 'content-type': contentType, 'x-request-id': `demo-${request.hash}` }, body };
}

function refusal(status: number, type: string, code: string, message: string, headers: Record<string, string> = {}): DemoReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: once(JSON.stringify({ error: { message, type, param: null, code } })) };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function* after(delayMs: number, signal: AbortSignal, frames: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  await wait(delayMs, signal);
  yield* frames;
}
