import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import { SseParser } from '@/lib/wire/sse';
import type { Quirks, StreamPart, StreamReader } from '../../contract';
import { type Mode, modeOf, oneLine, parseChunk } from '../event-frames';
import { decodeText, hasError } from './decode';
import { faultInBody, faultOfKind } from './fault';
import { brokenFinish } from './finish';
import { asChunk } from './native-events';
import { partsOfReply } from './reply-to-stream';
import { hasContent, readText } from './text';
import { ThinkTagSplitter } from './think-tags';
import { findUsage, readUsage } from './usage';

export function reader(surface: Surface, quirks: Quirks): StreamReader {
  return new OpenAiReader(surface, quirks);
}

class OpenAiReader implements StreamReader {
  private mode: Mode = 'unknown';
  private body: Uint8Array[] = [];
  private parts: StreamPart[] = [];
  private readonly parser: SseParser;
  private readonly think: ThinkTagSplitter | null;
  private lastUsage: Usage | null = null;
  private suspect = false;
  private answerId: string | null = null;
  /** The chunk that told usage last, kept back so that the client gets exactly one usage chunk. */
  private usageChunk: JsonObject | null = null;
  private sawContent = false;
  private finished = false;
  private done = false;

  constructor(
    private readonly surface: Surface,
    private readonly quirks: Quirks,
  ) {
    this.think = quirks.thinkTags ? new ThinkTagSplitter() : null;
    this.parser = new SseParser({
      onEvent: (data) => this.readEvent(data),
      onComment: () => void this.parts.push({ kind: 'comment' }),
      onOversize: () => void this.parts.push({ kind: 'bad', bytes: 0 }),
    });
  }

  push(bytes: Uint8Array): StreamPart[] {
    if (this.mode === 'unknown') this.mode = modeOf(bytes);
    if (this.mode === 'body') this.body.push(bytes);
    else this.parser.push(bytes);
    return this.take();
  }

  end(): StreamPart[] {
    if (this.mode === 'body') this.readBody();
    else {
      this.parser.end();
      if (!this.done) this.flushUsage();
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

  private readEvent(data: string): void {
    if (this.done) return;
    if (data === '[DONE]' || data.trim() === '[DONE]') {
      this.flushUsage();
      this.done = true;
      this.parts.push({ kind: 'done' });
      return;
    }
    const chunk = parseChunk(data);
    if (chunk === null) {
      this.parts.push({ kind: 'bad', bytes: Buffer.byteLength(data) });
      return;
    }
    const own = asChunk(chunk);
    if (own === null) this.noteChunk(data, chunk);
    else if (own.choices !== undefined) this.noteChunk(JSON.stringify(own), own);
  }

  private noteChunk(data: string, chunk: JsonObject): void {
    if (this.answerId === null && typeof chunk.id === 'string' && chunk.id !== '') this.answerId = chunk.id;
    const raw = findUsage(chunk);
    if (raw !== null) this.noteUsage(raw, chunk);
    if (hasError(chunk)) this.parts.push({ kind: 'error', fault: faultInBody(chunk, this.quirks) });
    else this.readChunk(data, chunk);
  }

  private readChunk(data: string, chunk: JsonObject): void {
    const { choices } = chunk;
    if (!Array.isArray(choices) || choices.length === 0) {
      if (!isObject(chunk.usage)) this.parts.push({ kind: 'other', frame: oneLine(data, chunk), chunk });
      return;
    }
    let text = '';
    let reasoning = '';
    let finish: string | null = null;
    let visible = false;
    let wholeMessage = false;
    for (const choice of choices as unknown[]) {
      if (!isObject(choice)) continue;
      if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') finish = choice.finish_reason;
      if (typeof choice.text === 'string' && choice.text !== '') {
        visible = true;
        text += choice.text;
      }
      if (isObject(choice.message)) wholeMessage = true;
      const { delta } = choice;
      if (!isObject(delta) || !hasContent(delta)) continue;
      visible = true;
      const said = readText(delta);
      text += said.text;
      reasoning += said.reasoning;
    }
    if (wholeMessage) {
      this.readWholeMessage(chunk);
      return;
    }
    if (visible) this.sawContent = true;
    if (this.think) {
      const parted = this.think.split(text);
      text = parted.text;
      reasoning += parted.reasoning;
    }
    // OpenRouter repeats the finish chunk to carry usage: its only news is the usage kept back above.
    if (this.finished && !visible && this.usageChunk === chunk) return;
    const [frame, shown] = this.withoutUsage(data, chunk);
    const broken = finish === null ? null : brokenFinish(finish);
    if (broken) this.parts.push({ kind: 'error', fault: broken });
    else if (finish !== null) {
      this.finished = true;
      this.parts.push({ kind: 'finish', frame, chunk: shown, finish, text, reasoning });
    } else if (visible) this.parts.push({ kind: 'content', frame, chunk: shown, text, reasoning });
    else this.parts.push({ kind: 'role', frame, chunk: shown });
  }

  /** MiniMax ends with a whole `chat.completion`; its message repeats what the chunks said. */
  private readWholeMessage(chunk: JsonObject): void {
    for (const part of partsOfReply(chunk, this.quirks)) {
      if (part.kind === 'usage') continue;
      if (this.sawContent && part.kind !== 'finish') continue;
      if (part.kind === 'finish') this.finished = true;
      this.parts.push(part);
    }
  }

  private noteUsage(raw: JsonObject, chunk: JsonObject): void {
    const { usage, suspect } = readUsage(raw, this.quirks);
    if (suspect) this.suspect = true;
    if (usage === null) return;
    this.lastUsage = usage;
    this.usageChunk = chunk;
  }

  private withoutUsage(data: string, chunk: JsonObject): [string, JsonObject] {
    if (!isObject(chunk.usage)) return [oneLine(data, chunk), chunk];
    const { usage: _told, ...rest } = chunk;
    return [JSON.stringify(rest), rest];
  }

  private flushUsage(): void {
    const chunk = this.usageChunk;
    if (chunk === null) return;
    this.usageChunk = null;
    const told = { ...chunk, choices: [], usage: findUsage(chunk) };
    this.parts.push({ kind: 'usage', frame: JSON.stringify(told), chunk: told });
  }

  private readBody(): void {
    const text = Buffer.concat(this.body).toString('utf8').trim();
    this.body = [];
    if (!text.startsWith('{') && !text.startsWith('[')) {
      this.parts.push({
        kind: 'error',
        fault: faultOfKind('malformed', 'The provider answered a streaming request with a page that is not an event stream.', 200),
      });
      return;
    }
    // Ollama's own API streams JSON by lines.
    if (/^\{[^\n]*"done":[^\n]*\}\r?\n\{/.test(text) || /^\{[^\n]*"done":true[^\n]*\}$/.test(text)) {
      for (const line of text.split(/\r\n|\r|\n/)) this.readEvent(line);
      this.readEvent('[DONE]');
      return;
    }
    const reply = decodeText(this.surface, text, this.quirks);
    if ('fault' in reply) {
      this.parts.push({ kind: 'error', fault: reply.fault });
      return;
    }
    this.answerId = reply.id;
    this.lastUsage = reply.usage;
    this.suspect = reply.usageSuspect;
    this.parts.push(...partsOfReply(reply.json, this.quirks), { kind: 'done' });
  }
}
