import type { FairleadError } from '@/lib/kernel/errors';
import { anthropicErrorBody, type JsonObject, sseNamedFrame } from '@/lib/wire';
import { type CallDelta, readDelta } from '../chat-delta';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';
import { addReplayedFields, callExtras, packReplay, type Replay } from '../replay';
import { messageUsage, newMessage, showsThinking, stopReason, traced } from './message-object';

const PING = sseNamedFrame('ping', '{"type":"ping"}');

/** Chat parts as Anthropic's named events: message_start, blocks one after another, message_delta, message_stop. */
export class MessagesStreamWriter implements StreamWriter {
  private readonly shows: boolean;
  private started = false;
  private nextIndex = 0;
  private open: { kind: 'text' | 'thinking'; index: number } | null = null;
  /** Calls stay open until the answer ends: chat may come back to an earlier one. */
  private readonly calls = new Map<number, number>();
  private reasoning = '';
  private fields: JsonObject = {};
  private written = '';

  constructor(private readonly context: AnswerContext) {
    this.shows = showsThinking(context.call.body);
  }

  write(part: FramePart): string {
    this.start();
    const delta = readDelta(part);
    if (delta) {
      addReplayedFields(this.fields, delta.raw);
      if (delta.reasoning !== '') this.addReasoning(delta.reasoning);
      const text = delta.text + delta.refusal;
      if (text !== '') this.addText(text);
      for (const call of delta.calls) this.addCall(call);
    }
    if (part.kind === 'finish') this.closeAll();
    return this.take();
  }

  complete({ usage, costUsd, finish }: Ending, trace: Trace | null): string {
    this.start();
    this.closeAll();
    this.emit('message_delta', traced({ delta: { stop_reason: stopReason(finish), stop_sequence: null }, usage: messageUsage(usage, costUsd) }, trace));
    this.emit('message_stop', {});
    return this.take();
  }

  cut(): string {
    this.start();
    this.closeAll();
    return this.take();
  }

  fail(error: FairleadError, trace: Trace | null): string {
    return this.take() + sseNamedFrame('error', JSON.stringify(traced(anthropicErrorBody(error, this.context.requestId), trace)));
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.emit('message_start', { message: newMessage(this.context) });
    this.written += PING;
  }

  private addReasoning(text: string): void {
    this.reasoning += text;
    if (!this.shows) return;
    if (this.open?.kind !== 'thinking') this.openBlock('thinking', { type: 'thinking', thinking: '', signature: '' });
    this.emit('content_block_delta', { index: this.open?.index, delta: { type: 'thinking_delta', thinking: text } });
  }

  private addText(text: string): void {
    if (this.open?.kind !== 'text') this.openBlock('text', { type: 'text', text: '' });
    this.emit('content_block_delta', { index: this.open?.index, delta: { type: 'text_delta', text } });
  }

  private addCall(delta: CallDelta): void {
    let index = this.calls.get(delta.index);
    if (index === undefined) {
      const id = delta.id ?? `toolu_${this.context.requestId.slice(4)}_${delta.index}`;
      this.closeOpen();
      this.keepUnseen(id, callExtras(delta.raw));
      index = this.nextIndex++;
      this.calls.set(delta.index, index);
      this.emit('content_block_start', { index, content_block: { type: 'tool_use', id, name: delta.name, input: {} } });
    }
    if (delta.arguments !== '') this.emit('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: delta.arguments } });
  }

  /** What the next turn needs back and no block shows goes before the call, in the block that clients return unread. */
  private keepUnseen(callId: string, extras: JsonObject | null): void {
    const replay: Replay = {};
    if (!this.shows && this.reasoning !== '') replay.reasoning = this.reasoning;
    if (Object.keys(this.fields).length > 0) replay.fields = this.fields;
    if (extras) replay.calls = { [callId]: extras };
    this.reasoning = '';
    this.fields = {};
    if (Object.keys(replay).length === 0) return;
    const index = this.nextIndex++;
    this.emit('content_block_start', { index, content_block: { type: 'redacted_thinking', data: packReplay(replay) } });
    this.emit('content_block_stop', { index });
  }

  private openBlock(kind: 'text' | 'thinking', block: JsonObject): void {
    this.closeOpen();
    const index = this.nextIndex++;
    this.open = { kind, index };
    this.emit('content_block_start', { index, content_block: block });
  }

  private closeOpen(): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    if (open.kind === 'thinking') {
      this.emit('content_block_delta', { index: open.index, delta: { type: 'signature_delta', signature: packReplay({ fields: this.fields }) } });
      this.fields = {};
    }
    this.emit('content_block_stop', { index: open.index });
  }

  private closeAll(): void {
    this.closeOpen();
    for (const index of this.calls.values()) this.emit('content_block_stop', { index });
    this.calls.clear();
  }

  private emit(type: string, fields: JsonObject): void {
    this.written += sseNamedFrame(type, JSON.stringify({ type, ...fields }));
  }

  private take(): string {
    const { written } = this;
    this.written = '';
    return written;
  }
}
