import { SSE_DONE, sseFrame } from '@/lib/wire/sse';
import type { Answer } from './answers';
import type { DemoRequest } from './request';
import { countPieces, splitPieces } from './tokens';

/** An answer cut to the caller's limit, ready to be written in either form. */
interface Script {
  head: { id: string; object: string; created: number; model: string };
  pieces: string[];
  finish: 'stop' | 'length' | 'tool_calls';
  tool: { id: string; name: string; pieces: string[] } | null;
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

const encoder = new TextEncoder();

/** The first words leave one by one, so a reader sees a stream; the rest of a long answer leaves in batches. */
const SINGLE_FRAMES = 16;
const BATCH = 16;

/** The whole answer as one JSON body. */
export function wholeBody(model: string, request: DemoRequest, answer: Answer): string {
  const { head, pieces, finish, tool, usage } = scriptOf(model, request, answer);
  const text = pieces.join('');
  const choices = Array.from({ length: request.choices }, (_, index) => {
    if (request.kind === 'completion') return { index, text, logprobs: null, finish_reason: finish };
    const call = tool && { id: tool.id, type: 'function', function: { name: tool.name, arguments: tool.pieces.join('') } };
    const message = { role: 'assistant', content: call ? null : text, refusal: null, ...(call ? { tool_calls: [call] } : null) };
    return { index, message, logprobs: null, finish_reason: finish };
  });
  return JSON.stringify({ ...head, choices, usage });
}

/** The same answer as an event stream. */
export async function* streamBody(model: string, request: DemoRequest, answer: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let batch = '';
  let sent = 0;
  for (const frame of frames(scriptOf(model, request, answer), request)) {
    if (signal.aborted) return;
    batch += sseFrame(JSON.stringify(frame));
    sent++;
    if (sent > SINGLE_FRAMES && sent % BATCH !== 0) continue;
    yield encoder.encode(batch);
    batch = '';
  }
  yield encoder.encode(batch + SSE_DONE);
}

function* frames(script: Script, request: DemoRequest): Generator<object> {
  const { head, pieces, finish, tool, usage } = script;
  const completion = request.kind === 'completion';
  const chunk = (index: number, delta: object, reason: string | null = null) => ({
    ...head,
    choices: [completion ? { index, ...delta, logprobs: null, finish_reason: reason } : { index, delta, logprobs: null, finish_reason: reason }],
  });
  for (let index = 0; index < request.choices; index++) {
    if (!completion) yield chunk(index, { role: 'assistant', content: tool ? null : '' });
    for (const piece of pieces) yield chunk(index, completion ? { text: piece } : { content: piece });
    if (tool) {
      yield chunk(index, { tool_calls: [{ index: 0, id: tool.id, type: 'function', function: { name: tool.name, arguments: '' } }] });
      for (const piece of tool.pieces) yield chunk(index, { tool_calls: [{ index: 0, function: { arguments: piece } }] });
    }
    yield chunk(index, completion ? { text: '' } : {}, finish);
  }
  if (request.wantsUsage) yield { ...head, choices: [], usage };
}

function scriptOf(model: string, request: DemoRequest, answer: Answer): Script {
  const all = splitPieces('text' in answer ? answer.text : answer.tool.arguments);
  const pieces = all.length > request.limit ? all.slice(0, request.limit) : all;
  const cut = pieces.length < all.length;
  const tool = 'tool' in answer ? { id: `call_demo_${request.hash}`, name: answer.tool.name, pieces } : null;
  const object = request.kind === 'completion' ? 'text_completion' : request.stream ? 'chat.completion.chunk' : 'chat.completion';
  const completion = (pieces.length + (tool ? countPieces(tool.name) : 0)) * request.choices;
  return {
    head: { id: `${request.kind === 'completion' ? 'cmpl' : 'chatcmpl'}-demo-${request.hash}`, object, created: Math.floor(Date.now() / 1000), model },
    pieces: tool ? [] : pieces,
    finish: cut ? 'length' : tool ? 'tool_calls' : 'stop',
    tool,
    usage: { prompt_tokens: request.promptTokens, completion_tokens: completion, total_tokens: request.promptTokens + completion },
  };
}
