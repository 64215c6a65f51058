import type { FairleadError } from '@/lib/kernel/errors';
import type { Usage } from '@/lib/kernel/usage';
import type { DecodedReply, RequestNote, StreamPart, Surface, WireCall } from '@/lib/providers/contract';

/** What a model must be good for to serve a surface; the `kind` of a model in the catalogue. */
export type ModelKind = 'chat' | 'embedding' | 'image' | 'audio' | 'moderation' | 'rerank';

/** A call in the form one target takes: the client's own family, or translated into chat. */
export interface Carried {
  /** What the dialect encodes. The client's own call where the target speaks its family. */
  call: WireCall;
  native: boolean;
  /** What reaches the target in another form than the client wrote, such as a hosted tool it cannot run; told in x-fairlead-mapped and the log. */
  notes: readonly RequestNote[];
}

/** What is known of the model a call is translated for. */
export interface ChatTarget {
  /** As the catalogue says: `tools`, `vision`, `json`, `reasoning` …; empty when nobody said. */
  capabilities: ReadonlySet<string>;
}

/** What a writer needs to know of the call whose answer it writes. */
export interface AnswerContext {
  requestId: string;
  /** Our id of the model that answers. */
  model: string;
  /** Unix seconds of arrival. */
  createdAtS: number;
  /** The call as the client sent it. */
  call: WireCall;
  /** Whether the frames come in the client's own family. */
  native: boolean;
}

/** A part of a stream that holds something for the client. */
export type FramePart = Extract<StreamPart, { frame: string }>;

/** Who answered, repeated in the last chunk when the head of the answer left before that was known. */
export interface Trace {
  provider: string;
  model: string;
  attempts: number;
}

/** What is known once an answer is complete and settled. */
export interface Ending {
  usage: Usage;
  /** Decimal dollars, such as `0.000180`. */
  costUsd: string;
  /** Unix seconds of the end. */
  atS: number;
  /** The provider's finish reason. */
  finish: string | null;
  /** The frame that ends a native Messages or Responses stream. */
  last: { frame: string; chunk: Record<string, unknown> } | null;
}

/** Writes one answer as the event stream of its surface. Pure: gives text, sends nothing. */
export interface StreamWriter {
  /** Text for one part, '' for none. */
  write(part: FramePart, trace: Trace | null): string;
  /** The last bytes of an answer that is complete. */
  complete(ending: Ending, trace: Trace | null): string;
  /** Ends what is open of an answer that is cut at its limit; `complete` with the finish `length` follows. */
  cut(): string;
  /** The last bytes of an answer that broke after its first byte: the surface's own kind of error. */
  fail(error: FairleadError, trace: Trace | null): string;
}

/** One client family: how its calls are read, carried to a target, and answered. */
export interface SurfaceCodec {
  surface: Surface;
  kind: ModelKind;
  /** The answer may be anything (sound, subtitles): it keeps the provider's content type, and a streamed one passes unread. */
  opaque?: boolean;
  /** Reads and validates a body. Throws `invalid_json`, or `invalid_request` with the `param` at fault. */
  parse(bytes: Buffer, contentType: string | null): WireCall;
  /**
   * The call in canonical form, for targets that speak chat only; absent where there is no such form. Throws
   * `unsupported_parameter` for what cannot be said in chat.
   */
  toChat?(call: WireCall, target: ChatTarget): Omit<Carried, 'native'>;
  stream(context: AnswerContext): StreamWriter;
  /** The JSON text of a whole answer. */
  whole(reply: DecodedReply, context: AnswerContext): string;
}
