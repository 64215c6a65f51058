import type { FairleadError } from '@/lib/kernel/errors';
import { isObject, type JsonObject, sseNamedFrame } from '@/lib/wire';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';
import { failure, newResponse, statusOf, traced, usageOf } from './response-object';

/** A provider's own Responses events, byte for byte but for the name of the model; the last one tells the cost. */
export class NativeResponsesWriter implements StreamWriter {
  private response: JsonObject | null = null;
  private sequence = -1;
  private isCut = false;

  constructor(private readonly context: AnswerContext) {}

  write({ frame, chunk }: FramePart): string {
    if (typeof chunk.sequence_number === 'number') this.sequence = chunk.sequence_number;
    if (!isObject(chunk.response)) return sseNamedFrame(String(chunk.type), frame);
    this.response = { ...chunk.response, model: this.context.model };
    return sseNamedFrame(String(chunk.type), JSON.stringify({ ...chunk, response: this.response }));
  }

  cut(): string {
    this.isCut = true;
    return '';
  }

  complete({ costUsd, last, usage: counted, finish }: Ending, trace: Trace | null): string {
    if (this.isCut) {
      const response = { ...(this.response ?? newResponse(this.context)), ...statusOf(finish), usage: usageOf(counted, costUsd) };
      return sseNamedFrame('response.incomplete', JSON.stringify({ type: 'response.incomplete', sequence_number: this.sequence + 1, response: traced(response, trace) }));
    }
    const chunk = last?.chunk;
    if (!chunk || !isObject(chunk.response)) return '';
    const usage = isObject(chunk.response.usage) ? { ...chunk.response.usage, cost: costUsd } : chunk.response.usage;
    return sseNamedFrame(String(chunk.type), JSON.stringify({ ...chunk, response: traced({ ...chunk.response, model: this.context.model, usage }, trace) }));
  }

  fail(error: FairleadError, trace: Trace | null): string {
    const response = traced({ ...(this.response ?? newResponse(this.context)), ...failure(error) }, trace);
    return sseNamedFrame('response.failed', JSON.stringify({ type: 'response.failed', sequence_number: this.sequence + 1, response }));
  }
}
