import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';
import { EventReader } from '../event-reader';
import { faultInBody } from '../openai-chat/fault';
import { ChatChunks } from '../translation/chat-chunks';
import { decodeText } from './decode';
import { chatFinish } from './finish';
import { eventsOfMessage } from './message-to-events';
import { thoughtDetail } from './thoughts';
import { ToldUsage } from './usage';

/** A content block that is still open. */
interface OpenBlock {
  block: JsonObject;
  /** Place among the tool calls; null for what is none. */
  call: number | null;
  thinking: string;
  signature: string;
  saidArguments: boolean;
}

/** A Messages stream for a chat client. */
export class ChatReader extends EventReader {
  private readonly chunks = new ChatChunks();
  private readonly open = new Map<unknown, OpenBlock>();
  private calls = 0;
  private thoughts = 0;
  private readonly told = new ToldUsage();

  constructor(private readonly quirks: Quirks) {
    super();
  }

  protected readEvent(_data: string, event: JsonObject): void {
    switch (event.type) {
      case 'message_start':
        return this.start(isObject(event.message) ? event.message : {});
      case 'content_block_start':
        return this.openBlock(event.index, isObject(event.content_block) ? event.content_block : {});
      case 'content_block_delta':
        return this.readDelta(event.index, isObject(event.delta) ? event.delta : {});
      case 'content_block_stop':
        return this.closeBlock(event.index);
      case 'message_delta':
        return this.finish(event);
      case 'message_stop':
        this.tellUsage();
        this.done = true;
        return this.emit({ kind: 'done' });
      default:
        // A ping or a kind of event that is newer than this code says nothing to a chat client.
        if (event.type === 'error' || isObject(event.error)) this.emit({ kind: 'error', fault: faultInBody(event, this.quirks) });
    }
  }

  private start(message: JsonObject): void {
    if (typeof message.id === 'string' && message.id !== '') this.answerId = message.id;
    this.chunks.id = this.answerId ?? '';
    this.chunks.model = String(message.model ?? '');
    this.told.start(message.usage);
    this.emit(this.chunks.role());
  }

  private openBlock(index: unknown, block: JsonObject): void {
    const opened: OpenBlock = { block, call: block.type === 'tool_use' ? this.calls++ : null, thinking: '', signature: '', saidArguments: false };
    this.open.set(index, opened);
    if (opened.call !== null) this.emit(this.chunks.callStart(opened.call, String(block.id), String(block.name)));
    else if (block.type === 'text' && typeof block.text === 'string' && block.text !== '') this.emit(this.chunks.text(block.text));
  }

  private readDelta(index: unknown, delta: JsonObject): void {
    const opened = this.open.get(index);
    if (typeof delta.text === 'string') this.emit(this.chunks.text(delta.text));
    else if (typeof delta.thinking === 'string') {
      if (opened) opened.thinking += delta.thinking;
      if (delta.thinking !== '') this.emit(this.chunks.reasoning(delta.thinking));
    } else if (typeof delta.signature === 'string') {
      if (opened) opened.signature += delta.signature;
    } else if (typeof delta.partial_json === 'string' && delta.partial_json !== '' && opened?.call !== null && opened?.call !== undefined) {
      opened.saidArguments = true;
      this.emit(this.chunks.callArguments(opened.call, delta.partial_json));
    }
  }

  private closeBlock(index: unknown): void {
    const opened = this.open.get(index);
    if (!opened) return;
    this.open.delete(index);
    // Arguments may come with the block itself; a call without any has an empty object, which is what JSON.parse takes.
    if (opened.call !== null && !opened.saidArguments) this.emit(this.chunks.callArguments(opened.call, JSON.stringify(opened.block.input ?? {})));
    const whole = opened.block.type === 'thinking' ? { type: 'thinking', thinking: opened.thinking, signature: opened.signature } : opened.block;
    const detail = thoughtDetail(whole, this.thoughts);
    if (detail === null) return;
    this.thoughts++;
    this.emit(this.chunks.reasoningDetails([detail]));
  }

  private finish(event: JsonObject): void {
    if (isObject(event.usage)) {
      const { usage, suspect } = this.told.end(event.usage);
      this.suspect ||= suspect;
      if (usage !== null) this.lastUsage = usage;
    }
    const reason = isObject(event.delta) ? event.delta.stop_reason : null;
    if (typeof reason === 'string') this.emit(this.chunks.finish(chatFinish(reason), reason));
  }

  promptUsage(): Usage | null {
    return this.told.prompt();
  }

  private tellUsage(): void {
    if (this.lastUsage !== null) this.emit(this.chunks.usage(this.lastUsage));
  }

  protected readWhole(text: string): void {
    const reply = decodeText('messages', text, this.quirks);
    if ('fault' in reply) return this.emit({ kind: 'error', fault: reply.fault });
    for (const event of eventsOfMessage(reply.json)) this.readEvent('', event);
  }

  protected close(): void {
    this.tellUsage();
  }
}
