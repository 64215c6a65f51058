import { isObject, type JsonObject } from './call';

/** A byte of UTF-8 is at most one token in every byte-level vocabulary, so bytes bound tokens without a tokenizer. */
const byteLength = Buffer.byteLength;

/** The smallest prompt a chat template makes of one short word; longer texts outweigh their template, at about four bytes a token. */
const SMALLEST_PROMPT = 10;
/** What a template adds to every further message. */
const PER_MESSAGE = 4;
/** The instructions a provider puts around tool definitions. */
const TOOLS_PREFACE = 256;

/** The most that a current model makes of one image; `detail: "low"` is a fixed small size. */
const IMAGE = 16_384;
const IMAGE_LOW = 2_840;
/** Speech needs 600 bytes a second or more, and at most 32 tokens a second come of it. */
const AUDIO_BYTES_PER_TOKEN = 20;
/** An hour of sound or video, where only an address is given. */
const REMOTE_MEDIA = 115_200;
/** Text in a PDF is compressed, and each page is read as an image too. */
const FILE_TOKENS_PER_BYTE = 2;
const STORED_FILE = 1_000_000;

/** When neither the client nor the model says how long an answer may be. The gateway sends it upstream as the limit. */
export const DEFAULT_OUTPUT_BOUND = 4_096;

/**
 * Upper bound of the input tokens of a chat, completions or embeddings body, never more than the context
 * window, because a longer prompt is refused.
 */
export function boundInput(body: Readonly<JsonObject>, contextWindow?: number | null): number {
  const bound = body.messages !== undefined ? boundChat(body) : boundText(body.input ?? body.prompt);
  return typeof contextWindow === 'number' ? Math.min(bound, contextWindow) : bound;
}

/** Upper bound of the tokens a call may generate: the client's limit or the model's, for every choice asked for. */
export function boundOutput(body: Readonly<JsonObject>, model: { maxOutputTokens?: number | null } = {}): number {
  if (body.messages === undefined && body.input !== undefined) return 0;
  const ceiling = model.maxOutputTokens ?? null;
  const asked = clientOutputLimit(body);
  const each = asked === null ? (ceiling ?? DEFAULT_OUTPUT_BOUND) : ceiling === null ? asked : Math.min(asked, ceiling);
  return (each + boundPrediction(body.prediction)) * boundChoices(body);
}

/** The smaller of the client's own limits, or null when it set none. */
export function clientOutputLimit(body: Readonly<JsonObject>): number | null {
  const { max_completion_tokens: newer, max_tokens: older } = body;
  if (typeof newer === 'number') return typeof older === 'number' ? Math.min(newer, older) : newer;
  return typeof older === 'number' ? older : null;
}

function boundChoices(body: Readonly<JsonObject>): number {
  const n = typeof body.n === 'number' ? body.n : 1;
  const best = typeof body.best_of === 'number' ? body.best_of : 1;
  const prompts = Array.isArray(body.prompt) && typeof body.prompt[0] !== 'number' ? body.prompt.length : 1;
  return Math.max(1, n, best) * Math.max(1, prompts);
}

/** Predicted text that the answer does not use is billed as output. */
function boundPrediction(prediction: unknown): number {
  return isObject(prediction) ? boundContent(prediction.content) : 0;
}

export function boundChat(body: Readonly<JsonObject>): number {
  const messages = body.messages as readonly unknown[];
  let total = (messages.length - 1) * PER_MESSAGE;
  for (const message of messages) {
    if (!isObject(message)) continue;
    const { content } = message;
    total += typeof content === 'string' ? byteLength(content) : boundContent(content);
    for (const field in message) {
      if (field !== 'role' && field !== 'content') total += boundJson(message[field]);
    }
  }
  if (Array.isArray(body.tools) && body.tools.length > 0) total += TOOLS_PREFACE + boundJson(body.tools);
  if (body.functions !== undefined) total += TOOLS_PREFACE + boundJson(body.functions);
  if (isObject(body.response_format)) total += boundJson(body.response_format);
  return Math.max(SMALLEST_PROMPT, total);
}

export function boundContent(content: unknown): number {
  if (typeof content === 'string') return byteLength(content);
  if (!Array.isArray(content)) return 0;
  let total = 0;
  for (const part of content as unknown[]) total += typeof part === 'string' ? byteLength(part) : isObject(part) ? boundPart(part) : 0;
  return total;
}

function boundPart(part: JsonObject): number {
  if (part.image_url !== undefined || part.type === 'image' || part.type === 'input_image') {
    return (isObject(part.image_url) ? part.image_url.detail : part.detail) === 'low' ? IMAGE_LOW : IMAGE;
  }
  if (part.type === 'document' && isObject(part.source)) return boundFile({ file_data: part.source.data });
  if (part.type === 'tool_result') return boundContent(part.content) + PER_MESSAGE;
  if (part.type === 'input_file') return boundFile(part);
  if (isObject(part.input_audio)) return boundAudio(part.input_audio);
  if (part.audio_url !== undefined || part.video_url !== undefined || part.video !== undefined) return REMOTE_MEDIA;
  if (isObject(part.file)) return boundFile(part.file);
  if (typeof part.text === 'string') return byteLength(part.text) + 1;
  return boundJson(part);
}

function boundAudio(audio: JsonObject): number {
  if (typeof audio.data !== 'string' || /^https?:/i.test(audio.data)) return REMOTE_MEDIA;
  return Math.ceil(decodedBytes(audio.data) / AUDIO_BYTES_PER_TOKEN) + 100;
}

function boundFile(file: JsonObject): number {
  return typeof file.file_data === 'string' ? Math.ceil(decodedBytes(file.file_data) * FILE_TOKENS_PER_BYTE) + 2_000 : STORED_FILE;
}

function decodedBytes(base64: string): number {
  return Math.ceil((base64.length * 3) / 4);
}

export function boundJson(value: unknown): number {
  if (value === undefined || value === null) return 0;
  return byteLength(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Text, a list of texts, a list of tokens, or a list of such lists. */
function boundText(value: unknown): number {
  if (typeof value === 'string') return Math.max(1, byteLength(value));
  if (!Array.isArray(value)) return 1;
  let total = 0;
  for (const item of value as unknown[]) total += typeof item === 'number' ? 1 : isObject(item) ? boundPart(item) : boundText(item);
  return total;
}
