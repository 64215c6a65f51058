import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { Quirks, StreamReader } from '../../contract';
import { oneLine } from '../event-frames';
import { EventReader } from '../event-reader';
import { decodeText, hasError } from './decode';
import { faultInBody } from './fault';
import { brokenFinish } from './finish';
import { asChunk } from './native-events';
import { partsOfReply } from './reply-to-stream';
import { hasContent, readText } from './text';
import { ThinkTagSplitter } from './think-tags';
import { findUsage, readUsage } from './usage';

export function reader(surface: Surface, quirks: Quirks): StreamReader {
  return new OpenAiReader(surface, quirks);
}

/** A chat or completions stream: chunks go on as they came, but for usage, which is told once and last. */
class OpenAiReader extends EventReader {
  private readonly think: ThinkTagSplitter | null;
  /** The chunk that told usage last, kept back so that the client gets exactly one usage chunk. */
  private usageChunk: JsonObject | null = null;
  private sawContent = false;
  private finished = false;
  /** Of several choices in one answer: those that go on. Null while there is one only. */
  private unfinished: Set<number> | null = null;

  constructor(
    private readonly surface: Surface,
    private readonly quirks: Quirks,
  ) {
    super();
    this.think = quirks.thinkTags ? new ThinkTagSplitter() : null;
  }

  protected readEvent(data: string, chunk: JsonObject): void {
    const own = asChunk(chunk);
    if (own === null) this.noteChunk(data, chunk);
    else if (own.choices !== undefined) this.noteChunk(JSON.stringify(own), own);
  }

  protected override readDone(): void {
    this.flushUsage();
    this.done = true;
    this.emit({ kind: 'done' });
  }

  protected close(): void {
    this.flushUsage();
  }

  private noteChunk(data: string, chunk: JsonObject): void {
    if (this.answerId === null && typeof chunk.id === 'string' && chunk.id !== '') this.answerId = chunk.id;
    const raw = findUsage(chunk);
    if (raw !== null) this.noteUsage(raw, chunk);
    if (hasError(chunk)) this.emit({ kind: 'error', fault: faultInBody(chunk, this.quirks) });
    else this.readChunk(data, chunk);
  }

  private readChunk(data: string, chunk: JsonObject): void {
    const { choices } = chunk;
    if (!Array.isArray(choices) || choices.length === 0) {
      if (!isObject(chunk.usage)) this.emit({ kind: 'other', frame: oneLine(data, chunk), chunk });
      return;
    }
    let text = '';
    let reasoning = '';
    let finish: string | null = null;
    let visible = false;
    let wholeMessage = false;
    for (const choice of choices as unknown[]) {
      if (!isObject(choice)) continue;
      const reason = typeof choice.finish_reason === 'string' && choice.finish_reason !== '' ? choice.finish_reason : null;
      if (reason !== null) finish = reason;
      if (this.unfinished !== null || (typeof choice.index === 'number' && choice.index > 0)) this.noteChoice(choice.index, reason !== null);
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
    if (broken) this.emit({ kind: 'error', fault: broken });
    else if (finish !== null && this.unfinished !== null && this.unfinished.size > 0) {
      // The answer is complete when the last of its choices is.
      this.emit(visible ? { kind: 'content', frame, chunk: shown, text, reasoning } : { kind: 'other', frame, chunk: shown });
    } else if (finish !== null) {
      this.finished = true;
      this.emit({ kind: 'finish', frame, chunk: shown, finish, text, reasoning });
    } else if (visible) this.emit({ kind: 'content', frame, chunk: shown, text, reasoning });
    else this.emit({ kind: 'role', frame, chunk: shown });
  }

  private noteChoice(index: unknown, finished: boolean): void {
    this.unfinished ??= new Set(this.finished ? [] : [0]);
    const place = typeof index === 'number' ? index : 0;
    if (finished) this.unfinished.delete(place);
    else this.unfinished.add(place);
  }

  /** MiniMax ends with a whole `chat.completion`; its message repeats what the chunks said. */
  private readWholeMessage(chunk: JsonObject): void {
    for (const part of partsOfReply(chunk, this.quirks)) {
      if (part.kind === 'usage') continue;
      if (this.sawContent && part.kind !== 'finish') continue;
      if (part.kind === 'finish') this.finished = true;
      this.emit(part);
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
    this.emit({ kind: 'usage', frame: JSON.stringify(told), chunk: told });
  }

  protected readWhole(text: string): void {
    // Ollama's own API streams JSON by lines.
    if (/^\{[^\n]*"done":[^\n]*\}\r?\n\{/.test(text) || /^\{[^\n]*"done":true[^\n]*\}$/.test(text)) {
      for (const line of text.split(/\r\n|\r|\n/)) this.takeEvent(line);
      return this.takeEvent('[DONE]');
    }
    const reply = decodeText(this.surface, text, this.quirks);
    if ('fault' in reply) return this.emit({ kind: 'error', fault: reply.fault });
    this.answerId = reply.id;
    this.lastUsage = reply.usage;
    this.suspect = reply.usageSuspect;
    this.emit(...partsOfReply(reply.json, this.quirks), { kind: 'done' });
  }
}
