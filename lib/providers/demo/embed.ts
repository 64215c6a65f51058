import { type DemoRequest, hashText } from './request';
import { countPieces } from './tokens';

const DEFAULT_DIMENSIONS = 256;
const MAX_DIMENSIONS = 3072;

/** Unit vectors made from the text alone: equal texts give equal vectors, and texts that share words lie closer. */
export function embeddingBody(model: string, request: DemoRequest): string {
  const { input, dimensions, encoding_format: format } = request.body;
  const texts = textsOf(input);
  const size = typeof dimensions === 'number' && dimensions >= 1 ? Math.min(Math.floor(dimensions), MAX_DIMENSIONS) : DEFAULT_DIMENSIONS;
  const data = texts.map((text, index) => {
    const vector = embed(text, size);
    return { object: 'embedding', index, embedding: format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : Array.from(vector) };
  });
  const tokens = texts.reduce((sum, text) => sum + Math.max(1, countPieces(text)), 0);
  return JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

function embed(text: string, size: number): Float32Array {
  const vector = new Float32Array(size);
  for (const word of text.toLowerCase().match(/[^\s]+/gu) ?? ['']) {
    const seed = Number.parseInt(hashText(word).slice(0, 8), 16);
    for (let i = 0; i < size; i++) vector[i] = (vector[i] ?? 0) + noise(seed, i);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** A number between -0.5 and 0.5 that depends on nothing but its arguments. */
function noise(seed: number, index: number): number {
  const mixed = Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000 - 0.5;
}

/** Text, texts, tokens, or lists of tokens. */
function textsOf(input: unknown): string[] {
  if (typeof input === 'string') return [input];
  if (!Array.isArray(input)) return [''];
  if (input.every((item) => typeof item === 'number')) return [input.join(' ')];
  return input.map((item: unknown) => (Array.isArray(item) ? item.join(' ') : String(item)));
}
