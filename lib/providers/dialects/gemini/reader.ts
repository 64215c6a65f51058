import { isObject, type JsonObject, type Surface } from '@/lib/wire/call';
import type { Quirks, StreamReader } from '../../contract';
import { EventReader } from '../event-reader';
import { faultInBody, faultOfKind } from '../openai-chat/fault';
import { ChatChunks } from '../translation/chat-chunks';
import { blockReason, callId, partsOf } from './decode';
import { chatFinish, lostCall } from './finish';
import { signatureDetail, signedCall } from './signatures';
import { readUsage } from './usage';

export function reader(_surface: Surface, quirks: Quirks): StreamReader {
  return new GeminiReader(quirks);
}

/** Gemini makes eight at most; a place beyond what a stream may have is not believed. */
const MAX_CHOICES = 128;

interface ChoiceState {
  calls: number;
  signatures: number;
  finished: boolean;
}

/** A stream of generateContent answers for a chat client. Usage is cumulative: the last one counts. */
class GeminiReader extends EventReader {
  private readonly chunks = new ChatChunks();
  private started = false;
  /** The prompt itself was refused. */
  private blocked = false;
  /** The choices of the answer by their place. */
  private readonly choices: ChoiceState[] = [];

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
    if (blocked !== null) {
      this.blocked = true;
      return this.finish('content_filter', blocked);
    }
    const candidates = Array.isArray(event.candidates) ? event.candidates.filter(isObject) : [];
    for (const candidate of candidates) this.readCandidate(candidate);
  }

  private readCandidate(candidate: JsonObject): void {
    const lost = lostCall(candidate.finishReason);
    if (lost) return this.emit({ kind: 'error', fault: lost });
    const index = typeof candidate.index === 'number' && candidate.index >= 0 && candidate.index < MAX_CHOICES ? candidate.index : 0;
    this.chunks.choice = index;
    this.choices[index] ??= { calls: 0, signatures: 0, finished: false };
    const choice = this.choices[index] as ChoiceState;
    for (const part of partsOf(candidate)) this.readPart(part, choice, index);
    if (typeof candidate.finishReason !== 'string') return;
    choice.finished = true;
    this.finish(chatFinish(candidate.finishReason, choice.calls > 0), candidate.finishReason);
  }

  private start(event: JsonObject): void {
    if (this.started) return;
    this.started = true;
    if (typeof event.responseId === 'string' && event.responseId !== '') this.answerId = event.responseId;
    this.chunks.id = this.answerId ?? '';
    this.chunks.model = String(event.modelVersion ?? '');
    this.emit(this.chunks.role());
  }

  private readPart(part: JsonObject, choice: ChoiceState, place: number): void {
    if (isObject(part.functionCall)) {
      const index = choice.calls++;
      const id = callId(part.functionCall, place === 0 ? this.chunks.id : `${this.chunks.id}_${place}`, index);
      this.emit(this.chunks.callStart(index, id, String(part.functionCall.name), signedCall(part.thoughtSignature)));
      return this.emit(this.chunks.callArguments(index, JSON.stringify(part.functionCall.args ?? {})));
    }
    if (typeof part.text === 'string' && part.text !== '') this.emit(part.thought === true ? this.chunks.reasoning(part.text) : this.chunks.text(part.text));
    if (typeof part.thoughtSignature === 'string' && part.thoughtSignature !== '') {
      this.emit(this.chunks.reasoningDetails([signatureDetail(part.thoughtSignature, choice.signatures++)]));
    }
  }

  /** The answer is complete when the last of its choices is. */
  private finish(finish: string, native: string): void {
    const part = this.chunks.finish(finish, native);
    this.emit(this.isOpen() && part.kind === 'finish' ? { kind: 'other', frame: part.frame, chunk: part.chunk } : part);
  }

  private isOpen(): boolean {
    return this.choices.some(({ finished }) => !finished);
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
    if (this.started && (this.choices.length > 0 || this.blocked) && !this.isOpen()) this.emit({ kind: 'done' });
  }
}
