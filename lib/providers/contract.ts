import type { Usage } from '@/lib/kernel/usage';
import type { Surface, WireCall } from '@/lib/wire/call';
import type { SafetyField } from './safety-identifier';

export type { Surface, WireCall } from '@/lib/wire/call';

export type DialectId = 'openai-chat' | 'anthropic-messages' | 'gemini' | 'openai-responses';

/** Why an upstream attempt failed, decided once by the dialect from status, code, type and body (never from 429 alone). */
export type FaultKind =
  | 'auth'
  | 'quota_exhausted'
  | 'rate_limit'
  | 'overloaded'
  | 'server'
  | 'bad_request'
  | 'context_length'
  | 'content_filter'
  | 'not_found'
  | 'connect'
  | 'connect_timeout'
  | 'first_token_timeout'
  | 'idle_timeout'
  | 'total_timeout'
  | 'malformed'
  | 'interrupted';

/** What the retry loop asks: `same` target again, the `next` candidate, or `never`. */
export interface UpstreamFault {
  kind: FaultKind;
  retry: 'same' | 'next' | 'never';
  retryAfterMs?: number;
  /** HTTP status of the provider, when it answered. */
  status?: number;
  /** The provider's own words, at most 2,000 characters, secrets removed. */
  message: string;
  /** The provider's own type and code, passed on when it refused the request itself. */
  type?: string | null;
  code?: string | null;
  param?: string | null;
  /** The request never left: our own translation refused it. */
  refusedHere?: true;
}

/** Differences of one provider inside its dialect, as data. */
export interface Quirks {
  /** Whether a stream is asked for usage with stream_options.include_usage; `always` tells it unasked. Default: ask. */
  streamUsage?: 'ask' | 'always' | 'none';
  /** Paths of surfaces that this provider has elsewhere than its family. */
  paths?: Partial<Record<Surface, string>>;
  /** Request fields renamed on the way out, such as max_completion_tokens → max_tokens. */
  rename?: Record<string, string>;
  /** Request fields the provider refuses and that carry no meaning for it. */
  strip?: readonly string[];
  /** Fields of messages the provider refuses, such as the reasoning that another model left in an earlier turn. */
  stripMessages?: readonly string[];
  /** Values the provider does not keep to: refused as `unsupported_parameter` instead of answered with something else. `object` stands for any object. */
  refuse?: readonly { param: string; values: readonly string[]; models?: RegExp; why: string }[];
  /** The provider's switch for what OpenAI calls reasoning_effort; on the models that match, else on all. */
  effort?: { as: 'enable_thinking' | 'thinking'; models?: RegExp };
  /** Field values renamed on the way out, such as tool_choice "required" → "any". */
  values?: Record<string, Record<string, string>>;
  /** Fields added when the client did not set them. */
  defaults?: Record<string, unknown>;
  /** The provider knows no `developer` role: it becomes `system`. */
  noDeveloperRole?: boolean;
  /** More renames and strips, for the models whose upstream name matches. */
  models?: readonly { match: RegExp; rename?: Record<string, string>; strip?: readonly string[] }[];
  /** How a model of the Messages family is asked to reason; the first match counts, `budget` where none does. */
  thinking?: readonly { match: RegExp; style: 'adaptive' | 'budget' | 'none' }[];
  /** Models that the provider offers through Responses only: chat is translated for them. A model whose capabilities name `responses-only` is one too. */
  responsesOnly?: RegExp;
  /** Where the models of the Gemini family stand in the path. Default: /v1beta/models. */
  modelsPath?: string;
  /** Reasoning tokens come beside completion_tokens instead of inside them (xAI). */
  reasoningOutside?: boolean;
  /** Reasoning comes as `<think>…</think>` inside the content. */
  thinkTags?: boolean;
  /**
   * What a provider's error code or type means, where its status says something else. Keys are codes, types, the
   * part of a code before its first dot, or a status ("403"); the most specific one wins.
   */
  faults?: Record<string, FaultKind>;
}

/** A provider: data plus a dialect. One small file, one line in the registry, fixtures. */
export interface Adapter {
  id: string;
  label: string;
  docsUrl: string;
  /** Where a person gets a key. */
  keysUrl?: string;
  dialect: DialectId;
  /** Surfaces this provider takes natively, where they are not its dialect's. */
  surfaces?: readonly Surface[];
  /** Named endpoints; `default` is used when the operator names none, and is '' where there is none to assume. */
  baseUrls: { default: string } & Record<string, string>;
  credential: { label: string; placeholder: string; optional?: boolean };
  /** Headers that carry the secret. */
  authorize(secret: string): Record<string, string>;
  quirks?: Quirks;
  /** Where it takes an opaque name of who is behind a call; absent: it takes none. */
  safety?: SafetyField;
  /** File name of the mark in public/providers, without extension. */
  logo?: string;
}

export interface EncodeTarget {
  /** The name the upstream knows the model by. */
  upstreamModel: string;
  quirks: Quirks;
  /** Upper bound on generated tokens set by policy, when the client's own is absent or larger. */
  outputLimit?: number;
  /** The most the model can generate, where it is known; the limit of a family that demands one. */
  maxOutputTokens?: number | null;
}

/** Something of the request that reaches this target in another form than the client wrote: told, never silent. */
export interface RequestNote {
  /** The client's field, such as `temperature` or `tools[2]`. */
  param: string;
  /** What became of it, such as `removed` or `output_config.effort=high`. */
  did: string;
}

export interface EncodedRequest {
  /** Path below the base URL, starting with a slash. */
  path: string;
  headers: Record<string, string>;
  /** JSON text, or the bytes of an upload as they came. */
  body: string | Uint8Array;
  /** For `x-fairlead-mapped` and the log. */
  notes?: readonly RequestNote[];
}

/** A whole (non-stream) answer, understood. */
export interface DecodedReply {
  /** The JSON object as the upstream sent it. The pipeline rewrites `model` and adds nothing else. */
  json: Record<string, unknown>;
  /** The JSON text to forward, for `rewriteModel`. */
  frame: string;
  /** The answer itself where it is not JSON (speech, plain transcripts): forwarded with the upstream's content type; `json` and `frame` are empty. */
  bytes?: Uint8Array;
  /** Null: the provider said nothing about usage. Zeroes: it said zero. */
  usage: Usage | null;
  /** Usage that cannot be true (negative, fractional, cached > prompt) was bounded or ignored. */
  usageSuspect: boolean;
  finish: string | null;
  /** Generated text, for estimates when usage is missing: content of every choice, and tool names and arguments. */
  text: string;
  reasoning: string;
  /** The provider's id of the answer. */
  id: string | null;
}

/**
 * One event of an upstream stream, understood. In native `messages` and `responses` streams `frame` is the
 * provider's own JSON, whose `type` is the event's name. `frame` is the JSON text to forward (without `data: `);
 * frames of kind `role` carry nothing a reader can see and may be held back until the first content.
 */
export type StreamPart =
  | { kind: 'role'; frame: string; chunk: Record<string, unknown> }
  | { kind: 'content'; frame: string; chunk: Record<string, unknown>; text: string; reasoning: string }
  /** Frame '': this family says it in the frame that ends the stream, which comes with `done`. */
  | { kind: 'finish'; frame: string; chunk: Record<string, unknown>; finish: string; text: string; reasoning: string }
  /**
   * The one chunk whose only news is usage (`choices: []`): shown only to clients that asked. However the upstream
   * tells it (on the finish chunk, on every chunk, twice), it comes once, last before `done` or from `end()`,
   * and the other frames carry no top-level usage.
   */
  | { kind: 'usage'; frame: string; chunk: Record<string, unknown> }
  /** Anything else the client should still get (annotations, unknown fields). */
  | { kind: 'other'; frame: string; chunk: Record<string, unknown> }
  /** A frame that is not JSON: counted, never forwarded. */
  | { kind: 'bad'; bytes: number }
  | { kind: 'comment' }
  /** `last`: the frame that ends a native Messages or Responses stream, to be sent when the call is settled. */
  | { kind: 'done'; last?: { frame: string; chunk: Record<string, unknown> } }
  /** An error object inside a 200 stream. */
  | { kind: 'error'; fault: UpstreamFault };

/** Reads an upstream stream as it arrives; tolerant of any byte split. */
export interface StreamReader {
  push(bytes: Uint8Array): StreamPart[];
  /** The upstream closed: whatever was still buffered. */
  end(): StreamPart[];
  /** Last usage seen, or null when none was. Last seen wins, never summed. */
  usage(): Usage | null;
  /** What was said of the prompt before the answer was over, by a provider that counts the output only then: for an answer that broke off. */
  promptUsage?(): Usage | null;
  usageSuspect(): boolean;
  /** The provider's id of the answer, when a chunk carried one. */
  id(): string | null;
}

/** Pure translation between our canonical form (OpenAI chat) and one wire family. */
export interface Dialect {
  id: DialectId;
  /** Surfaces it carries natively, unless the adapter says otherwise (`surfacesOf`). */
  surfaces: readonly Surface[];
  /** Throws FairleadError `unsupported_parameter` when the target cannot honour a field. */
  encode(call: WireCall, target: EncodeTarget): EncodedRequest;
  /** Throws nothing: a body that is not an answer becomes a fault. */
  decode(surface: Surface, bytes: Uint8Array, quirks: Quirks): DecodedReply | { fault: UpstreamFault };
  reader(surface: Surface, quirks: Quirks): StreamReader;
  /** Classifies a non-2xx answer. `headers` are lower-cased. */
  fault(status: number, headers: Record<string, string | string[] | undefined>, bytes: Uint8Array, quirks: Quirks): UpstreamFault;
}
