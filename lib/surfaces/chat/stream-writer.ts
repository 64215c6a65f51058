import type { FairleadError } from '@/lib/kernel/errors';
import { addCost, rewriteModel } from '@/lib/providers/dialects/openai-chat';
import { errorBody, SSE_DONE } from '@/lib/wire';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';

/** Chat and completions: the provider's own chunks, LF-framed, under our model name; `[DONE]` ends every stream. */
export class ChatStreamWriter implements StreamWriter {
  private usagePart: FramePart | null = null;
  private lastChunk: Record<string, unknown> = {};

  constructor(
    private readonly context: AnswerContext,
    private readonly object: string,
  ) {}

  write(part: FramePart, trace: Trace | null): string {
    if (part.kind === 'usage') {
      this.usagePart = part;
      return '';
    }
    this.lastChunk = part.chunk;
    const frame = rewriteModel(part.frame, part.chunk, this.context.model);
    return `data: ${trace && part.kind === 'finish' ? withTrace(frame, trace) : frame}\n\n`;
  }

  /** Usage is shown where it was asked for, with what the call cost. */
  complete(ending: Ending, trace: Trace | null): string {
    if (!this.context.call.wantsUsage) return SSE_DONE;
    const frame = this.usageFrame(ending);
    return `data: ${trace ? withTrace(frame, trace) : frame}\n\n${SSE_DONE}`;
  }

  cut(): string {
    const { id = this.context.requestId, created = this.context.createdAtS, object = this.object } = this.lastChunk;
    const choice = this.object === 'text_completion' ? { index: 0, text: '', logprobs: null, finish_reason: 'length' } : { index: 0, delta: {}, finish_reason: 'length' };
    return `data: ${JSON.stringify({ id, object, created, model: this.context.model, choices: [choice] })}\n\n`;
  }

  fail(error: FairleadError, trace: Trace | null): string {
    const body = errorBody(error, this.context.requestId);
    return `data: ${JSON.stringify(trace ? { ...body, fairlead: trace } : body)}\n\n${SSE_DONE}`;
  }

  private usageFrame({ usage, costUsd }: Ending): string {
    const { model } = this.context;
    if (this.usagePart) return addCost(rewriteModel(this.usagePart.frame, this.usagePart.chunk, model), costUsd);
    const { id, created, object = this.object } = this.lastChunk;
    return JSON.stringify({
      id,
      object,
      created,
      model,
      choices: [],
      usage: {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
        prompt_tokens_details: { cached_tokens: usage.cacheRead },
        completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
        cost: costUsd,
      },
    });
  }
}

function withTrace(frame: string, trace: Trace): string {
  return JSON.stringify({ ...(JSON.parse(frame) as object), fairlead: trace });
}
