import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Notes } from './notes';

/** Fields that change what is generated; a target that lacks one would give another answer than asked, so it is refused. */
const MEANINGFUL: Readonly<Record<string, (value: unknown) => boolean>> = {
  n: (value) => value === 1,
  best_of: (value) => value === 1,
  logprobs: (value) => value === false,
  top_logprobs: (value) => value === 0,
  logit_bias: (value) => isObject(value) && Object.keys(value).length === 0,
  presence_penalty: (value) => value === 0,
  frequency_penalty: (value) => value === 0,
  audio: () => false,
  modalities: (value) => Array.isArray(value) && value.every((mode) => mode === 'text'),
  functions: (value) => Array.isArray(value) && value.length === 0,
  function_call: () => false,
};

/** Fields that the gateway itself answers for, or that say what happens anyway: nothing is lost without them. */
const SILENT = new Set(['model', 'stream', 'stream_options', 'metadata', 'n', 'best_of', 'logprobs', 'top_logprobs', 'logit_bias', 'functions', 'presence_penalty', 'frequency_penalty', 'modalities']);

/**
 * Looks at every field of a chat request that a translation did not `take`: refuses what changes the answer,
 * removes and notes the rest. A field at its default, or null, asks for nothing.
 */
export function settleFields(body: Readonly<JsonObject>, taken: ReadonlySet<string>, notes: Notes): void {
  for (const field in body) {
    const value = body[field];
    if (value === undefined || value === null || taken.has(field)) continue;
    const harmless = MEANINGFUL[field];
    if (harmless && !harmless(value)) throw notes.refuse(field);
    if (!SILENT.has(field) && value !== false) notes.add(field, 'removed');
  }
}

/** The client's limit on generated tokens under either name, lowered by ours; null when nobody set one. */
export function readOutputLimit(body: Readonly<JsonObject>, ours: number | undefined): number | null {
  const limits = [body.max_completion_tokens, body.max_tokens, ours].filter((limit) => typeof limit === 'number');
  return limits.length === 0 ? null : Math.min(...limits);
}

/** `stop` as a list; empty strings end nothing. */
export function readStops(stop: unknown): string[] {
  const list: unknown[] = Array.isArray(stop) ? stop : [stop];
  return list.filter((text): text is string => typeof text === 'string' && text !== '');
}
