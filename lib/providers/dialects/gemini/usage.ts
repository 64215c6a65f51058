import { isObject, type JsonObject } from '@/lib/wire/call';
import type { UsageReading } from '../openai-chat/usage';
import { readCount, usageFrom } from '../translation/counts';

/** Gemini's counts in canonical form: thoughts come beside the candidates' tokens, what tools put into the prompt beside the prompt's. */
export function readUsage(raw: JsonObject): UsageReading {
  const prompt = readCount(raw.promptTokenCount);
  const candidates = readCount(raw.candidatesTokenCount);
  if (prompt === null && candidates === null) return { usage: null, suspect: false };
  const thoughts = readCount(raw.thoughtsTokenCount);
  const reading = usageFrom({
    input: (prompt ?? 0) + (readCount(raw.toolUsePromptTokenCount) ?? 0),
    cacheRead: readCount(raw.cachedContentTokenCount) ?? 0,
    cacheWrite: 0,
    cacheWrite1h: 0,
    output: (candidates ?? 0) + (thoughts ?? 0),
    reasoning: thoughts,
  });
  if (reading.usage === null) return reading;
  const audioInput = audioOf(raw.promptTokensDetails);
  const audioOutput = audioOf(raw.candidatesTokensDetails);
  const units = { ...(audioInput > 0 ? { audioInput } : null), ...(audioOutput > 0 ? { audioOutput } : null) };
  return Object.keys(units).length === 0 ? reading : { ...reading, usage: { ...reading.usage, units } };
}

function audioOf(details: unknown): number {
  if (!Array.isArray(details)) return 0;
  return details.reduce((total: number, detail: unknown) => total + (isObject(detail) && detail.modality === 'AUDIO' ? readCount(detail.tokenCount) || 0 : 0), 0);
}
