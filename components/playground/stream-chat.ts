import { createParser } from 'eventsource-parser';
import type { ChatBody } from './build-body';
import { type Answer, NO_ANSWER, type ToolCall } from './types';

interface Chunk {
  model?: string;
  choices?: {
    delta?: { content?: string | null; reasoning_content?: string | null; reasoning?: string | null; tool_calls?: ToolCallDelta[] };
    finish_reason?: string | null;
  }[];
  usage?: { prompt_tokens?: number; completion_tokens?: number; cost?: string | number } | null;
  error?: { message?: string; code?: string | null };
}

interface ToolCallDelta {
  index?: number;
  id?: string;
  function?: { name?: string; arguments?: string };
}

/** Streams one answer from this installation's own API and tells every step of it. The last step is also returned. */
export async function streamChat(
  { url, key, body, signal }: { url: string; key: string; body: ChatBody; signal: AbortSignal },
  onStep: (answer: Answer) => void,
): Promise<Answer> {
  const startedAt = performance.now();
  const sinceStart = () => Math.round(performance.now() - startedAt);
  let answer: Answer = NO_ANSWER;
  const step = (change: Partial<Answer>) => {
    answer = { ...answer, ...change };
    onStep(answer);
  };
  try {
    const response = await fetch(url, {
      method: 'POST',
      signal,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
    });
    step({ requestId: response.headers.get('x-request-id'), model: response.headers.get('x-fairlead-model') });
    if (!response.ok || !response.body) {
      const text = await response.text();
      step({ state: 'failed', totalMs: sinceStart(), error: { status: response.status, ...readError(text) } });
      return answer;
    }
    const parser = createParser({
      onEvent({ data }) {
        if (data === '[DONE]') return;
        step(readChunk(answer, JSON.parse(data) as Chunk, sinceStart));
      },
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parser.feed(value);
    }
    step({ state: answer.error ? 'failed' : 'done', totalMs: sinceStart() });
  } catch (error) {
    if (signal.aborted) step({ state: 'stopped', totalMs: sinceStart() });
    else step({ state: 'failed', totalMs: sinceStart(), error: { status: 0, code: null, message: error instanceof Error ? error.message : '' } });
  }
  return answer;
}

/** What one chunk changes about an answer. */
export function readChunk(answer: Answer, chunk: Chunk, sinceStart: () => number): Partial<Answer> {
  if (chunk.error) return { error: { status: 200, code: chunk.error.code ?? null, message: chunk.error.message ?? '' } };
  const [choice] = chunk.choices ?? [];
  const delta = choice?.delta ?? {};
  const text = delta.content ?? '';
  const reasoning = delta.reasoning_content ?? delta.reasoning ?? '';
  const toolCalls = addToolCalls(answer.toolCalls, delta.tool_calls ?? []);
  const hasContent = text !== '' || reasoning !== '' || toolCalls !== answer.toolCalls;
  return {
    state: hasContent || answer.state === 'streaming' ? 'streaming' : answer.state,
    text: answer.text + text,
    reasoning: answer.reasoning + reasoning,
    toolCalls,
    model: chunk.model || answer.model,
    firstTokenMs: answer.firstTokenMs ?? (hasContent ? sinceStart() : null),
    finishReason: choice?.finish_reason ?? answer.finishReason,
    ...(chunk.usage
      ? {
          inputTokens: chunk.usage.prompt_tokens ?? null,
          outputTokens: chunk.usage.completion_tokens ?? null,
          costUsd: chunk.usage.cost === undefined ? null : String(chunk.usage.cost),
        }
      : {}),
  };
}

function addToolCalls(calls: ToolCall[], deltas: readonly ToolCallDelta[]): ToolCall[] {
  if (deltas.length === 0) return calls;
  const next = [...calls];
  for (const { index = next.length, id, function: called } of deltas) {
    const known = next[index] ?? { id: '', name: '', arguments: '' };
    next[index] = { id: id ?? known.id, name: called?.name ?? known.name, arguments: known.arguments + (called?.arguments ?? '') };
  }
  return next;
}

function readError(text: string): { code: string | null; message: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string | null; message?: string } };
    return { code: error?.code ?? null, message: error?.message ?? text.slice(0, 300) };
  } catch {
    return { code: null, message: text.slice(0, 300) };
  }
}
