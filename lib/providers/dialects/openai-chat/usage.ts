import type { Usage } from '@/lib/kernel/usage';
import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';

/** No model answers with this many tokens; beyond it the number is a bug of the provider. */
const MAX_TOKENS = 100_000_000;

export interface UsageReading {
  /** Null: nothing believable was said. */
  usage: Usage | null;
  suspect: boolean;
}

/** Where the providers of this family put usage; later places are copies of earlier ones. */
export function findUsage(chunk: JsonObject): JsonObject | null {
  if (isObject(chunk.usage)) return chunk.usage;
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  if (isObject(choice) && isObject(choice.usage)) return choice.usage;
  if (isObject(chunk.x_groq) && isObject(chunk.x_groq.usage)) return chunk.x_groq.usage;
  return null;
}

/**
 * A provider's usage object in canonical form. An explicit zero stays a zero; a count that is negative, a
 * fraction, a string or absurdly large makes the whole reading null and suspect, so it can never become a
 * credit; parts larger than their whole are bounded by it.
 */
export function readUsage(raw: JsonObject, quirks: Quirks): UsageReading {
  const promptDetails = detailsOf(raw, 'prompt_tokens_details', 'prompt_token_details');
  const outputDetails = detailsOf(raw, 'completion_tokens_details', 'completion_token_details');
  const prompt = count(raw.prompt_tokens);
  const completion = count(raw.completion_tokens);
  const total = count(raw.total_tokens);
  const cached = first(count(promptDetails?.cached_tokens), count(raw.prompt_cache_hit_tokens), count(raw.cached_tokens), count(raw.num_cached_tokens));
  const written = first(count(promptDetails?.cache_write_tokens), count(promptDetails?.cache_creation_input_tokens));
  const thought = first(count(outputDetails?.reasoning_tokens), count(raw.reasoning_tokens));
  if (Number.isNaN(prompt ?? 0) || Number.isNaN(completion ?? 0)) return { usage: null, suspect: true };
  if (prompt === null && completion === null) return { usage: null, suspect: Number.isNaN(total ?? 0) };

  // Embeddings report no completion; a provider that leaves one side out still tells it through the total.
  const input = prompt ?? rest(total, completion ?? 0);
  let output = completion ?? (prompt !== null && total !== null ? rest(total, prompt) : 0);
  let suspect = Number.isNaN(cached ?? 0) || Number.isNaN(written ?? 0) || Number.isNaN(thought ?? 0);
  let reasoning = thought === null || Number.isNaN(thought) ? null : thought;
  if (quirks.reasoningOutside && reasoning !== null && total !== input + output) output += reasoning;
  if (reasoning !== null && reasoning > output) {
    reasoning = output;
    suspect = true;
  }
  let cacheRead = known(cached);
  let cacheWrite = known(written);
  if (cacheRead > input) {
    cacheRead = input;
    suspect = true;
  }
  if (cacheRead + cacheWrite > input) {
    cacheWrite = input - cacheRead;
    suspect = true;
  }
  return { usage: { input, cacheRead, cacheWrite, cacheWrite1h: 0, output, reasoning }, suspect };
}

/** Null: not said. NaN: said, and impossible. */
function count(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS ? value : Number.NaN;
}

function first(...counts: (number | null)[]): number | null {
  for (const value of counts) {
    if (value !== null) return value;
  }
  return null;
}

function known(value: number | null): number {
  return value === null || Number.isNaN(value) ? 0 : value;
}

function rest(total: number | null, part: number): number {
  const whole = known(total);
  return whole > part ? whole - part : 0;
}

function detailsOf(raw: JsonObject, ...names: string[]): JsonObject | undefined {
  for (const name of names) {
    const value = raw[name];
    if (isObject(value)) return value;
  }
  return undefined;
}
