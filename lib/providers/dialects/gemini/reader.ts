import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { Quirks, StreamReader } from '../../contract';
import { EventReader } from '../event-reader';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { ChatChunks } from '../translation/chat-chunks';
import { blockReason, callId, partsOf } from './decode';
import { chatFinish } from './finish';
import { signatureDetail, signedCall } from './signatures';
import { readUsage } from './usage';

export function reader(_surface: Surface, quirks: Quirks): StreamReader {
  return new GeminiReader(quirks);
}

/** A stream of generateContent answers for a chat client. Usage is cumulative: the last one counts. */
class GeminiReader extends EventReader {
  private readonly chunks = new ChatChunks();
  private started = false;
  private finished = false;
  private calls = 0;
  private signatures = 0;

  constructor(private readonly quirks: Quirks) {
    super();
  }

  protected readEvent(_data: string, event: JsonObject): void {
    if (isObject(event.error)) return this.emit({ kind: 'error', fault: faultInBody(event, this.quirks) });
    this.start(event);
    if (isObject(event.usageMetadata)) {
      const { usage, suspect } = readUsage(event.usageMetadata);
      this.suspect ||= suspect;
      if (usage !== null) this.lastUsage = usage;
    }
    const blocked = blockReason(event);
    if (blocked !== null) return this.finish('content_filter', blocked);
    const candidate: unknown = Array.isArray(event.candidates) ? event.candidates[0] : undefined;
    for (const part of partsOf(candidate)) this.readPart(part);
    if (isObject(candidate) && typeof candidate.finishReason === 'string') this.finish(chatFinish(candidate.finishReason, this.calls > 0), candidate.finishReason);
  }

  private start(event: JsonObject): void {
    if (this.started) return;
    this.started = true;
    if (typeof event.responseId === 'string' && event.responseId !== '') this.answerId = event.responseId;
    this.chunks.id = this.answerId ?? '';
    this.chunks.model = String(event.modelVersion ?? '');
    this.emit(this.chunks.role());
  }

  private readPart(part: JsonObject): void {
    if (isObject(part.functionCall)) {
      const index = this.calls++;
      const id = callId(part.functionCall, this.chunks.id, index);
      this.emit(this.chunks.callStart(index, id, String(part.functionCall.name), signedCall(part.thoughtSignature)));
      return this.emit(this.chunks.callArguments(index, JSON.stringify(part.functionCall.args ?? {})));
    }
    if (typeof part.text === 'string' && part.text !== '') this.emit(part.thought === true ? this.chunks.reasoning(part.text) : this.chunks.text(part.text));
    if (typeof part.thoughtSignature === 'string' && part.thoughtSignature !== '') {
      this.emit(this.chunks.reasoningDetails([signatureDetail(part.thoughtSignature, this.signatures++)]));
    }
  }

  private finish(finish: string, native: string): void {
    this.finished = true;
    this.emit(this.chunks.finish(finish, native));
  }

  /** One answer, or a list of them where the stream came without `alt=sse`. */
  protected readWhole(text: string): void {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return this.emit({ kind: 'error', fault: faultOfKind('malformed', 'The provider answered a streaming request with a body that is not JSON.', 200) });
    }
    const events = Array.isArray(json) ? json : [json];
    for (const event of events) {
      if (isObject(event) && (event.error || event.candidates || event.promptFeedback)) this.readEvent('', event);
      else this.emit({ kind: 'error', fault: faultOfKind('malformed', 'The provider answered 200 with JSON that is not an answer.', 200) });
    }
    this.close();
  }

  /** Gemini has no word for the end: the stream closes. */
  protected close(): void {
    if (this.lastUsage !== null) this.emit(this.chunks.usage(this.lastUsage));
    if (this.finished) this.emit({ kind: 'done' });
  }
}
