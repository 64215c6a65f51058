import type { Usage } from '@/lib/kernel/usage';
import type { JsonObject } from '@/lib/wire/call';
import { SseParser } from '@/lib/wire/sse';
import type { StreamPart, StreamReader } from '../contract';
import { isBareError, type Mode, modeOf, parseChunk } from './event-frames';
import { faultInBody, faultOfKind } from './openai-chat/fault';

/**
 * What every reader of an event stream does, whatever its family: bytes to events at any split, one whole body
 * where a stream was asked for, frames that are not JSON counted. The family says what an event means.
 */
export abstract class EventReader implements StreamReader {
  private mode: Mode = 'unknown';
  private body: Uint8Array[] = [];
  private parts: StreamPart[] = [];
  private readonly parser: SseParser;
  protected lastUsage: Usage | null = null;
  protected suspect = false;
  protected answerId: string | null = null;
  protected done = false;

  constructor() {
    this.parser = new SseParser({
      onEvent: (data, name) => this.takeEvent(data, name),
      onComment: () => this.emit({ kind: 'comment' }),
      onOversize: () => this.emit({ kind: 'bad', bytes: 0 }),
    });
  }

  /** One event. `data` is its text as it came. */
  protected abstract readEvent(data: string, event: JsonObject): void;
  /** A whole JSON body instead of events. */
  protected abstract readWhole(text: string): void;
  /** The upstream closed. */
  protected abstract close(): void;

  /** `[DONE]`. Some that speak another family still end as OpenAI does; their own ending came before it. */
  protected readDone(): void {}

  protected emit(...parts: StreamPart[]): void {
    this.parts.push(...parts);
  }

  push(bytes: Uint8Array): StreamPart[] {
    if (this.mode === 'unknown') this.mode = modeOf(bytes);
    if (this.mode === 'body') this.body.push(bytes);
    else this.parser.push(bytes);
    return this.take();
  }

  end(): StreamPart[] {
    if (this.mode === 'body') this.takeBody();
    else {
      this.parser.end();
      if (!this.done) this.close();
    }
    return this.take();
  }

  usage(): Usage | null {
    return this.lastUsage;
  }

  usageSuspect(): boolean {
    return this.suspect;
  }

  id(): string | null {
    return this.answerId;
  }

  private take(): StreamPart[] {
    const { parts } = this;
    this.parts = [];
    return parts;
  }

  /** One event as text: once its ending was read, nothing more is. */
  protected takeEvent(data: string, name = ''): void {
    if (this.done) return;
    if (data === '[DONE]' || data.trim() === '[DONE]') return this.readDone();
    const event = parseChunk(data);
    if (name === 'error' && (event === null || isBareError(event))) this.emit({ kind: 'error', fault: faultInBody({ error: event ?? { message: data } }, {}) });
    else if (event === null) this.emit({ kind: 'bad', bytes: Buffer.byteLength(data) });
    else this.readEvent(data, event);
  }

  private takeBody(): void {
    const text = Buffer.concat(this.body).toString('utf8').trim();
    this.body = [];
    if (text.startsWith('{') || text.startsWith('[')) return this.readWhole(text);
    this.emit({
      kind: 'error',
      fault: faultOfKind('malformed', 'The provider answered a streaming request with a page that is not an event stream.', 200),
    });
  }
}
