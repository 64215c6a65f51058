import type { FairleadError } from '@/lib/kernel/errors';
import { anthropicErrorBody, isObject, sseNamedFrame } from '@/lib/wire';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';
import { messageUsage, stopReason, traced } from './message-object';

/** Anthropic's own events, byte for byte but for the name of the model; the one with the usage tells the cost too. */
export class NativeMessagesWriter implements StreamWriter {
  private usagePart: FramePart | null = null;
  /** Index of the block that is being written. */
  private open: unknown = null;
  private isCut = false;

  constructor(private readonly context: AnswerContext) {}

  write(part: FramePart): string {
    const { frame, chunk } = part;
    const earlier = this.takeUsage();
    if (chunk.type === 'content_block_start') this.open = chunk.index;
    if (chunk.type === 'content_block_stop') this.open = null;
    if (chunk.type === 'message_delta') {
      this.usagePart = part;
      return earlier;
    }
    if (!isObject(chunk.message)) return earlier + sseNamedFrame(String(chunk.type), frame);
    return earlier + sseNamedFrame(String(chunk.type), JSON.stringify({ ...chunk, message: { ...chunk.message, model: this.context.model } }));
  }

  cut(): string {
    this.isCut = true;
    return this.open === null ? '' : sseNamedFrame('content_block_stop', JSON.stringify({ type: 'content_block_stop', index: this.open }));
  }

  complete({ costUsd, last, usage: counted, finish }: Ending, trace: Trace | null): string {
    if (this.isCut) {
      const ending = { type: 'message_delta', delta: { stop_reason: stopReason(finish), stop_sequence: null }, usage: messageUsage(counted, costUsd) };
      return sseNamedFrame('message_delta', JSON.stringify(traced(ending, trace))) + sseNamedFrame('message_stop', '{"type":"message_stop"}');
    }
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
