import type { FairleadError } from '@/lib/kernel/errors';
import { anthropicErrorBody, isObject, sseNamedFrame } from '@/lib/wire';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';
import { traced } from './message-object';

/** Anthropic's own events, byte for byte but for the name of the model; the one with the usage tells the cost too. */
export class NativeMessagesWriter implements StreamWriter {
  private usagePart: FramePart | null = null;

  constructor(private readonly context: AnswerContext) {}

  write(part: FramePart): string {
    const { frame, chunk } = part;
    const earlier = this.takeUsage();
    if (chunk.type === 'message_delta') {
      this.usagePart = part;
      return earlier;
    }
    if (!isObject(chunk.message)) return earlier + sseNamedFrame(String(chunk.type), frame);
    return earlier + sseNamedFrame(String(chunk.type), JSON.stringify({ ...chunk, message: { ...chunk.message, model: this.context.model } }));
  }

  complete({ costUsd, last }: Ending, trace: Trace | null): string {
    const chunk = this.usagePart?.chunk;
    this.usagePart = null;
    const usage = chunk ? sseNamedFrame('message_delta', JSON.stringify(traced({ ...chunk, usage: isObject(chunk.usage) ? { ...chunk.usage, cost: costUsd } : chunk.usage }, trace))) : '';
    return usage + sseNamedFrame('message_stop', last?.frame ?? '{"type":"message_stop"}');
  }

  fail(error: FairleadError, trace: Trace | null): string {
    return this.takeUsage() + sseNamedFrame('error', JSON.stringify(traced(anthropicErrorBody(error, this.context.requestId), trace)));
  }

  private takeUsage(): string {
    const part = this.usagePart;
    this.usagePart = null;
    return part ? sseNamedFrame('message_delta', part.frame) : '';
  }
}
