/** The surfaces a client can call; each dialect says which it can carry. */
export type Surface = 'chat' | 'completions' | 'embeddings' | 'responses' | 'messages' | 'images' | 'speech' | 'transcriptions' | 'moderations' | 'rerank';

/** A parsed JSON object whose fields nobody has looked at yet. */
export type JsonObject = Record<string, unknown>;

/** What the client sent, already parsed and validated as far as the contract names it. */
export interface WireCall {
  surface: Surface;
  /** The parsed JSON body. Never mutated. */
  body: Readonly<JsonObject>;
  stream: boolean;
  /** Whether the client asked for usage in its stream. */
  wantsUsage: boolean;
  /** The client's request headers, lower-cased; a dialect forwards the few that belong to its family (`anthropic-version`, `anthropic-beta`). */
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** A Messages call that only wants its input tokens counted (`/v1/messages/count_tokens`). */
  countTokens?: true;
  /** A multipart body as it came; `body` then holds its text fields. */
  upload?: { contentType: string; bytes: Uint8Array };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
