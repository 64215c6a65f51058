import type { FairleadError } from '@/lib/kernel/errors';
import { type JsonObject, sseNamedFrame } from '@/lib/wire';
import { type CallDelta, readDelta } from '../chat-delta';
import type { AnswerContext, Ending, FramePart, StreamWriter, Trace } from '../contract';
import { addReplayedFields, callExtras, packReplay, type Replay } from '../replay';
import { callItem, messageItem, reasoningItem, refusalPart, textPart } from './output-items';
import { failure, newResponse, statusOf, traced, usageOf } from './response-object';
import { customInput, type NamedTool, namedTools } from './tools';

interface OpenReasoning {
  kind: 'reasoning';
  index: number;
  id: string;
  text: string;
  fields: JsonObject;
}

interface OpenMessage {
  kind: 'text' | 'refusal';
  index: number;
  id: string;
  text: string;
  logprobs: unknown[];
}

interface OpenCall {
  index: number;
  id: string;
  callId: string;
  name: string;
  arguments: string;
  tool: NamedTool | undefined;
}

/**
 * Chat parts as the events of a Responses stream, in the order the SDKs insist on: created, in_progress, then for every
 * item added, parts, deltas, done, and at the end completed, incomplete or failed. Every event has the next sequence number.
 */
export class ResponsesStreamWriter implements StreamWriter {
  private readonly response: JsonObject;
  private readonly tools: ReadonlyMap<string, NamedTool>;
  private readonly wantsReplay: boolean;
  private output: JsonObject[] = [];
  private sequence = 0;
  private nextIndex = 0;
  private started = false;
  private open: OpenReasoning | OpenMessage | null = null;
  private readonly calls = new Map<number, OpenCall>();
  private written = '';

  constructor(private readonly context: AnswerContext) {
    const { body } = context.call;
    this.response = newResponse(context);
    this.tools = namedTools(body.tools);
    this.wantsReplay = Array.isArray(body.include) && body.include.includes('reasoning.encrypted_content');
  }

  write(part: FramePart): string {
    this.start();
    const delta = readDelta(part);
    if (delta) {
      addReplayedFields(this.replayedFields(delta.raw), delta.raw);
      if (delta.reasoning !== '') this.addReasoning(delta.reasoning);
      if (delta.text !== '') this.addText('text', delta.text, delta.logprobs);
      if (delta.refusal !== '') this.addText('refusal', delta.refusal, []);
      for (const call of delta.calls) this.addCall(call);
    }
    if (part.kind === 'finish') this.closeAll(statusOf(part.finish).status);
    return this.take();
  }

  complete({ usage, costUsd, finish, atS }: Ending, trace: Trace | null): string {
    this.start();
    const { status, incomplete_details } = statusOf(finish);
    this.closeAll(status);
    const response = { ...this.response, status, incomplete_details, output: this.output, usage: usageOf(usage, costUsd), completed_at: status === 'completed' ? atS : null };
    this.emit(status === 'completed' ? 'response.completed' : 'response.incomplete', { response: traced(response, trace) });
    return this.take();
  }

  cut(): string {
    this.start();
    this.closeAll('incomplete');
    return this.take();
  }

  fail(error: FairleadError, trace: Trace | null): string {
    this.start();
    this.closeAll('incomplete');
    this.emit('response.failed', { response: traced({ ...this.response, ...failure(error), output: this.output }, trace) });
    return this.take();
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.emit('response.created', { response: this.response });
    this.emit('response.in_progress', { response: this.response });
  }

  private addReasoning(text: string): void {
    const open = this.openReasoning();
    if (open.text === '') this.emit('response.reasoning_summary_part.added', { item_id: open.id, output_index: open.index, summary_index: 0, part: { type: 'summary_text', text: '' } });
    open.text += text;
    this.emit('response.reasoning_summary_text.delta', { item_id: open.id, output_index: open.index, summary_index: 0, delta: text });
  }

  private addText(kind: 'text' | 'refusal', text: string, logprobs: unknown[]): void {
    const open = this.open?.kind === kind ? this.open : this.openMessage(kind);
    open.text += text;
    open.logprobs.push(...logprobs);
    const place = { item_id: open.id, output_index: open.index, content_index: 0, delta: text };
    if (kind === 'text') this.emit('response.output_text.delta', { ...place, logprobs });
    else this.emit('response.refusal.delta', place);
  }

  private openMessage(kind: 'text' | 'refusal'): OpenMessage {
    this.closeOpen('completed');
    const index = this.nextIndex++;
    const item = messageItem(this.context, index, [], 'in_progress');
    const open: OpenMessage = { kind, index, id: String(item.id), text: '', logprobs: [] };
    this.open = open;
    this.emit('response.output_item.added', { output_index: index, item });
    this.emit('response.content_part.added', { item_id: open.id, output_index: index, content_index: 0, part: kind === 'text' ? textPart('') : refusalPart('') });
    return open;
  }

  private addCall(delta: CallDelta): void {
    let call = this.calls.get(delta.index);
    if (!call) {
      const extras = callExtras(delta.raw);
      const callId = delta.id ?? `call_${this.context.requestId.slice(4)}_${delta.index}`;
      if (extras) this.openReasoning();
      this.closeOpen('completed', extras ? { calls: { [callId]: extras } } : null);
      const index = this.nextIndex++;
      const tool = this.tools.get(delta.name);
      const item = callItem(this.context, index, { id: callId, name: delta.name, arguments: '' }, tool, 'in_progress');
      call = { index, id: String(item.id), callId, name: delta.name, arguments: '', tool };
      this.calls.set(delta.index, call);
      this.emit('response.output_item.added', { output_index: index, item });
    }
    call.arguments += delta.arguments;
    // A custom tool's text is inside the arguments: it can only be told once they are whole.
    if (delta.arguments !== '' && call.tool?.kind !== 'custom') this.emit('response.function_call_arguments.delta', { item_id: call.id, output_index: call.index, delta: delta.arguments });
  }

  private openReasoning(): OpenReasoning {
    if (this.open?.kind === 'reasoning') return this.open;
    this.closeOpen('completed');
    const index = this.nextIndex++;
    const item = reasoningItem(this.context, index, '', null, 'in_progress');
    const open: OpenReasoning = { kind: 'reasoning', index, id: String(item.id), text: '', fields: {} };
    this.open = open;
    this.emit('response.output_item.added', { output_index: index, item });
    return open;
  }

  /** Where signed reasoning of a delta is kept: with the reasoning item it belongs to. */
  private replayedFields(delta: JsonObject): JsonObject {
    return delta.reasoning_details === undefined ? {} : this.openReasoning().fields;
  }

  private closeAll(status: 'completed' | 'incomplete'): void {
    this.closeOpen(status);
    for (const call of [...this.calls.values()].sort((a, b) => a.index - b.index)) this.closeCall(call, status);
    this.calls.clear();
  }

  private closeOpen(status: 'completed' | 'incomplete', extra: Replay | null = null): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    if (open.kind === 'reasoning') {
      const place = { item_id: open.id, output_index: open.index, summary_index: 0 };
      if (open.text !== '') {
        this.emit('response.reasoning_summary_text.done', { ...place, text: open.text });
        this.emit('response.reasoning_summary_part.done', { ...place, part: { type: 'summary_text', text: open.text } });
      }
      const replay: Replay = { ...(open.text === '' ? null : { reasoning: open.text }), fields: open.fields, ...extra };
      const needed = this.wantsReplay || extra !== null || Object.keys(open.fields).length > 0;
      this.closeItem(open.index, reasoningItem(this.context, open.index, open.text, needed ? packReplay(replay) : null, status));
      return;
    }
    const place = { item_id: open.id, output_index: open.index, content_index: 0 };
    const part = open.kind === 'text' ? textPart(open.text, open.logprobs) : refusalPart(open.text);
    if (open.kind === 'text') this.emit('response.output_text.done', { ...place, text: open.text, logprobs: open.logprobs });
    else this.emit('response.refusal.done', { ...place, refusal: open.text });
    this.emit('response.content_part.done', { ...place, part });
    this.closeItem(open.index, messageItem(this.context, open.index, [part], status));
  }

  private closeCall(call: OpenCall, status: 'completed' | 'incomplete'): void {
    // A tool without arguments is called with an empty object, never with nothing.
    const args = call.arguments === '' && status === 'completed' ? '{}' : call.arguments;
    const place = { item_id: call.id, output_index: call.index };
    if (call.tool?.kind === 'custom') {
      const input = customInput(args);
      this.emit('response.custom_tool_call_input.delta', { ...place, delta: input });
      this.emit('response.custom_tool_call_input.done', { ...place, input });
    } else this.emit('response.function_call_arguments.done', { ...place, name: call.tool?.name ?? call.name, arguments: args });
    this.closeItem(call.index, callItem(this.context, call.index, { id: call.callId, name: call.name, arguments: args }, call.tool, status));
  }

  private closeItem(index: number, item: JsonObject): void {
    this.output[index] = item;
    this.emit('response.output_item.done', { output_index: index, item });
  }

  private emit(type: string, fields: JsonObject): void {
    this.written += sseNamedFrame(type, JSON.stringify({ type, sequence_number: this.sequence++, ...fields }));
  }

  private take(): string {
    const { written } = this;
    this.written = '';
    return written;
  }
}
