import { isObject, type JsonObject } from '@/lib/wire/call';
import type { Quirks } from '../../contract';
import type { UsageReading } from '../openai-chat/usage';
import { readCount, usageFrom } from '../translation/counts';

/** Usage as Responses, images and transcriptions tell it, in canonical form; what was cached and reasoned is part of the whole. */
export function readUsage(raw: JsonObject, quirks: Quirks): UsageReading {
  const input = readCount(raw.input_tokens);
  const output = readCount(raw.output_tokens);
  if (input === null && output === null) return { usage: null, suspect: false };
  const asked = detailsOf(raw, 'input_tokens_details', 'input_token_details');
  const made = detailsOf(raw, 'output_tokens_details', 'output_token_details');
  const reasoning = readCount(made.reasoning_tokens);
  const outside = quirks.reasoningOutside && reasoning !== null && readCount(raw.total_tokens) !== (input ?? 0) + (output ?? 0);
  const reading = usageFrom({
    input: input ?? 0,
    cacheRead: readCount(asked.cached_tokens) ?? 0,
    cacheWrite: readCount(asked.cache_write_tokens) ?? 0,
    cacheWrite1h: 0,
    output: (output ?? 0) + (outside ? reasoning : 0),
    reasoning,
  });
  const audioInput = readCount(asked.audio_tokens) || 0;
  const audioOutput = readCount(made.audio_tokens) || 0;
  if (reading.usage === null || audioInput + audioOutput === 0) return reading;
  return { ...reading, usage: { ...reading.usage, units: { ...(audioInput > 0 ? { audioInput } : null), ...(audioOutput > 0 ? { audioOutput } : null) } } };
}

function detailsOf(raw: JsonObject, ...names: string[]): JsonObject {
  for (const name of names) {
    const value = raw[name];
    if (isObject(value)) return value;
  }
  return {};
}
