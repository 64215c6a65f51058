import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { Quirks, StreamReader } from '../../contract';
import { oneLine } from '../event-frames';
import { EventReader } from '../event-reader';
import { faultInBody } from '../openai-chat/fault';
import { ChatReader } from './chat-reader';
import { decodeText } from './decode';
import { eventsOfMessage } from './message-to-events';
import { ToldUsage } from './usage';

export function reader(surface: Surface, quirks: Quirks): StreamReader {
  return surface === 'messages' ? new MessagesReader(quirks) : new ChatReader(quirks);
}

/** A Messages stream for a Messages client: every event goes on as it came. */
class MessagesReader extends EventReader {
  private readonly told = new ToldUsage();

  constructor(private readonly quirks: Quirks) {
    super();
  }

  protected readEvent(data: string, event: JsonObject): void {
    const frame = oneLine(data, event);
    const at = { frame, chunk: event };
    switch (event.type) {
      case 'message_start': {
        const message = isObject(event.message) ? event.message : {};
        if (typeof message.id === 'string' && message.id !== '') this.answerId = message.id;
        this.told.start(message.usage);
        return this.emit({ kind: 'role', ...at });
      }
      case 'content_block_start': {
        const block = isObject(event.content_block) ? event.content_block : {};
        const opens = block.type === 'text' || block.type === 'thinking';
        return this.emit(opens ? { kind: 'role', ...at } : { kind: 'content', ...at, text: typeof block.name === 'string' ? block.name : '', reasoning: '' });
      }
      case 'content_block_delta': {
        const delta = isObject(event.delta) ? event.delta : {};
        const text = typeof delta.text === 'string' ? delta.text : typeof delta.partial_json === 'string' ? delta.partial_json : '';
        return this.emit({ kind: 'content', ...at, text, reasoning: typeof delta.thinking === 'string' ? delta.thinking : '' });
      }
      case 'message_delta': {
        if (isObject(event.usage)) this.noteUsage(event.usage);
        const reason = isObject(event.delta) ? event.delta.stop_reason : null;
        return this.emit(typeof reason === 'string' ? { kind: 'finish', ...at, finish: reason, text: '', reasoning: '' } : { kind: 'other', ...at });
      }
      case 'message_stop':
        this.done = true;
        return this.emit({ kind: 'done', last: at });
      case 'error':
        return this.emit({ kind: 'error', fault: faultInBody(event, this.quirks) });
      default:
        return this.emit(isObject(event.error) ? { kind: 'error', fault: faultInBody(event, this.quirks) } : { kind: 'other', ...at });
    }
  }

  promptUsage(): Usage | null {
    return this.told.prompt();
  }

  private noteUsage(told: JsonObject): void {
    const { usage, suspect } = this.told.end(told);
    this.suspect ||= suspect;
    if (usage !== null) this.lastUsage = usage;
  }

  protected readWhole(text: string): void {
    const reply = decodeText('messages', text, this.quirks);
    if ('fault' in reply) return this.emit({ kind: 'error', fault: reply.fault });
    for (const event of eventsOfMessage(reply.json)) this.readEvent(JSON.stringify(event), event);
    this.lastUsage = reply.usage;
  }

  protected close(): void {
    // A stream that ends without message_stop is judged by its finish.
  }
}
