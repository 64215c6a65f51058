import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';
import { EventReader } from '../event-reader';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { ChatChunks } from '../translation/chat-chunks';
import { decodeText } from './decode';
import { finishOf, nativeFinishOf } from './response';
import { eventsOfResponse } from './response-to-events';
import { sealedThought } from './thoughts';
import { readUsage } from './usage';

/** A function call that is being told. */
interface OpenCall {
  index: number;
  saidArguments: boolean;
}

/** A Responses stream for a chat client. */
export class ChatReader extends EventReader {
  private readonly chunks = new ChatChunks();
  /** By place in the output. */
  private readonly calls = new Map<unknown, OpenCall>();
  private thoughts = 0;

  constructor(private readonly quirks: Quirks) {
    super();
  }

  protected readEvent(_data: string, event: JsonObject): void {
    const delta = typeof event.delta === 'string' ? event.delta : '';
    switch (event.type) {
      case 'response.created':
        return this.start(isObject(event.response) ? event.response : {});
      case 'response.output_item.added':
        return this.openItem(event.output_index, isObject(event.item) ? event.item : {});
      case 'response.output_text.delta':
        return delta === '' ? undefined : this.emit(this.chunks.text(delta, event.logprobs));
      case 'response.refusal.delta':
        return this.emit(this.chunks.refusal(delta));
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return delta === '' ? undefined : this.emit(this.chunks.reasoning(delta));
      case 'response.function_call_arguments.delta':
        return this.sayArguments(event.output_index, delta);
      case 'response.output_item.done':
        return this.closeItem(event.output_index, isObject(event.item) ? event.item : {});
      case 'response.completed':
      case 'response.incomplete':
        return this.finish(isObject(event.response) ? event.response : {});
      case 'response.failed':
        return this.fail(isObject(event.response) ? event.response : {});
      default:
        // Places that open, texts that are repeated whole, kinds of events newer than this code: nothing a chat client knows.
        if (event.type === 'error' || isObject(event.error)) this.emit({ kind: 'error', fault: faultInBody(isObject(event.error) ? event : { error: event }, this.quirks) });
    }
  }

  private start(response: JsonObject): void {
    if (typeof response.id === 'string' && response.id !== '') this.answerId = response.id;
    this.chunks.id = this.answerId ?? '';
    this.chunks.model = String(response.model ?? '');
    this.emit(this.chunks.role());
  }

  private openItem(at: unknown, item: JsonObject): void {
    if (item.type !== 'function_call') return;
    const call = { index: this.calls.size, saidArguments: false };
    this.calls.set(at, call);
    this.emit(this.chunks.callStart(call.index, String(item.call_id ?? item.id), String(item.name)));
  }

  private sayArguments(at: unknown, piece: string): void {
    const call = this.calls.get(at);
    if (!call || piece === '') return;
    call.saidArguments = true;
    this.emit(this.chunks.callArguments(call.index, piece));
  }

  private closeItem(at: unknown, item: JsonObject): void {
    // Some tell the arguments only when they are complete; a call without any has an empty object.
    if (this.calls.get(at)?.saidArguments === false) this.sayArguments(at, String(item.arguments || '{}'));
    const thought = sealedThought(item, this.thoughts);
    if (thought === null) return;
    this.thoughts++;
    this.emit(this.chunks.reasoningDetails([thought]));
  }

  private finish(response: JsonObject): void {
    if (isObject(response.usage)) {
      const { usage, suspect } = readUsage(response.usage, this.quirks);
      this.suspect ||= suspect;
      if (usage !== null) this.lastUsage = usage;
    }
    this.emit(this.chunks.finish(finishOf(response) ?? 'stop', nativeFinishOf(response)));
    if (this.lastUsage !== null) this.emit(this.chunks.usage(this.lastUsage));
    this.done = true;
    this.emit({ kind: 'done' });
  }

  private fail(response: JsonObject): void {
    this.emit({ kind: 'error', fault: isObject(response.error) ? faultInBody(response, this.quirks) : faultOfKind('server', 'The provider failed and did not say why.', 200) });
  }

  protected readWhole(text: string): void {
    const reply = decodeText('responses', text, this.quirks);
    if ('fault' in reply) return this.emit({ kind: 'error', fault: reply.fault });
    for (const event of eventsOfResponse(reply.json)) this.readEvent('', event);
  }

  protected close(): void {
    // A stream without its last event is one that broke.
  }
}
