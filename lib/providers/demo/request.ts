import { isObject, type JsonObject } from '@/lib/wire/call';
import { countPieces } from './tokens';

/** What the demo models read of a request. */
export interface DemoRequest {
  body: JsonObject;
  kind: 'chat' | 'completion' | 'embedding';
  /** Text of the last user message, or the prompt. */
  prompt: string;
  promptTokens: number;
  stream: boolean;
  wantsUsage: boolean;
  limit: number;
  choices: number;
  /** The same for the same body. */
  hash: string;
}

const MAX_CHOICES = 8;

export function readRequest(body: JsonObject): DemoRequest {
  const messages = Array.isArray(body.messages) ? body.messages.filter(isObject) : [];
  const texts = messages.map((message) => contentText(message.content));
  const kind = body.input !== undefined && messages.length === 0 ? 'embedding' : messages.length > 0 ? 'chat' : 'completion';
  const prompt = kind === 'chat' ? lastUserText(messages, texts) : contentText(body.prompt);
  return {
    body,
    kind,
    prompt,
    promptTokens: kind === 'chat' ? texts.reduce((sum, text) => sum + countPieces(text), 0) + messages.length - 1 : countPieces(prompt),
    stream: body.stream === true,
    wantsUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
    limit: limitOf(body),
    choices: typeof body.n === 'number' ? Math.min(body.n, MAX_CHOICES) : 1,
    hash: hashText(JSON.stringify(body)),
  };
}

/** FNV-1a, twice with different seeds: enough to tell two demo answers apart. */
export function hashText(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

function limitOf(body: JsonObject): number {
  const limits = [body.max_completion_tokens, body.max_tokens].filter((value) => typeof value === 'number');
  return limits.length > 0 ? Math.min(...limits) : Number.POSITIVE_INFINITY;
}

function lastUserText(messages: JsonObject[], texts: string[]): string {
  const last = messages.findLastIndex((message) => message.role === 'user');
  return texts[last === -1 ? texts.length - 1 : last] ?? '';
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (typeof part === 'string' ? part : isObject(part) && typeof part.text === 'string' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}
