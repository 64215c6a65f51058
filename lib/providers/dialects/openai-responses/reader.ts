import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { Quirks, StreamReader } from '../../contract';
import { oneLine } from '../event-frames';
import { EventReader } from '../event-reader';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { ChatReader } from './chat-reader';
import { decodeText } from './decode';
import { finishOf } from './response';
import { eventsOfResponse } from './response-to-events';
import { readUsage } from './usage';

export function reader(surface: Surface, quirks: Quirks): StreamReader {
  return surface === 'chat' ? new ChatReader(quirks) : new ResponsesReader(quirks);
}

/** Events that open a place for what comes: nothing to read yet. */
const OPENING = /^response\.(?:created|queued|in_progress|content_part\.added|reasoning_summary_part\.added)$/;

/** A Responses stream for a Responses client: every event goes on as it came, the one that ends it apart. */
class ResponsesReader extends EventReader {
  constructor(private readonly quirks: Quirks) {
    super();
  }

  protected readEvent(data: string, event: JsonObject): void {
    const type = String(event.type);
    const at = { frame: oneLine(data, event), chunk: event };
    const response = isObject(event.response) ? event.response : null;
    if (this.answerId === null && typeof response?.id === 'string' && response.id !== '') this.answerId = response.id;
    if (type === 'response.completed' || type === 'response.incomplete') return this.finish(response ?? {}, at);
    if (type === 'response.failed') return this.fail(response ?? {});
    if (type === 'error' || isObject(event.error)) return this.emit({ kind: 'error', fault: faultInBody(isObject(event.error) ? event : { error: event }, this.quirks) });
    if (OPENING.test(type)) return this.emit({ kind: 'role', ...at });
    if (type === 'response.output_item.added') {
      const item = isObject(event.item) ? event.item : {};
      const silent = item.type === 'message' || item.type === 'reasoning';
      return this.emit(silent ? { kind: 'role', ...at } : { kind: 'content', ...at, text: typeof item.name === 'string' ? item.name : '', reasoning: '' });
    }
    if (!type.endsWith('.delta')) return this.emit({ kind: 'other', ...at });
    const delta = typeof event.delta === 'string' && !type.includes('audio') ? event.delta : '';
    const thought = type.includes('reasoning');
    this.emit({ kind: 'content', ...at, text: thought ? '' : delta, reasoning: thought ? delta : '' });
  }

  private finish(response: JsonObject, last: { frame: string; chunk: JsonObject }): void {
    if (isObject(response.usage)) {
      const { usage, suspect } = readUsage(response.usage, this.quirks);
      this.suspect ||= suspect;
      if (usage !== null) this.lastUsage = usage;
    }
    this.emit({ kind: 'finish', frame: '', chunk: {}, finish: finishOf(response) ?? 'stop', text: '', reasoning: '' }, { kind: 'done', last });
    this.done = true;
  }

  private fail(response: JsonObject): void {
    const fault = isObject(response.error) ? faultInBody(response, this.quirks) : faultOfKind('server', 'The provider failed and did not say why.', 200);
    this.emit({ kind: 'error', fault });
  }

  protected readWhole(text: string): void {
    const reply = decodeText('responses', text, this.quirks);
    if ('fault' in reply) return this.emit({ kind: 'error', fault: reply.fault });
    for (const event of eventsOfResponse(reply.json)) this.readEvent(JSON.stringify(event), event);
  }

  protected close(): void {
    // A stream without its last event is one that broke.
  }
}
